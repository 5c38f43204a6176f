import Project
import Testing

@Suite("Base URLs")
struct BaseURLTests {
    @Test(
        "an address with scheme and host can be used",
        arguments: [
            "https://a.example", "http://127.0.0.1:8080/pg", "https://[::1]:443/x", "https://a.example/v1/%7Euser/",
            "https://a-b.example:65535", "http://localhost",
            "http+unix://%2Frun%2Fshop.sock", "http+unix://%2Frun%2Fa%20b.sock/v1:x/",
        ])
    func usable(text: String) {
        #expect(BaseURL.problem(with: text) == nil)
    }

    @Test(
        "anything else is rejected, with the reason",
        arguments: [
            ("a.example", "does not start with http:// or https://"),
            ("ftp://a.example", "does not start with http:// or https://"),
            ("", "does not start with http:// or https://"),
            ("https://", "has no host"), ("https:///x", "has no host"), ("https://:80", "has no host"),
            ("https://a.example?x=1", "has a query"), ("https://a.example/#top", "has a fragment"),
            ("https://me:pass@a.example", "contains a user name or password"),
            ("https://a.example:", "has no valid host and port"), ("https://a.example:0", "has no valid host and port"),
            ("https://a.example:65536", "has no valid host and port"),
            ("https://a.example:+80", "has no valid host and port"),
            ("https://[::1", "has no valid host and port"), ("https://[::1]x", "has no valid host and port"),
            ("https://a example", "contains a character that must be percent-encoded"),
            ("https://a.example/\u{E9}", "contains a character that must be percent-encoded"),
            ("https://a.example/%7", "contains a character that must be percent-encoded"),
            ("https://a.example/%zz", "contains a character that must be percent-encoded"),
            ("https://a.example/[x]", "contains a character that must be percent-encoded"),
            (
                "http+unix:///run/shop.sock",
                "has no socket: write the path of the socket with %2F for each /"
            ),
            (
                "http+unix://shop.sock/v1",
                "names no absolute path of a socket: write the path with %2F for each /"
            ),
            (
                "http+unix://%2Fa%00b/v1", "names no absolute path of a socket: write the path with %2F for each /"
            ),
            (
                "http+unix://%2F\(String(repeating: "a", count: 103))",
                "names a socket whose path has more than 103 bytes"
            ),
            ("http+unix://%2Fa:80/v1", "has a port, which a socket does not have"),
            ("https+unix://%2Fa", "does not start with http:// or https://"),
            ("https://a.example/\n", "contains a character that must be percent-encoded"),
        ])
    func refused(text: String, problem: String) {
        #expect(BaseURL.problem(with: text) == problem)
    }

    @Test(
        "the host is compared without case, port, path and trailing dots",
        arguments: [
            ("https://API.Example.:443/pg", "api.example"), ("http://127.0.0.1:80", "127.0.0.1"),
            ("https://[::1]:443", "[::1]"), ("nonsense", ""),
        ])
    func host(text: String, host: String) {
        #expect(BaseURL.host(of: text) == host)
    }
}
