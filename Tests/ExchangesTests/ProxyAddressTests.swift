import Testing

@testable import Exchanges

@Suite("Addresses of proxies")
struct ProxyAddressTests {
    @Test("host, port and credentials are read")
    func parts() throws {
        let whole = try ProxyAddress("http://anna:p%40ss%3A1@proxy.test:3128/", source: "--proxy")
        #expect(whole.host == "proxy.test" && whole.port == 3128 && whole.shown == "proxy.test:3128")
        #expect(whole.user == .init(name: "anna", password: "p@ss:1"))
        #expect(whole.authorization == "Basic YW5uYTpwQHNzOjE=")
        let short = try ProxyAddress("proxy.test", source: "--proxy")
        #expect(short.port == 8080 && short.user == nil && short.authorization == nil)
        #expect(try ProxyAddress("http://proxy.test:80", source: "").port == 80)
        let six = try ProxyAddress("http://[::1]:3128", source: "")
        #expect(six.host == "::1" && six.shown == "[::1]:3128")
        #expect(try ProxyAddress("http://anna@proxy.test:1", source: "").user == .init(name: "anna", password: ""))
    }

    @Test(
        "an invalid address has a reason that does not repeat it",
        arguments: [
            ("https://canary:canary@proxy.test:1", "has a scheme that is not supported: only HTTP proxies are"),
            ("socks5://proxy.test:1080", "has a scheme that is not supported: only HTTP proxies are"),
            ("http://", "has no valid host and port"), ("http://proxy.test:0", "has no valid host and port"),
            ("http://proxy.test:1/path", "has no valid host and port"),
            ("http://proxy test:1", "has no valid host and port"),
            ("http://a:%zz@proxy.test:1", "has credentials that are not percent-encoded correctly"),
        ])
    func problems(text: String, message: String) {
        let problem = #expect(throws: ProxyAddress.Problem.self) { try ProxyAddress(text, source: "--proxy") }
        #expect(problem?.message == message)
    }

    @Test(
        "hosts of NO_PROXY are reached directly",
        arguments: [
            ("*", "api.test", 443, true), ("api.test", "api.test", 443, true), ("API.test", "api.TEST.", 443, true),
            ("test", "api.test", 443, true), (".test", "api.test", 443, true), (".test", "test", 443, true),
            ("*.test", "api.test", 443, true), ("pi.test", "api.test", 443, false),
            ("api.test:8443", "api.test", 443, false), ("api.test:443", "api.test", 443, true),
            ("other.test, api.test", "api.test", 443, true), ("other.test api.test", "api.test", 443, true),
            ("", "api.test", 443, false), (",,", "api.test", 443, false),
            ("127.0.0.1", "127.0.0.1", 80, true), ("127.0.0.1", "127.0.0.2", 80, false),
            ("127.0.0.0/8", "127.3.2.1", 80, true), ("10.0.0.0/9", "10.128.0.1", 80, false),
            ("10.0.0.0/33", "10.0.0.0", 80, false), ("::1", "[::1]", 80, true), ("[::1]", "::1", 80, true),
            ("[::1]:80", "[::1]", 80, true), ("[::1]:81", "[::1]", 80, false), ("fd00::/8", "[fd12::1]", 80, true),
            ("0::0:1", "[::1]", 80, true), ("0.0.0.1", "1.test", 80, false),
        ])
    func exceptions(list: String, host: String, port: Int, isDirect: Bool) {
        #expect(NoProxyList(list).contains(host: host, port: port) == isDirect)
    }

    @Test("the proxy follows from the scheme of the URL")
    func rules() throws {
        var rules = ProxyRules()
        #expect(rules.proxy(for: "http://api.test/") == nil)
        rules.http = try ProxyAddress("one:1", source: "HTTP_PROXY")
        rules.https = try ProxyAddress("two:2", source: "HTTPS_PROXY")
        rules.exceptions = NoProxyList("near.test:8080")
        #expect(rules.proxy(for: "http://api.test/")?.host == "one")
        #expect(rules.proxy(for: "HTTPS://api.test/")?.host == "two")
        #expect(rules.proxy(for: "http://near.test:8080/") == nil)
        #expect(rules.proxy(for: "http://near.test/")?.host == "one")
        rules.https = nil
        #expect(rules.proxy(for: "https://api.test/") == nil)
    }
}
