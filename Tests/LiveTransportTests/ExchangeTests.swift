import Exchanges
import Foundation
import LiveTransport
import TestKit
import Testing

/// Sends one request through a transport of its own.
func exchange(
    _ request: RequestMessage,
    deadline: Duration = .seconds(20),
    settings: LiveTransportSettings = LiveTransportSettings()
) async -> ExchangeOutcome {
    await LiveTransport.withTransport(settings: settings) { await $0.send(request, deadline: deadline) }
}

@Suite("Sending and receiving", .timeLimit(.minutes(20)), .urgent)
struct ExchangeTests {
    static let empty = "HTTP/1.1 204 No Content\r\n\r\n"

    @Test(
        "the sent headers are ours in our order, plus host, content-length and accept-encoding")
    func exactHeaders() async throws {
        let server = try RawServer(answering: Self.empty)
        defer { server.stop() }
        let request = RequestMessage(
            method: "POST",
            url: server.url("/parcels"),
            headers: [
                HeaderField(name: "X-b", value: "1"), HeaderField(name: "x-A", value: "two words"),
                HeaderField(name: "X-b", value: "\"3\""), HeaderField(name: "x-empty", value: ""),
            ],
            body: Array("{}".utf8)
        )
        _ = await exchange(request)
        #expect(
            server.requests == [
                "POST /parcels HTTP/1.1\r\nX-b: 1\r\nx-A: two words\r\nX-b: \"3\"\r\nx-empty: \r\n"
                    + "accept-encoding: identity\r\nhost: 127.0.0.1:\(server.port)\r\nContent-Length: 2\r\n\r\n{}"
            ]
        )
    }

    @Test(
        "a valid URL arrives byte for byte",
        arguments: ["/a%2Fb//c/../d;x=@*?q=x%20y&z=%5B1%5D", "/?", "/%C3%A9?a=b=c&&?/:@!$'()*+,;", "/~a-b_c.d"]
    )
    func targets(target: String) async throws {
        let server = try RawServer(answering: Self.empty)
        defer { server.stop() }
        _ = await exchange(RequestMessage(method: "GET", url: server.url(target)))
        #expect(
            server.requests == [
                "GET \(target) HTTP/1.1\r\naccept-encoding: identity\r\nhost: 127.0.0.1:\(server.port)\r\n\r\n"
            ])
    }

    @Test("status, headers and body are returned as received")
    func response() async throws {
        let server = try RawServer(
            answering:
                "HTTP/1.1 418 Teapot\r\nSet-Cookie: a\r\nX-Mixed: \u{E9} v\r\nset-cookie:\tb \r\nContent-Length: 3\r\n\r\n\u{0}\r\n"
        )
        defer { server.stop() }
        let outcome = await exchange(RequestMessage(method: "GET", url: server.url()))
        var response = try #require(outcome.response)
        // The octet in X-Mixed is a defect of the response, which is returned all the same.
        #expect(response.defects.map(\.kind) == [.headerText])
        response.defects = []
        #expect(
            response
                == ResponseMessage(
                    status: 418,
                    headers: [
                        HeaderField(name: "Set-Cookie", value: "a"),
                        HeaderField(name: "X-Mixed", value: "\u{E9} v"),
                        HeaderField(name: "set-cookie", value: "b"),
                        HeaderField(name: "Content-Length", value: "3"),
                    ],
                    body: [0, 0x0D, 0x0A]))
    }

    @Test(
        "every way to frame a body is supported",
        arguments: [
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n2;x=y\r\nbc\r\n0\r\n\r\n", "abc"),
            ("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nabc", "abc"), ("HTTP/1.0 200 OK\r\n\r\nabc", "abc"),
            ("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", "abc"),
            ("HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", ""),
        ]
    )
    func framing(answer: String, body: String) async throws {
        let server = try RawServer { connection in
            connection.readRequest()
            connection.write(answer)
        }
        defer { server.stop() }
        let response = await exchange(RequestMessage(method: "GET", url: server.url())).response
        #expect(response.map { String(decoding: $0.body, as: UTF8.self) } == body)
        #expect(response?.version == String(answer.prefix(8)))
    }

    @Test("a response to HEAD has no body, whatever its content-length")
    func head() async throws {
        let server = try RawServer(answering: "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")
        defer { server.stop() }
        let response = await exchange(RequestMessage(method: "HEAD", url: server.url())).response
        #expect(response?.header("content-length") == ["9"])
        #expect(response?.body == [])
    }

    @Test("a redirect is returned and not followed")
    func redirects() async throws {
        let server = try RawServer(answering: "HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n")
        defer { server.stop() }
        let response = await exchange(RequestMessage(method: "POST", url: server.url(), body: [0x61])).response
        #expect(response?.status == 302)
        #expect(response?.header("location") == ["/other"])
        #expect(server.requests.count == 1)
    }

    @Test(
        "an unrequested compressed body is a failure, and a requested one stays compressed"
    )
    func compression() async throws {
        let packed: [UInt8] = [
            0x1F, 0x8B, 0x08, 0, 0, 0, 0, 0, 0, 0x03, 0x4B, 0x04, 0, 0x43, 0xBE, 0xB7, 0xE8, 1, 0, 0, 0,
        ]
        let server = try RawServer { connection in
            connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(packed.count)\r\n\r\n")
            connection.write(packed)
        }
        defer { server.stop() }
        var request = RequestMessage(method: "GET", url: server.url())
        let failure = await exchange(request).failure
        #expect(failure?.class == .badEncoding)
        #expect(
            failure?.message
                == "the response body has the encoding gzip, which the request did not accept, so the response was not "
                + "judged")
        // Without the header any coding would be right (RFC 9110, section 12.5.3).
        #expect(server.requests.first?.contains("accept-encoding: identity\r\n") == true)
        request.headers = [HeaderField(name: "accept-encoding", value: "gzip")]
        #expect(await exchange(request).response?.body == packed)
        #expect(server.requests.last?.contains("identity") == false)
    }

    @Test("one connection handles one request after the other")
    func keepAlive() async throws {
        let server = try RawServer(answering: Self.empty)
        defer { server.stop() }
        await LiveTransport.withTransport { transport in
            for _ in 0..<5 {
                let outcome = await transport.send(
                    RequestMessage(method: "GET", url: server.url()), deadline: .seconds(20))
                #expect(outcome.response?.status == 204)
            }
        }
        #expect(server.requests.count == 5)
        #expect(server.connections == 1)
    }

    @Test("the number of parallel requests equals the number of connections", arguments: [1, 12])
    func poolSize(connections: Int) async throws {
        let arrivals = Arrivals()
        let server = try RawServer { connection in
            while connection.readRequest() != nil {
                arrivals.enter(waitingFor: connections)
                connection.write(Self.empty)
            }
        }
        defer { server.stop() }
        await LiveTransport.withTransport(settings: LiveTransportSettings(connections: connections)) { transport in
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<12 {
                    group.addTask {
                        let outcome = await transport.send(
                            RequestMessage(method: "GET", url: server.url()), deadline: .seconds(20))
                        #expect(outcome.response?.status == 204)
                    }
                }
            }
        }
        #expect(arrivals.most == connections)
        #expect(server.connections == connections)
    }

    @Test("proxy variables of the environment have no effect")
    func proxies() async throws {
        let server = try RawServer(answering: Self.empty)
        defer { server.stop() }
        let nowhere = "http://127.0.0.1:\(try RawServer.unusedPort())"
        for name in ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"] { setenv(name, nowhere, 1) }
        defer { for name in ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"] { unsetenv(name) } }
        #expect(await exchange(RequestMessage(method: "GET", url: server.url())).response?.status == 204)
    }

    @Test("a large body is sent completely")
    func largeRequest() async throws {
        let server = try RawServer(answering: Self.empty)
        defer { server.stop() }
        let body = (0..<3_000_000).map { UInt8($0 % 95 + 32) }
        let outcome = await exchange(RequestMessage(method: "PUT", url: server.url(), body: body))
        #expect(outcome.response?.status == 204)
        #expect(server.requests.first.map { Array($0.utf8.suffix(body.count)) } == body)
    }
}

/// Counts requests that are under way, and holds each until enough are.
final class Arrivals: @unchecked Sendable {
    private let condition = NSCondition()
    private var present = 0
    private(set) var most = 0

    func enter(waitingFor count: Int) {
        condition.lock()
        present += 1
        most = max(most, present)
        condition.broadcast()
        let deadline = Date(timeIntervalSinceNow: 10)
        while most < count, condition.wait(until: deadline) {}
        present -= 1
        condition.unlock()
    }
}
