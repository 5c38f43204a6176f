import Primitives
import Testing

@Suite("URLs")
struct URLOriginTests {
    @Test(
        "references are resolved as in RFC 3986, section 5.4",
        arguments: [
            ("g:h", "g:h"), ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"), ("//g", "http://g"), ("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"),
            ("#s", "http://a/b/c/d;p?q"), ("g#s", "http://a/b/c/g"), ("g?y#s", "http://a/b/c/g?y"),
            (";x", "http://a/b/c/;x"), ("g;x", "http://a/b/c/g;x"), ("", "http://a/b/c/d;p?q"),
            (".", "http://a/b/c/"), ("./", "http://a/b/c/"), ("..", "http://a/b/"), ("../", "http://a/b/"),
            ("../g", "http://a/b/g"), ("../..", "http://a/"), ("../../", "http://a/"), ("../../g", "http://a/g"),
            ("../../../g", "http://a/g"), ("../../../../g", "http://a/g"), ("/./g", "http://a/g"),
            ("/../g", "http://a/g"), ("g.", "http://a/b/c/g."), (".g", "http://a/b/c/.g"),
            ("g..", "http://a/b/c/g.."), ("..g", "http://a/b/c/..g"), ("./../g", "http://a/b/g"),
            ("./g/.", "http://a/b/c/g/"), ("g/./h", "http://a/b/c/g/h"), ("g/../h", "http://a/b/c/h"),
            ("g;x=1/./y", "http://a/b/c/g;x=1/y"), ("g;x=1/../y", "http://a/b/c/y"),
            ("g?y/./x", "http://a/b/c/g?y/./x"), ("g?y/../x", "http://a/b/c/g?y/../x"),
            ("http:g", "http:g"), ("HTTP://X:80/%2e%2E/a", "HTTP://X:80/%2e%2E/a"), ("a:b@c", "a:b@c"),
            ("./a:b", "http://a/b/c/a:b"), ("//g?x", "http://g?x"), ("/a//../b", "http://a/a/b"),
        ])
    func resolving(reference: String, expected: String) throws {
        let base = try #require(URIReference(url: "http://a/b/c/d;p?q"))
        #expect(try #require(URIReference(url: reference)).resolved(against: base).text == expected)
    }

    @Test("with a base without a path, relative references begin at the root")
    func emptyPath() throws {
        let base = try #require(URIReference(url: "http://a"))
        #expect(URIReference(url: "g")?.resolved(against: base).text == "http://a/g")
        #expect(URIReference(url: "?g")?.resolved(against: base).text == "http://a?g")
    }

    @Test(
        "a text with characters that are invalid in URLs is rejected",
        arguments: ["a b", "é", "a\"b", "a\\b", "<x>", "%zz", "%2", "{id}", "a\r\nb", "a\u{0}b", "a|b", "a^b"])
    func illegal(text: String) {
        #expect(URIReference(url: text) == nil)
    }

    @Test(
        "an origin ignores letter case and the default port",
        arguments: [
            "http://api.example/", "HTTP://API.example:80", "http://api.EXAMPLE:/x?y", "http://api.example:0080/a",
        ])
    func sameOrigin(url: String) throws {
        #expect(URIReference(url: url).flatMap(URLOrigin.init)?.description == "http://api.example")
    }

    @Test(
        "a different scheme, host or port is a different origin",
        arguments: [
            "https://api.example/", "http://api.example:8080/", "http://api.example.", "http://www.api.example",
            "http://api-example", "http://[::1]",
        ])
    func otherOrigin(url: String) throws {
        let other = try #require(URIReference(url: url).flatMap(URLOrigin.init))
        #expect(other != URIReference(url: "http://api.example").flatMap(URLOrigin.init))
    }

    @Test(
        "an invalid address has no origin",
        arguments: [
            "ftp://h/", "/path", "http:path", "http://", "http://u@h/", "http://u:p@h/", "http://h:x/", "http://h:0/",
            "http://h:65536/", "http://h:-1/", "http://h%20/", "http://[]/", "http://a[::1]/", "http://h:1:2/",
            "mailto:a@b",
        ])
    func noOrigin(url: String) throws {
        #expect(URIReference(url: url).flatMap(URLOrigin.init) == nil)
    }
}
