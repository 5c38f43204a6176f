import Primitives
import Testing

@Suite("Percent-encoding")
struct PercentEncodingTests {
    @Test(
        "strict and lenient decoding differ for broken escapes and for bytes that are not UTF-8",
        arguments: [
            ("abc", "abc", "abc"), ("a%20b", "a b", "a b"), ("%C3%A4", "ä", "ä"), ("%c3%a4", "ä", "ä"),
            ("100%", nil, "100%"), ("%4", nil, "%4"), ("%zz", nil, "%zz"), ("%+5", nil, "%+5"), ("%FF", nil, "%FF"),
            ("%2541", "%41", "%41"), ("a+b", "a+b", "a+b"), ("%00", "\u{0}", "\u{0}"), ("", "", ""),
            ("%41%", nil, "A%"), ("%%41", nil, "%A"),
        ] as [(String, String?, String)])
    func decoding(text: String, strict: String?, lenient: String) {
        #expect(PercentEncoding.text(text) == strict)
        #expect(PercentEncoding.decodedLeniently(text) == lenient)
    }

    @Test("`+` is a space in forms only")
    func plus() {
        #expect(PercentEncoding.decodedLeniently("a+b%2Bc", plusIsBlank: true) == "a b+c")
        #expect(PercentEncoding.text(Array("a+b%2Bc".utf8)[...], plusIsBlank: true) == "a b+c")
        #expect(PercentEncoding.formEncoded("a b+c*ä~") == "a+b%2Bc*%C3%A4%7E")
    }

    @Test("a slice is decoded within its bounds")
    func slice() {
        let bytes = Array("x%41%4".utf8)
        #expect(PercentEncoding.octet(at: 1, of: bytes[...]) == 0x41)
        #expect(PercentEncoding.octet(at: 1, of: bytes[..<3]) == nil)
        #expect(PercentEncoding.octet(at: 4, of: bytes[...]) == nil)
        #expect(PercentEncoding.text(bytes[1..<4]) == "A")
    }

    @Test("encoding keeps unreserved characters, and those in `keeping`")
    func encoding() {
        #expect(PercentEncoding.encoded("aZ09-._~") == "aZ09-._~")
        #expect(PercentEncoding.encoded("a/b?c=ä") == "a%2Fb%3Fc%3D%C3%A4")
        #expect(PercentEncoding.encoded("a/b?c", keeping: "/") == "a/b%3Fc")
        #expect(PercentEncoding.encoded("%41") == "%2541")
        #expect(PercentEncoding.encodedKeepingEscapes("%41 %4 %", keeping: "") == "%41%20%254%20%25")
    }

    @Test("an encoded text is decoded to the original", arguments: ["", "a b", "ä/%?#", "\u{0}\u{7F}🙂", "%41", "+&="])
    func roundTrip(text: String) {
        #expect(PercentEncoding.text(PercentEncoding.encoded(text)) == text)
        #expect(PercentEncoding.decodedLeniently(PercentEncoding.formEncoded(text), plusIsBlank: true) == text)
    }
}

@Suite("Pairs of queries and cookies")
struct FieldPairsTests {
    @Test(
        "values of a name in a query",
        arguments: [
            ("a=1&b=2&a=3", ["1", "3"]), ("a", [""]), ("a=", [""]), ("b=1", []), ("", []), ("&&a=x%20y&", ["x y"]),
            ("%61=1", ["1"]), ("A=1", []), ("a=b=c", ["b=c"]), ("a=%zz", ["%zz"]),
        ])
    func query(query: String, values: [String]) {
        #expect(QueryPairs.values(of: "a", in: query) == values)
    }

    @Test(
        "the value of a name in a cookie header",
        arguments: [
            ("a=1; b=2", "1"), ("b=2; a=1", "1"), ("b=2;a=1 ", "1"), ("a", nil), ("a=", ""), ("A=1", nil),
            ("a=1=2", "1=2"), ("", nil), (";;a=1", "1"), ("ba=1", nil), ("a=1; a=2", "1"), ("a = 1", "1"),
        ] as [(String, String?)])
    func cookie(line: String, value: String?) {
        #expect(CookiePairs.value(of: "a", in: line) == value)
    }
}
