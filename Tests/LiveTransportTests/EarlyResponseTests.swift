import Exchanges
import Foundation
import LiveTransport
import Primitives
import TestKit
import Testing

/// Responses that arrive while the request is still being sent (RFC 9112, section 9.5).
@Suite("Early responses", .serialized, .timeLimit(.minutes(20)), .urgent)
struct EarlyResponseTests {
    /// What a server does once it has responded to a head.
    enum Next: String, CaseIterable, Sendable {
        case stopsReading, closesAtOnce, closesLater, resets, readsOn, halfCloses
    }

    static let body = [UInt8](repeating: 0x61, count: 12_000_000)
    static let refusal = "HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\n\r\nabc"

    /// Reads no more than a head, answers with `text` and does what comes next.
    private static func server(_ text: String, _ next: Next) throws -> RawServer {
        try RawServer { connection in
            guard let head = connection.readHead() else { return }
            if head.contains("/good") {
                // Said, because a request that meets a connection just being closed is lost (RFC 9112, section 9.6).
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\ngood")
                return
            }
            connection.write(text)
            switch next {
            case .stopsReading: connection.pause(milliseconds: 4_000)
            case .closesAtOnce: break
            case .closesLater: connection.pause(milliseconds: 300)
            case .resets: connection.resetOnClose()
            case .readsOn: connection.waitForEnd()
            case .halfCloses:
                connection.endWriting()
                connection.pause(milliseconds: 300)
            }
        }
    }

    @Test("an early error is the response, whatever the server does then", arguments: Next.allCases)
    func refused(next: Next) async throws {
        let server = try Self.server(Self.refusal, next)
        defer { server.stop() }
        await LiveTransport.withTransport { transport in
            for _ in 0..<3 {
                let start = ContinuousClock.now
                let outcome = await transport.send(
                    RequestMessage(method: "POST", url: server.url("/up"), body: Self.body), deadline: .seconds(20))
                #expect(outcome.response?.status == 413, "\(outcome)")
                #expect(outcome.response?.body == Array("abc".utf8))
                #expect(ContinuousClock.now - start < .seconds(15))
            }
            let good = await transport.send(
                RequestMessage(method: "GET", url: server.url("/good")), deadline: .seconds(20))
            #expect(good.response?.body == Array("good".utf8), "\(good)")
        }
    }

    @Test("an early success is the response, at the latest at the deadline", arguments: Next.allCases)
    func accepted(next: Next) async throws {
        let server = try Self.server("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", next)
        defer { server.stop() }
        // One connection, which must be free again.
        await LiveTransport.withTransport(settings: LiveTransportSettings(connections: 1)) { transport in
            for _ in 0..<2 {
                let outcome = await transport.send(
                    RequestMessage(method: "POST", url: server.url("/up"), body: Self.body), deadline: .seconds(2))
                #expect(outcome.response?.status == 200, "\(outcome)")
                #expect(outcome.response?.body == Array("abc".utf8))
                let good = await transport.send(
                    RequestMessage(method: "GET", url: server.url("/good")), deadline: .seconds(20))
                #expect(good.response?.body == Array("good".utf8), "\(good)")
            }
        }
    }

    @Test("a server that responds early and reads on receives the whole body", arguments: ["abc", ""])
    func acceptedAndRead(text: String) async throws {
        let server = try RawServer { connection in
            guard let head = connection.readHead() else { return }
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(text.utf8.count)\r\n\r\n\(text)")
            connection.pause(milliseconds: 200)
            let start = head.utf8.count - (head.components(separatedBy: "\r\n\r\n").last?.utf8.count ?? 0)
            connection.note("\(connection.readBytes(Self.body.count - (head.utf8.count - start)))")
        }
        defer { server.stop() }
        let outcome = await exchange(RequestMessage(method: "POST", url: server.url("/up"), body: Self.body))
        #expect(outcome.response?.status == 200, "\(outcome)")
        for _ in 0..<100 where server.requests.isEmpty { try await Task.sleep(for: .milliseconds(50)) }
        #expect(server.requests == ["0"])
    }

    @Test("a truncated response is still a failure", arguments: [Next.closesAtOnce, .closesLater, .resets])
    func truncated(next: Next) async throws {
        let server = try Self.server("HTTP/1.1 413 Content Too Large\r\nContent-Length: 9\r\n\r\nabc", next)
        defer { server.stop() }
        let outcome = await exchange(RequestMessage(method: "POST", url: server.url("/up"), body: Self.body))
        #expect(outcome.failure?.class == .truncated, "\(outcome)")
    }

    @Test("a large body arrives completely", arguments: [16_384, 16_385, 3_000_000])
    func whole(size: Int) async throws {
        let server = try RawServer(answering: ExchangeTests.empty)
        defer { server.stop() }
        let body = [UInt8](repeating: 0x62, count: size)
        let outcome = await exchange(RequestMessage(method: "POST", url: server.url("/up"), body: body))
        #expect(outcome.response?.status == 204)
        #expect(server.requests.first?.hasSuffix(String(repeating: "b", count: size)) == true)
        #expect(server.requests.first?.contains("Content-Length: \(size)\r\n") == true)
    }

    @Test(
        "early responses over TLS", .enabled(if: TestCertificate.openssl != nil, "needs the openssl command"),
        arguments: [Next.closesAtOnce, .closesLater, .resets])
    func secure(next: Next) async throws {
        let certificate = try #require(try await TestCertificate.good.value)
        let server = try Self.server(Self.refusal, next)
        defer { server.stop() }
        let front = try await SecureFront(of: server.port, certificate)
        let outcome = await exchange(
            RequestMessage(method: "POST", url: front.url + "up", body: Self.body),
            settings: LiveTransportSettings(trustedCertificates: [certificate.path]))
        #expect(outcome.response?.status == 413, "\(outcome)")
        await front.stop()
    }

    @Test(
        "early responses over HTTP/2, with and without an end of the stream (RFC 9113, section 8.1)",
        .enabled(if: TestCertificate.openssl != nil, "needs the openssl command"), arguments: [413, 200], [true, false])
    func frames(status: Int, isReset: Bool) async throws {
        let server = try await FrameServer(early: { peer, request in
            peer.headers(request.stream, [(":status", "\(status)"), ("content-length", "3")])
            peer.data(request.stream, "abc", end: true)
            if isReset { peer.reset(request.stream, 0) }
        }) { peer, request in peer.respond(request.stream) }
        let settings = LiveTransportSettings(trustedCertificates: [server.certificate.path])
        await LiveTransport.withTransport(settings: settings) { transport in
            let outcome = await transport.send(
                RequestMessage(method: "POST", url: server.url("/up"), body: Self.body), deadline: .seconds(2))
            #expect(outcome.response?.status == status, "\(outcome)")
            #expect(outcome.response?.body == Array("abc".utf8))
            let good = await transport.send(
                RequestMessage(method: "GET", url: server.url("/good")), deadline: .seconds(20))
            #expect(good.response?.body == Array("good".utf8), "\(good)")
        }
        await server.stop()
    }
}
