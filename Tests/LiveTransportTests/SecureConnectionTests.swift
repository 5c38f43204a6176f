import Exchanges
import Foundation
import LiveTransport
import NIOSSL
import TestKit
import Testing

@Suite("TLS", .timeLimit(.minutes(20)), .urgent)
struct SecureConnectionTests {
    @Test("a server without TLS is reported, and receives no plain-text request")
    func plainServer() async throws {
        let server = try RawServer { connection in
            connection.write("HTTP/1.1 400 Bad Request\r\n\r\n")
            connection.waitForEnd()
        }
        defer { server.stop() }
        let outcome = await exchange(RequestMessage(method: "GET", url: server.url(scheme: "https")))
        #expect(outcome == .failure(TransportFailure(.tls, "the server does not use TLS on this port")))
    }

    @Test("a handshake that never ends is aborted in time")
    func silentServer() async throws {
        let server = try RawServer { $0.waitForEnd() }
        defer { server.stop() }
        let start = ContinuousClock.now
        let outcome = await exchange(
            RequestMessage(method: "GET", url: server.url(scheme: "https")), deadline: .milliseconds(300))
        #expect(ContinuousClock.now - start < .seconds(30))
        #expect(outcome.failure?.class == .connectTimedOut)
    }

    struct Certificate: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var host = "127.0.0.1"
        var days = 30
        var isTrusted = false
        var expected: TransportFailure.Class?
    }

    @Test(
        "each certificate error has its own class, and a valid certificate is accepted",
        .enabled(if: SecureServer.openssl != nil, "needs the openssl command"),
        arguments: [
            Certificate(testDescription: "nobody vouches for it", expected: .tlsUntrusted),
            Certificate(testDescription: "expired and not trusted", days: -1, expected: .tlsExpired),
            Certificate(testDescription: "expired and trusted", days: -1, isTrusted: true, expected: .tlsExpired),
            Certificate(testDescription: "another host", host: "other.example", isTrusted: true, expected: .tlsHost),
            Certificate(testDescription: "good", isTrusted: true, expected: nil),
        ])
    func certificates(certificate: Certificate) async throws {
        let openssl = try #require(SecureServer.openssl)
        let server = try await SecureServer(host: certificate.host, days: certificate.days, openssl: openssl)
        defer { server.stop() }
        let settings = LiveTransportSettings(trustedCertificates: certificate.isTrusted ? [server.certificate] : [])
        let request = RequestMessage(method: "GET", url: server.url)
        var outcome = await exchange(request, settings: settings)
        for _ in 0..<100 where outcome.failure?.class == .connectionRefused {
            try await Task.sleep(for: .milliseconds(50))
            outcome = await exchange(request, settings: settings)
        }
        #expect(outcome.failure?.class == certificate.expected, "\(outcome)")
        #expect((outcome.response?.status == 200) == (certificate.expected == nil))
    }

    @Test(
        "no version before TLS 1.2 is used, with any protocol",
        .enabled(if: TestCertificate.openssl != nil, "needs the openssl command"),
        arguments: [
            (.tlsv1, false), (.tlsv11, false), (.tlsv12, true), (.tlsv13, true),
        ] as [(TLSVersion, Bool)], [["http/1.1"], ["h2", "http/1.1"]])
    func versions(version: (newest: TLSVersion, isSpoken: Bool), protocols: [String]) async throws {
        let certificate = try #require(try await TestCertificate.good.value)
        let server = try RawServer(answering: ExchangeTests.empty)
        defer { server.stop() }
        let front = try await SecureFront(
            of: server.port, certificate, newest: version.newest, protocols: protocols)
        let outcome = await exchange(
            RequestMessage(method: "GET", url: front.url),
            settings: LiveTransportSettings(trustedCertificates: [certificate.path]))
        if version.isSpoken {
            // Behind the front nobody speaks HTTP/2.
            #expect(protocols.count > 1 || outcome.response?.status == 204, "\(outcome)")
            #expect(outcome.failure?.class != .tls, "\(outcome)")
        } else {
            #expect(
                outcome
                    == .failure(
                        TransportFailure(
                            .tls, "the server supports no TLS version from 1.2 on; older versions are not accepted")))
            #expect(server.requests == [])
        }
        await front.stop()
    }
}
