import Exchanges
import TestKit
import Testing

/// Addresses of proxies, and which requests go through them.
@Suite("Laws of proxies")
struct ProxyLawTests {
    private static func percent(_ text: String) -> String {
        text.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
    }

    @Test("host, port and credentials are read back from any address that was written from them")
    func roundTrip() throws {
        var random = SplitMix(seed: 1)
        let texts = ["anna", "a:b", "p@ss/word", "é", "", "%", "a b", "\"", "#?"]
        for _ in 0..<400 {
            let host = random.pick(["proxy.test", "127.0.0.1", "[::1]", "a-b.example"])
            let port = Int.random(in: 1...65_535, using: &random)
            let (name, password) = (random.pick(texts), random.pick(texts))
            let hasUser = random.once(in: 2)
            let user = hasUser ? "\(Self.percent(name)):\(Self.percent(password))@" : ""
            let text = random.pick(["", "http://", "HTTP://"]) + user + "\(host):\(port)" + random.pick(["", "/"])
            let address = try ProxyAddress(text, source: "--proxy")
            #expect(address.port == port && address.shown == "\(host):\(port)", "\(text)")
            #expect(address.user?.name == (hasUser ? name : nil), "\(text)")
            #expect(address.user?.password == (hasUser ? password : nil), "\(text)")
            #expect((address.authorization != nil) == hasUser)
            // What reports show never contains credentials.
            if hasUser, password.utf8.count > 3 { #expect(!address.shown.contains(password)) }
        }
    }

    @Test("no message about a wrong address contains any part of it")
    func silent() {
        let broken = [
            "https://canary:canary@h:1", "canary://h", "http://canary:canary@h:0", "http://canary:canary@:1",
            "http://canary:%zz@h:1",
            "http://canary canary@h x:1", "canary:canary@h/path", "http://canary:canary@h:99999", "http://canary@[::1",
        ]
        for text in broken {
            let problem = #expect(throws: ProxyAddress.Problem.self, "\(text)") {
                try ProxyAddress(text, source: "--proxy")
            }
            #expect(problem.map { !($0.message + $0.help).contains("canary") } == true, "\(text)")
        }
    }

    @Test("the scheme of a URL decides about its proxy, unless the host is an exception")
    func rules() throws {
        var random = SplitMix(seed: 2)
        let (one, two) = (try ProxyAddress("one:1", source: "a"), try ProxyAddress("two:2", source: "b"))
        for _ in 0..<300 {
            var rules = ProxyRules()
            rules.http = random.once(in: 3) ? nil : one
            rules.https = random.once(in: 3) ? nil : two
            rules.exceptions = NoProxyList(random.pick(["", "near.test", "*", "10.0.0.0/8", "far.test:8443"]))
            let scheme = random.pick(["http", "https", "HTTPS"])
            let host = random.pick(["near.test", "x.near.test", "far.test", "10.1.1.1"])
            let port = random.pick(["", ":8443"])
            let number = port.isEmpty ? (scheme == "http" ? 80 : 443) : 8_443
            let found = rules.proxy(for: "\(scheme)://\(host)\(port)/a?b")
            let isException = rules.exceptions.contains(host: host, port: number)
            #expect(found == (isException ? nil : scheme == "http" ? rules.http : rules.https))
            #expect(rules.all.count == [rules.http, rules.https].count { $0 != nil })
        }
    }

    @Test(
        "a URL without an origin, and a socket, have no proxy",
        arguments: ["", "/path", "mailto:a@b", "http+unix://%2Frun%2Fa/v1"])
    func none(url: String) throws {
        var rules = ProxyRules()
        rules.http = try ProxyAddress("one:1", source: "a")
        rules.https = rules.http
        #expect(rules.proxy(for: url) == nil)
        #expect(rules.all.count == 1)
    }
}
