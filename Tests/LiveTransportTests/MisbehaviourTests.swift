import Exchanges
import Foundation
import LiveTransport
import TestKit
import Testing

/// A server that does everything wrong that can be done wrong.
@Suite("Misbehaving servers", .serialized, .timeLimit(.minutes(20)), .urgent)
struct MisbehaviourTests {
    @Test("there are enough misbehaving servers")
    func count() {
        #expect(Misbehaviour.all.count >= 120)
        #expect(Set(Misbehaviour.all.map(\.testDescription)).count == Misbehaviour.all.count)
    }

    @Test("each failure has its own class, takes bounded time, and the next step succeeds", arguments: Misbehaviour.all)
    func misbehaviour(_ misbehaviour: Misbehaviour) async throws {
        let server = try misbehaviour.server()
        defer { server.stop() }
        let settings = LiveTransportSettings(connections: 1, bodyLimit: 1 << 18)
        await check(misbehaviour, at: server.url(), server, settings)
    }

    @Test(
        "misbehaving servers over TLS", .enabled(if: TestCertificate.openssl != nil, "needs the openssl command"),
        arguments: Misbehaviour.all.filter { !$0.isSlow })
    func secure(_ misbehaviour: Misbehaviour) async throws {
        let certificate = try #require(try await TestCertificate.good.value)
        let server = try misbehaviour.server()
        defer { server.stop() }
        let front = try await SecureFront(of: server.port, certificate)
        let settings = LiveTransportSettings(
            connections: 1, bodyLimit: 1 << 18, trustedCertificates: [certificate.path])
        await check(misbehaviour, at: front.url, server, settings)
        await front.stop()
    }

    private func check(
        _ misbehaviour: Misbehaviour, at url: String, _ server: RawServer, _ settings: LiveTransportSettings
    ) async {
        await LiveTransport.withTransport(settings: settings) { transport in
            let start = ContinuousClock.now
            let outcome = await transport.send(
                RequestMessage(method: misbehaviour.method, url: url + "bad"),
                deadline: misbehaviour.isSlow ? .seconds(2) : .seconds(8))
            let time = ContinuousClock.now - start
            switch (misbehaviour.expected, outcome) {
            case (.answer(let status), .response(let response)),
                (.answerOrBodyTimedOut(let status), .response(let response)):
                #expect(response.status == status)
            case (.answerOrBodyTimedOut, .failure(let failure)): #expect(failure.class == .bodyTimedOut)
            case (.answerOrProtocolError(let status), .response(let response)):
                #expect(response.status == status)
            case (.answerOrProtocolError, .failure(let failure)): #expect(failure.class == .protocolError)
            case (.failure(let expected), .failure(let failure)):
                #expect(failure.class == expected, "\(failure.message)")
                #expect(!failure.message.contains("Error"), "\(failure.message)")
            default: Issue.record("\(outcome)")
            }
            #expect(time < .seconds(30))
            // Nothing is followed or sent twice.
            #expect(server.requests.count == 1)
            let noted = outcome.response?.defects.map(\.kind) ?? []
            #expect(Set(noted) == Set(misbehaviour.defects), "\(outcome)")
            let next = await transport.send(
                RequestMessage(method: "GET", url: url + "good"), deadline: .seconds(20))
            #expect(next.response?.body == Array("good".utf8), "\(next)")
        }
    }

    @Test("an idle connection that was closed does not fail the next step")
    func closedWhileIdle() async throws {
        let server = try RawServer { connection in
            // One answer a connection, which is then closed although it was to be kept.
            guard connection.readRequest() != nil else { return }
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n")
        }
        defer { server.stop() }
        await LiveTransport.withTransport { transport in
            for _ in 0..<5 {
                let outcome = await transport.send(
                    RequestMessage(method: "GET", url: server.url()), deadline: .seconds(20))
                #expect(outcome.response?.status == 200, "\(outcome)")
                try? await Task.sleep(for: .milliseconds(200))
            }
        }
    }

    /// Answers the first request of a connection, reads the second one, and closes without answering it.
    private func closingOnReuse() throws -> RawServer {
        try RawServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            connection.readRequest()
        }
    }

    @Test(
        "a safe request on a closing connection is sent again (RFC 9110, section 9.2.2)",
        arguments: ["GET", "HEAD", "OPTIONS"])
    func safeRequestOnClosingConnection(method: String) async throws {
        let server = try closingOnReuse()
        defer { server.stop() }
        await LiveTransport.withTransport { transport in
            for _ in 0..<3 {
                let outcome = await transport.send(
                    RequestMessage(method: method, url: server.url()), deadline: .seconds(20))
                #expect(outcome.response?.status == 200, "\(outcome)")
            }
        }
        // The second of each pair is sent twice, and the connection of its second try serves no other.
        #expect(server.requests.count == 5)
    }

    @Test("a request that may have had an effect is never sent again", arguments: ["POST", "PUT", "DELETE"])
    func unsafeRequestOnClosingConnection(method: String) async throws {
        let server = try closingOnReuse()
        defer { server.stop() }
        await LiveTransport.withTransport { transport in
            let first = await transport.send(RequestMessage(method: method, url: server.url()), deadline: .seconds(20))
            #expect(first.response?.status == 200, "\(first)")
            let second = await transport.send(RequestMessage(method: method, url: server.url()), deadline: .seconds(20))
            #expect(second.failure?.class == .reset, "\(second)")
        }
        #expect(server.requests.count == 2)
    }

    @Test("a requested encoding is accepted, and the body is returned as received")
    func askedEncoding() async throws {
        let server = try RawServer(
            answering: "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc")
        defer { server.stop() }
        let request = RequestMessage(
            method: "GET", url: server.url(), headers: [HeaderField(name: "Accept-Encoding", value: "gzip")])
        #expect(await exchange(request).response?.body == Array("abc".utf8))
    }
}

extension Misbehaviour {
    /// Whether only the deadline ends it.
    fileprivate var isSlow: Bool {
        [.failure(.timedOut), .failure(.bodyTimedOut), .answerOrBodyTimedOut(101)].contains(expected)
    }

    /// A server that does it to every request but those for `/good`.
    fileprivate func server() throws -> RawServer {
        try RawServer { connection in
            while let request = connection.readRequest() {
                if request.contains("/good") {
                    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood")
                } else {
                    act(connection)
                }
            }
        }
    }
}
