import Primitives
import Testing

/// URI references of random parts (RFC 3986, sections 3 and 5).
@Suite("URI references of random parts")
struct URIPropertyTests {
    private static let schemes: [String?] = [nil, "http", "urn"]
    private static let authorities: [String?] = [nil, "", "a.example", "a.example:80", "[::1]"]
    private static let segments = ["", "a", "b:c", ".", "..", "%2E", "a.b", "é"]

    private static func reference(_ random: inout StableRandom) -> URIReference {
        var reference = URIReference("")
        reference.scheme = random.pick(schemes)
        reference.authority = random.pick(authorities)
        let names = (0..<random.number(below: 4)).map { _ in random.pick(segments) }
        reference.path = names.isEmpty ? "" : "/" + names.joined(separator: "/")
        // Without an authority, a path cannot begin with two slashes (RFC 3986, section 3.3).
        if reference.authority == nil, reference.path.hasPrefix("//") { reference.path = "/a" }
        reference.query = random.pick([nil, "", "x=/../y?", "q"])
        reference.fragment = random.pick([nil, "", "/a?b", "f"])
        return reference
    }

    @Test("the text is split into the parts of which it was made")
    func parts() {
        var random = StableRandom(seed: 31)
        for _ in 0..<2_000 {
            let made = Self.reference(&random)
            let read = URIReference(made.text)
            #expect(read.scheme == made.scheme && read.authority == made.authority, "\(made.text)")
            #expect(
                read.path == made.path && read.query == made.query && read.fragment == made.fragment, "\(made.text)")
            #expect(read.text == made.text)
            #expect(read.withoutFragment.fragment == nil && !read.withoutFragment.text.contains("#"))
        }
    }

    @Test("a resolved reference has no dot segments, and resolving it again changes nothing")
    func idempotence() {
        var random = StableRandom(seed: 32)
        let base = URIReference("http://base.example/one/two/three?q")
        for _ in 0..<2_000 {
            let target = Self.reference(&random).resolved(against: base)
            let names = target.path.split(separator: "/", omittingEmptySubsequences: false)
            #expect(!names.contains(".") && !names.contains(".."), "\(target.text)")
            #expect(target.resolved(against: base).text == target.text)
            #expect(target.scheme != nil)
        }
    }

    @Test("no number of parent segments leaves the root", arguments: [1, 2, 3, 4, 10, 1_000])
    func root(count: Int) {
        let dots = String(repeating: "../", count: count)
        let base = URIReference("http://a.example/b/c/d")
        let expected = count == 1 ? "http://a.example/b/x" : "http://a.example/x"
        #expect(URIReference(dots + "x").resolved(against: base).text == expected)
        #expect(URIReference("/" + dots + "x").resolved(against: base).text == "http://a.example/x")
    }

    @Test(
        "the first colon, slash, question mark and hash decide the parts",
        arguments: [
            ("a:b:c", "a", nil, "b:c", nil, nil), ("./a:b", nil, nil, "./a:b", nil, nil),
            (":a", nil, nil, ":a", nil, nil), ("a?b:c", nil, nil, "a", "b:c", nil),
            ("a#b?c", nil, nil, "a", nil, "b?c"), ("?a?b", nil, nil, "", "a?b", nil), ("##", nil, nil, "", nil, "#"),
            ("//u@h:1/p", nil, "u@h:1", "/p", nil, nil), ("//", nil, "", "", nil, nil),
            ("///a", nil, "", "/a", nil, nil),
            ("//h?q", nil, "h", "", "q", nil), ("x://h#", "x", "h", "", nil, ""), ("", nil, nil, "", nil, nil),
        ] as [(String, String?, String?, String, String?, String?)])
    func splitting(
        text: String, scheme: String?, authority: String?, path: String, query: String?, fragment: String?
    ) {
        let reference = URIReference(text)
        #expect(reference.scheme == scheme && reference.authority == authority && reference.path == path)
        #expect(reference.query == query && reference.fragment == fragment && reference.text == text)
    }

    @Test("a byte is allowed in a URL exactly if RFC 3986 lists it", arguments: UInt8.min...0x7F)
    func legal(byte: UInt8) {
        let text = String(decoding: [byte], as: UTF8.self)
        let reserved = ":/?#[]@!$&'()*+,;="
        #expect(URIReference.isLegalURL(text) == (byte.isUnreserved || reserved.utf8.contains(byte)))
        #expect(URIReference.isLegalURL("%4" + text) == byte.isHexadecimalDigit)
        #expect(URIReference.isLegalURL("%" + text + "4") == byte.isHexadecimalDigit)
    }

    @Test(
        "the origin of a socket has its path as its host, and no port",
        arguments: [
            ("http+unix://%2Ftmp%2Fa.sock/x", "http+unix://%2Ftmp%2Fa.sock"),
            ("http+unix://%2Ftmp%2FA_b-c~1/", "http+unix://%2Ftmp%2FA_b-c~1"),
            ("http+unix://tmp/x", nil), ("http+unix:///tmp/x", nil), ("http+unix://%2Ftmp:80/x", nil),
            ("http+unix://u@%2Ftmp/x", nil), ("https+unix://%2Ftmp/x", nil),
        ] as [(String, String?)])
    func sockets(url: String, origin: String?) {
        let found = URLOrigin(URIReference(url))
        #expect(found?.description == origin)
        if let found { #expect(found.port == 0 && found.scheme == "http+unix") }
    }

    @Test(
        "ports are whole numbers from 1 to 65535",
        arguments: [
            ("1", 1), ("65535", 65_535), ("00443", 443), ("", 443), ("0", nil), ("65536", nil), ("+80", nil),
            ("8 0", nil),
            ("99999999999999999999", nil), ("8O", nil), ("\u{0668}\u{0660}", nil),
        ] as [(String, Int?)])
    func ports(text: String, port: Int?) {
        #expect(URLOrigin(URIReference("https://a.example:\(text)/"))?.port == port)
        #expect(URLOrigin(URIReference("https://[::1]:\(text)/"))?.port == port)
    }
}

/// Names and values of cookies, queries and links in hostile and unusual spellings.
@Suite("Pairs and links in unusual spellings")
struct FieldEdgeTests {
    @Test(
        "a cookie value keeps everything but blanks at its ends",
        arguments: [
            ("a=\"quoted\"", "\"quoted\""), ("a=\t x y \t", "x y"), ("a=%41", "%41"), ("x=1;a=é", "é"),
            ("a==", "="), ("=1; a=2", "2"), (" ; =; a = ", ""), ("a=1,b=2", "1,b=2"), ("x; a=1", "1"),
        ])
    func cookies(line: String, value: String) {
        #expect(CookiePairs.value(of: "a", in: line) == value)
    }

    @Test("names of cookies and queries are compared by their bytes")
    func names() {
        #expect(CookiePairs.value(of: "\u{E9}", in: "e\u{301}=1") == nil)
        #expect(QueryPairs.values(of: "\u{E9}", in: "e%CC%81=1&%C3%A9=2") == ["2"])
        #expect(QueryPairs.values(of: "a b", in: "a%20b=1&a+b=2") == ["1"])
        #expect(QueryPairs.values(of: "", in: "=1&&a=2&=") == ["1", ""])
    }

    @Test(
        "blanks at the ends are removed, and only those",
        arguments: [
            ("", ""), (" ", ""), ("\t\t", ""), (" a ", "a"), ("a b", "a b"), ("\na\n", "\na\n"), ("\u{A0}a", "\u{A0}a"),
        ])
    func trimming(text: String, trimmed: String) {
        #expect(CookiePairs.trimmed(text[...]) == trimmed)
    }

    // RFC 8288, section 3: relation types are compared without regard to case, and one link may have several.
    @Test(
        "the relation is found among others, and its link only",
        arguments: [
            ("<a>; rel=\"prev next\", <b>; rel=next", "next", "a"), ("<a>; rel=\"prev\tnext\"", "next", nil),
            ("<a>;;rel=next", "next", "a"), ("<a>; rel=\"\"; x=next", "next", nil), ("<a>; REL=Next", "next", "a"),
            ("<a>; rel=next; title=\"é\"", "next", "a"),
            ("<a b>; rel=next", "next", "a b"), ("junk <a>; rel=next", "next", "a"),
            ("<a>; rel=prev-next", "next", nil),
            ("<a>; rel=\"last\\\" next\"", "next", "a"),
        ] as [(String, String, String?)])
    func links(line: String, relation: String, target: String?) {
        #expect(LinkHeader.target(relation, in: [line]) == target)
    }

    @Test("the first link with the relation counts, over all lines in order")
    func lines() {
        #expect(LinkHeader.target("next", in: ["<a>; rel=last", "", "<b>; rel=next", "<c>; rel=next"]) == "b")
    }
}
