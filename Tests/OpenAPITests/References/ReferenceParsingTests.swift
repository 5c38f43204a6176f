import Testing

@testable import OpenAPI

/// References, resolved as URIs.
@Suite("Parsed references")
struct ReferenceParsingTests {
    /// The examples of RFC 3986, section 5.4, without those with a query: references to files have none.
    static let examples = [
        ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"), ("/g", "http://a/g"),
        ("g#s", "http://a/b/c/g"), (";x", "http://a/b/c/;x"), ("g;x", "http://a/b/c/g;x"),
        ("../g", "http://a/b/g"), ("../../g", "http://a/g"),
        // Section 5.4.2: more `..` than levels, and dots that are part of a name.
        ("../../../g", "http://a/g"), ("../../../../g", "http://a/g"), ("/./g", "http://a/g"), ("/../g", "http://a/g"),
        ("g.", "http://a/b/c/g."), (".g", "http://a/b/c/.g"), ("g..", "http://a/b/c/g.."), ("..g", "http://a/b/c/..g"),
        ("./../g", "http://a/b/g"), ("g/./h", "http://a/b/c/g/h"), ("g/../h", "http://a/b/c/h"),
        ("g;x=1/./y", "http://a/b/c/g;x=1/y"), ("g;x=1/../y", "http://a/b/c/y"),
    ]

    @Test("a relative reference is resolved against an absolute URI", arguments: examples)
    func address(text: String, expected: String) {
        #expect(Reference.address(of: text, in: "http://a/b/c/d;p?q") == expected)
    }

    @Test(
        "a base without an authority resolves nothing", arguments: ["urn:example:a", "mailto:a", "a/b", "", "http:a"])
    func opaque(base: String) {
        #expect(Reference.address(of: "g", in: base) == nil)
    }

    @Test(
        "a reference names a place in the document, a file of the project or an absolute URI",
        arguments: [
            ("#/a", Reference.Target.sameDocument, "/a"), ("", .sameDocument, nil), ("#", .sameDocument, ""),
            ("x.yaml", .file(path: "specs/x.yaml", uri: "file:///specs/x.yaml"), nil),
            ("./x.yaml#/b", .file(path: "specs/./x.yaml", uri: "file:///specs/x.yaml"), "/b"),
            ("../x.yaml", .file(path: "specs/../x.yaml", uri: "file:///x.yaml"), nil),
            ("/x.yaml", .file(path: "x.yaml", uri: "file:///x.yaml"), nil),
            ("a%20b.yaml", .file(path: "specs/a b.yaml", uri: "file:///specs/a%20b.yaml"), nil),
            ("x.yaml#/a%20b", .file(path: "specs/x.yaml", uri: "file:///specs/x.yaml"), "/a b"),
            ("https://a.example/x#/y", .absolute(uri: "https://a.example/x"), "/y"),
            ("HTTP://A.example", .absolute(uri: "HTTP://A.example"), nil),
            ("urn:example:x", .absolute(uri: "urn:example:x"), nil),
            // Not a scheme: schemes start with a letter (RFC 3986, section 3.1).
            ("1a:b", .file(path: "specs/1a:b", uri: "file:///specs/1a:b"), nil),
        ] as [(String, Reference.Target, String?)])
    func target(text: String, target: Reference.Target, fragment: String?) throws {
        let reference = try Reference(text, in: "specs/api.yaml")
        #expect(reference.target == target)
        #expect(reference.fragment == fragment)
    }

    @Test(
        "a reference that cannot be followed is rejected",
        arguments: [
            ("file:///etc/passwd", "reference.scheme"), ("ftp://a.example/x", "reference.scheme"),
            ("javascript:alert(1)", "reference.scheme"), ("C:\\x.yaml", "reference.scheme"),
            ("//a.example/x", "reference.remote"), ("x.yaml?v=1", "reference.malformed"),
            ("x%zz.yaml", "reference.malformed"), ("x%ff.yaml", "reference.malformed"),
            ("x%00.yaml", "reference.malformed"), ("a\\b.yaml", "reference.malformed"),
            ("a%5Cb.yaml", "reference.malformed"), ("#/a%", "reference.malformed"), ("#%c3", "reference.malformed"),
        ])
    func rejected(text: String, rule: String) {
        let problem = #expect(throws: Reference.Problem.self) { try Reference(text, in: "specs/api.yaml") }
        #expect(problem?.rule == rule)
    }

    @Test(
        "a reference to another host names the host only, so that all references to it are one finding",
        arguments: [
            ("https://a.example/x/y#/z", "a.example"), ("//a.example:8080", "a.example:8080"),
            ("https://a.example?b=c", "a.example"), ("urn:example:x#/y", "urn:example:x"),
        ])
    func host(text: String, host: String) {
        let problem = Reference.remote(text)
        #expect(
            problem.message == "references to '\(host)' are not followed: remote documents are not fetched")
        #expect(problem.rule == "reference.remote")
    }

    @Test("a long reference is cut by characters, not by bytes")
    func excerpt() {
        let short = String(repeating: "é", count: 100)
        #expect(Reference.excerpt(short) == short)
        #expect(Reference.excerpt(short + "é") == short + "…")
        #expect(Reference.excerpt("") == "")
    }
}
