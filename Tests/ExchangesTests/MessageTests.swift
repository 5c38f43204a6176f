import Exchanges
import Testing

@Suite("Messages")
struct MessageTests {
    @Test("header lines are found by name in order, ignoring ASCII case")
    func headers() {
        let response = ResponseMessage(
            status: 200,
            headers: [
                HeaderField(name: "Set-Cookie", value: "a"), HeaderField(name: "X-Other", value: "b"),
                HeaderField(name: "set-cookie", value: "c"),
            ]
        )
        #expect(response.header("SET-COOKIE") == ["a", "c"])
        #expect(response.header("set-cooki") == [])
        // KELVIN SIGN folds to "k" in Unicode, not in ASCII.
        #expect(response.header("set-coo\u{212A}ie") == [])
    }

    @Test("header lines that only look alike are not equal")
    func canonicalEquivalence() {
        #expect(HeaderField(name: "x", value: "\u{E9}") != HeaderField(name: "x", value: "e\u{301}"))
        #expect(Set([HeaderField(name: "x", value: "\u{E9}"), HeaderField(name: "x", value: "e\u{301}")]).count == 2)
    }

    @Test(
        "path and query are taken from the URL unchanged",
        arguments: [
            ("http://h/a%2Fb/c?x=1&y=?", "/a%2Fb/c", "x=1&y=?"), ("http://h", "/", nil), ("https://h:8080?q", "/", "q"),
            ("http://h/a?", "/a", ""), ("http://h/a#b?c", "/a", nil), ("http://[::1]:80/x//y/", "/x//y/", nil),
            ("/only/path?q=http://x/y", "/only/path", "q=http://x/y"),
        ] as [(String, String, String?)]
    )
    func pathAndQuery(url: String, path: String, query: String?) {
        let request = RequestMessage(method: "GET", url: url)
        #expect(request.path == path)
        #expect(request.query == query)
    }
}
