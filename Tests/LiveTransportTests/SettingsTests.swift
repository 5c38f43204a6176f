import AsyncHTTPClient
import Exchanges
import NIOCore
import NIOSSL
import TestKit
import Testing

@testable import LiveTransport

/// One test for each line of `clientConfiguration`, by what it does wherever that can be seen.
@Suite("Settings of the client", .timeLimit(.minutes(20)), .urgent)
struct SettingsTests {
    let configuration = LiveTransportSettings(connections: 5).clientConfiguration()

    @Test("a redirect is returned, and its target receives no request", arguments: [301, 302, 303, 307, 308])
    func redirects(status: Int) async throws {
        let other = try RawServer(answering: ExchangeTests.empty)
        defer { other.stop() }
        let server = try RawServer(
            answering: "HTTP/1.1 \(status) Moved\r\nLocation: \(other.url("/there"))\r\nContent-Length: 0\r\n\r\n")
        defer { server.stop() }
        let request = RequestMessage(
            method: "POST", url: server.url(), headers: [HeaderField(name: "authorization", value: "Bearer x")])
        #expect(await exchange(request).response?.status == status)
        #expect(server.requests.count == 1)
        #expect(other.connections == 0)
    }

    @Test("a refused connection is not retried until the connect timeout")
    func establishment() {
        #expect(!configuration.connectionPool.retryConnectionEstablishment)
    }

    @Test("the number of open connections equals the number of jobs", arguments: [1, 3, 12])
    func connections(jobs: Int) async throws {
        let server = try RawServer { connection in
            while connection.readRequest() != nil {
                connection.pause(milliseconds: 100)
                connection.write(ExchangeTests.empty)
            }
        }
        defer { server.stop() }
        await LiveTransport.withTransport(settings: LiveTransportSettings(connections: jobs)) { transport in
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<(2 * jobs) {
                    group.addTask {
                        _ = await transport.send(
                            RequestMessage(method: "GET", url: server.url()), deadline: .seconds(20))
                    }
                }
            }
        }
        #expect(server.connections == jobs)
    }

    @Test("an idle connection is kept for thirty seconds")
    func idle() {
        #expect(configuration.connectionPool.idleTimeout == .seconds(30))
    }

    @Test("a body is not decompressed, even if its coding was requested")
    func decompression() async throws {
        let server = try RawServer(
            answering: "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc")
        defer { server.stop() }
        let request = RequestMessage(
            method: "GET", url: server.url(), headers: [HeaderField(name: "Accept-Encoding", value: "gzip")])
        #expect(await exchange(request).response?.body == Array("abc".utf8))
    }

    @Test("HTTP/2 is used if offered, unless the target is restricted to HTTP/1.1")
    func version() {
        // What is offered on the wire is tested under "HTTP/2".
        #expect(configuration.httpVersion == .automatic)
        var restricted = LiveTransportSettings()
        restricted.connection.isHTTP1Only = true
        #expect(restricted.clientConfiguration().httpVersion == .http1Only)
    }

    @Test("HTTP/2 connections and their streams have our handlers")
    func initializers() {
        #expect(configuration.http2ConnectionDebugInitializer != nil)
        #expect(configuration.http2StreamChannelDebugInitializer != nil)
    }

    @Test("tracing is disabled")
    func tracing() {
        #expect(configuration.tracing.tracer == nil)
    }

    @Test("certificates are verified by the library, with the user's certificates added")
    func certificates() {
        // That both are verified is tested with servers of every fault, under "TLS".
        #expect(configuration.tlsConfiguration?.certificateVerification == .fullVerification)
        #expect(configuration.tlsConfiguration?.additionalTrustRoots.isEmpty == true)
        let trusting = LiveTransportSettings(trustedCertificates: ["/own.pem"]).clientConfiguration()
        #expect(trusting.tlsConfiguration?.additionalTrustRoots.count == 1)
    }

    @Test("TLS 1.2 is the minimum, also with the user's own certificates", arguments: [[], ["/own.pem"]])
    func minimumVersion(certificates: [String]) {
        // That older versions are refused on the wire is tested under "TLS".
        let settings = LiveTransportSettings(trustedCertificates: certificates)
        #expect(settings.clientConfiguration().tlsConfiguration?.minimumTLSVersion == .tlsv12)
    }

    @Test("no proxy is used")
    func proxy() {
        #expect(configuration.proxy == nil)
    }

    @Test("a connection must be established within ten seconds")
    func connectTimeout() {
        #expect(configuration.timeout.connect == .seconds(10))
    }

    @Test("a pause in a response within the deadline is not a failure")
    func readTimeout() async throws {
        #expect(configuration.timeout.read == nil)
        let server = try RawServer { connection in
            while connection.readRequest() != nil {
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\na")
                connection.pause(milliseconds: 1_500)
                connection.write("b")
            }
        }
        defer { server.stop() }
        #expect(await exchange(RequestMessage(method: "GET", url: server.url())).response?.body == Array("ab".utf8))
    }

    @Test("there is no write timeout")
    func writeTimeout() {
        #expect(configuration.timeout.write == nil)
    }

    @Test("open connections are counted, and closed ones are not")
    func count() async throws {
        let server = try RawServer(answering: ExchangeTests.empty)
        defer { server.stop() }
        let count = ConnectionCount()
        let client = HTTPClient(
            eventLoopGroupProvider: .singleton,
            configuration: LiveTransportSettings().clientConfiguration(counting: count))
        #expect(count.isNone)
        _ = try await client.execute(HTTPClientRequest(url: server.url()), timeout: .seconds(20))
        #expect(!count.isNone)
        try await client.shutdown()
        // The pool has let go of the connection; that its channel has closed is told a moment later.
        for _ in 0..<600 where !count.isNone { try await Task.sleep(for: .milliseconds(50)) }
        #expect(count.isNone)
    }

    @Test("values out of range are clamped")
    func ranges() {
        #expect(
            LiveTransportSettings(connections: 0, bodyLimit: -1) == LiveTransportSettings(connections: 1, bodyLimit: 0))
        #expect(LiveTransportSettings().bodyLimit == 16 * 1_024 * 1_024)
    }
}
