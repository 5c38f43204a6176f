import Primitives
import Testing

@testable import OpenAPI

/// Media types and ranges by the grammar of RFC 9110, sections 5.6 and 8.3.1, and RFC 6838, section 4.2.
@Suite("Grammar of media types")
struct MediaTypeGrammarTests {
    @Test(
        "a media type that follows the grammar is read, in one spelling",
        arguments: [
            ("a/b", "a/b"), ("A/B", "a/b"), (" a/b ", "a/b"), ("\ta/b", "a/b"),
            ("application/vnd.a.b-c+json", "application/vnd.a.b-c+json"), ("text/x-a_b", "text/x-a_b"),
            ("a!#$%&'*+-.^_`|~/b", "a!#$%&'*+-.^_`|~/b"),
            ("*/*", "*/*"), ("text/*", "text/*"), ("application/*+json", "application/*+json"), ("a/b;", "a/b"),
            ("a/b;;", "a/b"), ("a/b ; ;", "a/b"), ("a/b;c=d", "a/b; c=d"), ("a/b ;c=d", "a/b; c=d"),
            ("a/b; C=D", "a/b; c=D"),
            ("a/b;c=d;e=f", "a/b; c=d; e=f"), ("a/b; c=\"d\"", "a/b; c=d"), ("a/b; c=\"\"", "a/b; c=\"\""),
            ("a/b; c=\"d e\"", "a/b; c=\"d e\""), ("a/b; c=\"d;e\"", "a/b; c=\"d;e\""),
            ("a/b; c=\"d\\\"e\"", "a/b; c=\"d\\\"e\""),
            ("a/b; c=\"d\\\\e\"", "a/b; c=\"d\\\\e\""), ("a/b; c=\"\\d\"", "a/b; c=d"),
            ("a/b; c=\"a,b\"; d=e", "a/b; c=\"a,b\"; d=e"),
            ("multipart/form-data; boundary=----x1", "multipart/form-data; boundary=----x1"),
            ("a/b; q=0.5", "a/b; q=0.5"),
        ])
    func accepted(text: String, expected: String) {
        #expect(MediaTypeName(text)?.description == expected)
        // The description is read as the same type.
        #expect(MediaTypeName(expected) == MediaTypeName(text))
    }

    @Test(
        "a media type that violates the grammar is rejected",
        arguments: [
            "", " ", "a", "/", "a/", "/b", "a//b", "a/b/c", "a b/c", "a/b c", "a/b;c", "a/b;c=", "a/b;=d", "a/b; c =d",
            "a/b; c= d", "a/b; c=d e", "a/b, c/d", "a/b; c=\"d", "a/b; c=d\"", "a/b; c=\"d\"e", "a(b)/c", "é/b", "a/é",
            "a/b; é=c",
            "a/b; c=é", "a/b\n", "a/b\r\nx: y", "a\u{0}/b", "*", "*/b", "a:b/c", "a/b;c=d;e", "\"a\"/b", "a/b; c=d,e=f",
            "a/[b]", "a/b; c={d}",
        ])
    func rejected(text: String) {
        #expect(MediaTypeName(text) == nil)
    }

    @Test(
        "a range matches the types that it covers",
        arguments: [
            ("*/*", "a/b", true), ("a/*", "a/b", true), ("a/*", "b/b", false), ("a/b", "a/b", true),
            ("a/b", "A/B", true), ("a/b", "a/c", false), ("a/*+json", "a/x+json", true), ("a/*+json", "a/json", false),
            ("a/*+json", "a/x+xml", false),
            ("a/*+json", "b/x+json", false), ("a/b", "a/b; c=d", true), ("a/b; c=d", "a/b; c=d", true),
            ("a/b; c=d", "a/b; c=D", false), ("a/b; c=d", "a/b", false), ("a/b; C=d", "a/b; c=d", true),
            ("a/b; c=d", "a/b; c=d; e=f", true),
            ("a/b; charset=utf-8", "a/b", true), ("a/b; charset=UTF-8", "a/b; charset=utf-8", true),
            ("a/b; charset=utf-8", "a/b; charset=latin1", false), ("a/b; charset=latin1", "a/b", false),
            ("*/*; c=d", "a/b; c=d", true), ("*/*; c=d", "a/b", false),
        ])
    func matches(range: String, name: String, expected: Bool) throws {
        let (range, name) = (try #require(MediaTypeName(range)), try #require(MediaTypeName(name)))
        #expect(range.matches(name) == expected)
        #expect((range.rank(for: name) != nil) == expected)
    }

    @Test("a more specific range ranks higher")
    func ranks() throws {
        let name = try #require(MediaTypeName("application/vnd.x+json; v=1; w=2"))
        let order = [
            "*/*", "application/*", "application/*+json", "application/vnd.x+json", "application/vnd.x+json; v=1",
            "application/vnd.x+json; v=1; w=2",
        ]
        let ranks = try order.map { text in
            let range = try #require(MediaTypeName(text))
            return try #require(range.rank(for: name))
        }
        #expect(ranks == ranks.sorted() && Set(ranks).count == ranks.count)
    }

    @Test(
        "kinds of media types",
        arguments: [
            ("application/json", true, false, false), ("text/json", true, false, false),
            ("application/problem+json", true, false, false), ("APPLICATION/X+JSON", true, false, false),
            ("application/json-seq", false, false, false),
            ("application/jsonlines", false, false, false), ("application/xjson", false, false, false),
            ("application/x-www-form-urlencoded", false, true, false),
            ("text/x-www-form-urlencoded", false, false, false), ("multipart/form-data", false, false, false),
            ("*/*", false, false, true), ("text/*", false, false, true), ("application/*+json", true, false, true),
            ("text/plain", false, false, false),
        ])
    func kinds(text: String, isJSON: Bool, isForm: Bool, isRange: Bool) throws {
        let name = try #require(MediaTypeName(text))
        #expect(name.isJSON == isJSON)
        #expect(name.isForm == isForm)
        #expect(name.isRange == isRange)
    }
}

/// RFC 3986, sections 2.1 to 2.4.
@Suite("Percent-encoding")
struct PercentEncodingTests {
    @Test(
        "all but unreserved characters are encoded",
        arguments: [
            ("", ""), ("aZ09-._~", "aZ09-._~"), (" ", "%20"), ("+", "%2B"), ("/", "%2F"), ("%", "%25"),
            ("%20", "%2520"), ("é", "%C3%A9"), ("日", "%E6%97%A5"), ("😀", "%F0%9F%98%80"), ("\u{0}", "%00"),
            ("\u{7F}", "%7F"), ("!*'()", "%21%2A%27%28%29"),
            (":?#[]@", "%3A%3F%23%5B%5D%40"), ("$&,;=", "%24%26%2C%3B%3D"),
            ("\"<>\\^`{|}", "%22%3C%3E%5C%5E%60%7B%7C%7D"), ("\r\n", "%0D%0A"),
        ])
    func encoded(text: String, expected: String) {
        #expect(PercentEncoding.encoded(text) == expected)
        #expect(PercentEncoding.text(Array(expected.utf8)[...]) == text)
    }

    @Test(
        "escapes are decoded, in either case",
        arguments: [
            ("%41", "A"), ("%c3%a9", "é"), ("%C3%A9", "é"), ("a%20b", "a b"), ("%25", "%"), ("%2541", "%41"),
            ("%00", "\u{0}"), ("+", "+"), ("é", "é"),
        ])
    func decoded(text: String, expected: String) {
        #expect(PercentEncoding.text(Array(text.utf8)[...]) == expected)
    }

    @Test("a plus is a space only in forms")
    func plus() {
        #expect(PercentEncoding.text(Array("a+b%2B".utf8)[...], plusIsBlank: true) == "a b+")
        #expect(PercentEncoding.text(Array("a+b%2B".utf8)[...]) == "a+b+")
    }

    @Test(
        "a broken escape, or octets that are not UTF-8, are rejected",
        arguments: [
            "%", "%4", "a%", "%zz", "%4g", "%g4", "%%41", "%C3", "%FF", "%ED%A0%80", "%C0%AF", "%F4%90%80%80", "%e9",
        ])
    func broken(text: String) {
        #expect(PercentEncoding.text(Array(text.utf8)[...]) == nil)
    }

    @Test("characters that are kept are not encoded")
    func kept() {
        #expect(PercentEncoding.encoded("a/b?c d", keeping: "/?") == "a/b?c%20d")
        #expect(PercentEncoding.encodedKeepingEscapes("a%20b c%", keeping: "") == "a%20b%20c%25")
        #expect(PercentEncoding.encodedKeepingEscapes("%zz%41", keeping: "") == "%25zz%41")
    }
}
