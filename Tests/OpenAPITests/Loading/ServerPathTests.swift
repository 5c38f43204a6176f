import OpenAPI
import Testing

/// RFC 3986, section 5.2; OpenAPI 3.1.1, section 4.8.5.
struct ServerPathTests {
    @Test(
        "the path of a server URL counts from the root of its host, however the URL is written",
        arguments: [
            ("", ""), ("/", ""), (".", ""), ("./", ""), ("..", ""), ("v2", "/v2"), ("./v2/", "/v2"), ("../v2", "/v2"),
            ("../../a/b", "/a/b"), ("/a/../b", "/b"), ("/v2//", "/v2"), ("//api.example/v2", "/v2"),
            ("https://api.example", ""), ("https://api.example/", ""), ("HTTPS://API.example:443/V2/", "/V2"),
            ("https://api.example/a/./b", "/a/b"), ("/a%20b", "/a%20b"),
        ])
    func paths(url: String, path: String) {
        #expect(Server.path(ofURL: url) == path)
    }
}
