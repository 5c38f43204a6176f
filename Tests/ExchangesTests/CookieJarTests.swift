import Exchanges
import Primitives
import Testing

@Suite("Cookies of a scenario")
struct CookieJarTests {
    private static let now = Instant(microsecondsSinceEpoch: 1_700_000_000_000_000)

    /// The `cookie` header of a request to `next` after a response from `url` that sets `lines`.
    private func sent(
        _ lines: [String], from url: String = "https://api.test/v1/login", to next: String, own: String? = nil,
        after seconds: Int = 0
    ) -> String? {
        var jar = CookieJar()
        let headers = lines.map { HeaderField(name: "Set-Cookie", value: $0) }
        jar.store(ResponseMessage(status: 200, headers: headers), from: url, now: Self.now)
        let request = RequestMessage(
            method: "GET", url: next, headers: own.map { [HeaderField(name: "Cookie", value: $0)] } ?? [])
        let result = jar.applied(to: request, now: Self.now.advanced(by: .seconds(seconds)))
        #expect(result.header("cookie").count <= 1)
        return result.header("cookie").first
    }

    @Test("a cookie is sent to the origin that set it, below its path")
    func places() {
        #expect(sent(["sid=1"], to: "https://api.test/v1/orders") == "sid=1")
        #expect(sent(["sid=1"], to: "https://api.test/v2/orders") == nil, "the default path is that of the request")
        #expect(sent(["sid=1; Path=/"], to: "https://api.test/v2") == "sid=1")
        #expect(sent(["sid=1; Path=/v1"], to: "https://api.test/v10") == nil)
        #expect(sent(["sid=1; Path=/"], from: "https://api.test:443/", to: "https://API.test/") == "sid=1")
    }

    @Test(
        "a cookie never goes to another origin, whatever its domain says",
        arguments: ["http://api.test/", "https://api.test:8443/", "https://www.api.test/", "https://other.test/"])
    func otherOrigins(url: String) {
        #expect(sent(["sid=1; Path=/"], to: url) == nil)
        #expect(sent(["sid=1; Path=/; Domain=test"], to: url) == nil)
        #expect(sent(["sid=1; Path=/; Domain=api.test"], to: url) == nil)
    }

    @Test("a cookie for a domain that does not include the host is ignored")
    func domains() {
        let url = "https://api.test/v1/"
        #expect(sent(["sid=1; Domain=.api.test"], to: url) == "sid=1")
        #expect(sent(["sid=1; Domain=TEST"], to: url) == "sid=1")
        #expect(sent(["sid=1; Domain=pi.test"], to: url) == nil)
        #expect(sent(["sid=1; Domain=www.api.test"], to: url) == nil)
        #expect(sent(["sid=1; Domain=0.0.1"], from: "http://127.0.0.1/v1/", to: "http://127.0.0.1/v1/") == nil)
    }

    @Test("a secure cookie needs TLS, except on this machine")
    func secure() {
        #expect(sent(["a=1; Secure"], to: "https://api.test/v1/") == "a=1")
        #expect(sent(["a=1; secure"], from: "http://api.test/", to: "http://api.test/") == nil)
        #expect(sent(["a=1; Secure"], from: "http://127.0.0.1:80/", to: "http://127.0.0.1/") == "a=1")
    }

    @Test("a cookie expires by max-age, which takes precedence over expires")
    func expiry() {
        let url = "https://api.test/v1/"
        #expect(sent(["a=1; Max-Age=60"], to: url, after: 59) == "a=1")
        #expect(sent(["a=1; Max-Age=60"], to: url, after: 60) == nil)
        #expect(sent(["a=1", "a=2; Max-Age=0"], to: url) == nil)
        #expect(sent(["a=1; Expires=Tue, 14 Nov 2023 22:13:30 GMT"], to: url, after: 9) == "a=1")
        #expect(sent(["a=1; Expires=Tue, 14 Nov 2023 22:13:30 GMT"], to: url, after: 11) == nil)
        #expect(sent(["a=1; Expires=Tue, 14 Nov 2023 22:13:30 GMT; Max-Age=60"], to: url, after: 50) == "a=1")
        #expect(sent(["a=1; Max-Age=soon"], to: url, after: 999) == "a=1")
    }

    @Test("a later cookie replaces an earlier one, longer paths come first, and the row's own cookies stay")
    func order() {
        let url = "https://api.test/v1/x"
        #expect(sent(["a=1", "a=2"], to: url) == "a=2")
        #expect(sent(["a=1; Path=/", "b=2; Path=/v1"], to: url) == "b=2; a=1")
        #expect(sent(["a=1", "b=2"], to: url, own: "a=own; c=3") == "a=own; c=3; b=2")
    }

    @Test(
        "a line that is not a cookie is ignored",
        arguments: ["", "=1", "noEquals", "a b=1", "a=1\u{7F}", "a=" + String(repeating: "x", count: 5_000)])
    func invalid(line: String) {
        #expect(sent([line, "b=2"], to: "https://api.test/v1/") == "b=2")
    }

    @Test("a server cannot fill the jar without limit")
    func bound() {
        let line = sent((0..<500).map { "c\($0)=1" }, to: "https://api.test/v1/")
        #expect(line?.split(separator: ";").count == 64)
    }
}
