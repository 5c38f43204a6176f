import Exchanges
import Foundation
import LiveTransport
import TestKit
import Testing

@Suite("Unix sockets", .timeLimit(.minutes(5)), .urgent)
struct SocketTests {
    private let folder: TemporaryFolder
    private var path: String { folder.url.appendingPathComponent("a b.sock").path }

    init() throws { folder = try TemporaryFolder() }

    private func url(_ path: String, _ target: String = "/v1/orders?x=1") -> String {
        let allowed = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-._~"))
        return "http+unix://" + (path.addingPercentEncoding(withAllowedCharacters: allowed) ?? "") + target
    }

    @Test("a request over a socket has the path of the URL, and a host")
    func request() async throws {
        let server = try RawServer(atSocket: path) { connection in
            while connection.readRequest() != nil {
                connection.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}")
            }
        }
        defer { server.stop() }
        let outcome = await exchange(
            RequestMessage(method: "POST", url: url(path), headers: [HeaderField(name: "x", value: "1")], body: [0x7B]))
        #expect(outcome.response?.status == 200 && outcome.response?.body == Array("{}".utf8))
        #expect(
            server.requests == [
                "POST /v1/orders?x=1 HTTP/1.1\r\nx: 1\r\naccept-encoding: identity\r\nhost: localhost\r\n"
                    + "Content-Length: 1\r\n\r\n{"
            ])
        _ = await exchange(
            RequestMessage(method: "GET", url: url(path, "/"), headers: [HeaderField(name: "host", value: "shop.test")])
        )
        #expect(server.requests.last == "GET / HTTP/1.1\r\nhost: shop.test\r\naccept-encoding: identity\r\n\r\n")
    }

    @Test("a proxy is not used for a socket")
    func proxy() async throws {
        let server = try RawServer(atSocket: path) { connection in
            while connection.readRequest() != nil { connection.write(ExchangeTests.empty) }
        }
        defer { server.stop() }
        var settings = LiveTransportSettings()
        settings.connection.proxies.http = try ProxyAddress("http://127.0.0.1:1", source: "test")
        let outcome = await exchange(RequestMessage(method: "GET", url: url(path)), settings: settings)
        #expect(outcome.response?.status == 204)
    }

    @Test("a connection is reused")
    func reuse() async throws {
        let server = try RawServer(atSocket: path) { connection in
            while connection.readRequest() != nil { connection.write(ExchangeTests.empty) }
        }
        defer { server.stop() }
        let request = RequestMessage(method: "GET", url: url(path))
        await LiveTransport.withTransport { transport in
            for _ in 0..<3 { _ = await transport.send(request, deadline: .seconds(10)) }
        }
        #expect(server.requests.count == 3 && server.connections == 1)
    }

    private func failure(at path: String) async -> TransportFailure? {
        let outcome = await exchange(RequestMessage(method: "GET", url: url(path)), deadline: .seconds(5))
        return outcome.failure
    }

    @Test("a socket without a server says what is missing")
    func missing() async throws {
        let none = await failure(at: path)
        #expect(none?.class == .connectionRefused && none?.message == "the socket \(path) does not exist")
        // The file remains when its server ends.
        let server = try RawServer(atSocket: path) { _ in }
        server.stop()
        let left = await failure(at: path)
        #expect(left?.class == .connectionRefused && left?.message == "no server listens at the socket \(path)")
        try folder.write("", to: "file")
        let file = folder.url.appendingPathComponent("file").path
        let other = await failure(at: file)
        #expect(other?.class == .connectionRefused && other?.message == "no server listens at the socket \(file)")
    }

    @Test(
        "a URL that names no socket is rejected before anything is sent",
        arguments: [
            "http+unix:///v1", "http+unix://relative/v1", "http+unix://%2F\(String(repeating: "a", count: 200))/",
        ])
    func invalid(url: String) async {
        let failure = await exchange(RequestMessage(method: "GET", url: url)).failure
        #expect(failure?.class == .invalidRequest)
    }
}
