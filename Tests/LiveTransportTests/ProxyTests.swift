import Exchanges
import TestKit
import Testing

@testable import LiveTransport

@Suite("Proxies", .timeLimit(.minutes(20)), .urgent)
struct ProxyTests {
    private static let answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

    private static func settings(
        _ proxy: String, except list: String = "", trusting certificate: TestCertificate? = nil
    ) throws -> LiveTransportSettings {
        var settings = LiveTransportSettings(trustedCertificates: [certificate?.path].compactMap { $0 })
        let address = try ProxyAddress(proxy, source: "HTTPS_PROXY")
        settings.connection.proxies.http = address
        settings.connection.proxies.https = address
        settings.connection.proxies.exceptions = NoProxyList(list)
        return settings
    }

    @Test("an http request goes to the proxy with an absolute URL, and reaches the server unchanged")
    func forwarded() async throws {
        let server = try RawServer(answering: Self.answer)
        defer { server.stop() }
        let proxy = try ProxyServer(requiring: "Basic YW5uYTpwQHNz")
        defer { proxy.stop() }
        let request = RequestMessage(
            method: "POST", url: server.url("/v1/orders?a=1"), headers: [HeaderField(name: "x-own", value: "1")],
            body: Array("body".utf8))
        let outcome = await exchange(request, settings: try Self.settings("http://anna:p%40ss@127.0.0.1:\(proxy.port)"))
        #expect(outcome.response?.body == Array("ok".utf8))
        let seen = try #require(proxy.requests.first)
        #expect(seen.hasPrefix("POST \(server.url("/v1/orders?a=1")) HTTP/1.1\r\n"))
        #expect(seen.lowercased().contains("\r\nhost: 127.0.0.1:\(server.port)\r\n"))
        #expect(!seen.lowercased().contains("assay-forward"))
        let received = try #require(server.requests.first)
        #expect(received.hasPrefix("POST /v1/orders?a=1 HTTP/1.1\r\n") && received.hasSuffix("\r\n\r\nbody"))
        #expect(!received.lowercased().contains("proxy-authorization"))
    }

    @Test(
        "an https request goes through a tunnel, and the proxy sees none of it",
        .enabled(if: TestCertificate.openssl != nil, "needs the openssl command"), arguments: [nil, "anna:secret"])
    func tunnel(user: String?) async throws {
        let certificate = try #require(try await TestCertificate.good.value)
        let server = try RawServer(answering: Self.answer)
        defer { server.stop() }
        let proxy = try ProxyServer(requiring: user == nil ? nil : "Basic YW5uYTpzZWNyZXQ=")
        defer { proxy.stop() }
        let front = try await SecureFront(of: server.port, certificate)
        let address = (user.map { "\($0)@" } ?? "") + "127.0.0.1:\(proxy.port)"
        let request = RequestMessage(
            method: "GET", url: front.url, headers: [HeaderField(name: "x-token", value: "canary")])
        let outcome = await exchange(request, settings: try Self.settings(address, trusting: certificate))
        #expect(outcome.response?.status == 200, "\(outcome)")
        #expect(proxy.requests.count == 1 && proxy.requests[0].hasPrefix("CONNECT 127.0.0.1:\(front.port) HTTP/1.1"))
        #expect(!proxy.requests[0].contains("canary"))
        #expect(server.requests.first?.contains("canary") == true)
        await front.stop()
    }

    @Test("a host of NO_PROXY is reached directly")
    func exceptions() async throws {
        let server = try RawServer(answering: Self.answer)
        defer { server.stop() }
        let unused = try RawServer.unusedPort()
        let settings = try Self.settings("127.0.0.1:\(unused)", except: "127.0.0.0/8")
        let outcome = await exchange(RequestMessage(method: "GET", url: server.url()), settings: settings)
        #expect(outcome.response?.status == 200)
    }

    @Test("a proxy that requires or rejects credentials is named", arguments: ["http", "https"])
    func credentials(scheme: String) async throws {
        let proxy = try ProxyServer(requiring: "Basic other")
        defer { proxy.stop() }
        let request = RequestMessage(method: "GET", url: "\(scheme)://api.test/")
        let place = "127.0.0.1:\(proxy.port)"
        let without = await exchange(request, settings: try Self.settings(place)).failure
        #expect(without?.class == .proxy)
        #expect(
            without?.message == "the proxy \(place) (HTTPS_PROXY) requires credentials (407): "
                + "write http://USER:PASSWORD@\(place)")
        let wrong = await exchange(request, settings: try Self.settings("anna:canary@\(place)")).failure
        #expect(wrong?.message == "the proxy \(place) (HTTPS_PROXY) rejected its credentials (407)")
    }

    @Test("a proxy that refuses the tunnel or cannot be reached is named")
    func refused() async throws {
        let proxy = try ProxyServer(refusing: "403 Forbidden")
        defer { proxy.stop() }
        let request = RequestMessage(method: "GET", url: "https://api.test/")
        let refused = await exchange(request, settings: try Self.settings("127.0.0.1:\(proxy.port)")).failure
        #expect(refused?.class == .proxy)
        #expect(
            refused?.message == "the proxy 127.0.0.1:\(proxy.port) (HTTPS_PROXY) refused the connection to the server "
                + "(CONNECT)")
        let unused = try RawServer.unusedPort()
        for url in ["https://api.test/", "http://api.test/"] {
            let request = RequestMessage(method: "GET", url: url)
            let failure = await exchange(request, settings: try Self.settings("127.0.0.1:\(unused)")).failure
            #expect(
                failure?.message == "the proxy 127.0.0.1:\(unused) (HTTPS_PROXY) cannot be reached: "
                    + "nothing listens at the address")
        }
    }

    @Test("a proxy that never responds fails at the deadline")
    func silent() async throws {
        let proxy = try RawServer { $0.waitForEnd() }
        defer { proxy.stop() }
        let outcome = await exchange(
            RequestMessage(method: "GET", url: "https://api.test/"), deadline: .milliseconds(300),
            settings: try Self.settings("127.0.0.1:\(proxy.port)"))
        #expect(outcome.failure?.class == .proxy)
    }
}
