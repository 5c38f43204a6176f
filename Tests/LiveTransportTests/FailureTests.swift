import Exchanges
import Foundation
import LiveTransport
import Primitives
import TestKit
import Testing

@Suite("Failures", .timeLimit(.minutes(20)), .urgent)
struct FailureTests {
    static let get = RequestMessage(method: "GET", url: "")

    @Test("a refused connection is reported immediately")
    func refused() async throws {
        let port = try RawServer.unusedPort()
        let clock = ContinuousClock()
        let start = clock.now
        let outcome = await exchange(RequestMessage(method: "GET", url: "http://127.0.0.1:\(port)/"))
        #expect(
            outcome
                == .failure(
                    TransportFailure(
                        .connectionRefused, "the connection was refused: no server listens at that address and port")))
        #expect(clock.now - start < .seconds(30))
    }

    @Test("an unresolved name is reported")
    func unresolved() async {
        let outcome = await exchange(RequestMessage(method: "GET", url: "http://nothing.invalid/"))
        #expect(
            outcome == .failure(TransportFailure(.unresolved, "the host name nothing.invalid cannot be resolved")))
    }

    @Test(
        "the deadline applies wherever the server is slow",
        arguments: [
            ("", .timedOut), ("HTTP/1.1 200 OK\r\nX-Slow: ", .timedOut),
            ("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", .bodyTimedOut),
        ] as [(String, TransportFailure.Class)]
    )
    func deadline(start: String, expected: TransportFailure.Class) async throws {
        let server = try RawServer { connection in
            connection.readRequest()
            connection.write(start)
            for _ in 0..<600 where !start.isEmpty {
                connection.write("a")
                connection.pause(milliseconds: 100)
            }
            connection.waitForEnd()
        }
        defer { server.stop() }
        let clock = ContinuousClock()
        let begin = clock.now
        let outcome = await exchange(RequestMessage(method: "GET", url: server.url()), deadline: .seconds(2))
        #expect(outcome.failure?.class == expected)
        #expect(clock.now - begin >= .milliseconds(1_900))
        #expect(clock.now - begin < .seconds(30))
    }

    @Test("a deadline is reported in seconds")
    func deadlineText() async throws {
        let server = try RawServer { $0.waitForEnd() }
        defer { server.stop() }
        let outcome = await exchange(RequestMessage(method: "GET", url: server.url()), deadline: .milliseconds(250))
        #expect(outcome.failure?.message == "no response was received within 0.25 s")
    }

    @Test(
        "each invalid response has its own class",
        arguments: [
            ("", .reset), ("HTTP/1.1 200 OK\r\nContent-Len", .truncated),
            ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", .truncated),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", .truncated),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n", .truncated),
            ("hello, this is not HTTP\r\n\r\n", .protocolError),
            ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", .protocolError),
            ("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nab", .protocolError),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\nab", .protocolError),
            ("HTTP/1.1 200 OK\r\nX: " + String(repeating: "a", count: 200_000) + "\r\n\r\n", .tooLarge),
        ] as [(String, TransportFailure.Class)]
    )
    func faults(answer: String, expected: TransportFailure.Class) async throws {
        let server = try RawServer { connection in
            connection.readRequest()
            connection.write(answer)
        }
        defer { server.stop() }
        let outcome = await exchange(RequestMessage(method: "GET", url: server.url()))
        #expect(outcome.failure?.class == expected)
        // Nothing is sent a second time.
        #expect(server.requests.count == 1)
    }

    @Test(
        "a reset is reported with its phase",
        arguments: [("", .reset), ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", .truncated)]
            as [(String, TransportFailure.Class)])
    func resets(answer: String, expected: TransportFailure.Class) async throws {
        let server = try RawServer { connection in
            connection.readRequest()
            connection.write(answer)
            // The client shall see the bytes before the reset throws them away.
            connection.pause(milliseconds: 100)
            connection.resetOnClose()
        }
        defer { server.stop() }
        let outcome = await exchange(RequestMessage(method: "GET", url: server.url()))
        #expect(outcome.failure?.class == expected)
    }

    @Test(
        "a body of exactly the limit is accepted, and one byte more is not", arguments: [("64", true), ("65", false)])
    func bodyLimit(length: String, isTaken: Bool) async throws {
        let count = try #require(Int(length))
        let server = try RawServer(
            answering: "HTTP/1.1 200 OK\r\nContent-Length: \(length)\r\n\r\n" + String(repeating: "a", count: count)
        )
        defer { server.stop() }
        let outcome = await exchange(
            RequestMessage(method: "GET", url: server.url()),
            settings: LiveTransportSettings(bodyLimit: 64)
        )
        #expect((outcome.response != nil) == isTaken)
        if !isTaken {
            #expect(outcome == .failure(TransportFailure(.tooLarge, "the response body is larger than 64 bytes")))
        }
    }

    @Test("an endless body ends at the limit")
    func endless() async throws {
        let server = try RawServer { connection in
            connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            for _ in 0..<3_000 { connection.write("2710\r\n" + String(repeating: "a", count: 10_000) + "\r\n") }
        }
        defer { server.stop() }
        let outcome = await exchange(
            RequestMessage(method: "GET", url: server.url()),
            settings: LiveTransportSettings(bodyLimit: 100_000)
        )
        #expect(outcome.failure?.class == .tooLarge)
    }

    @Test("an interrupt ends the exchange immediately")
    func cancellation() async throws {
        let server = try RawServer { $0.waitForEnd() }
        defer { server.stop() }
        let clock = ContinuousClock()
        let start = clock.now
        let url = server.url()
        let task = Task { await exchange(RequestMessage(method: "GET", url: url), deadline: .seconds(60)) }
        while server.connections == 0 { await Task.yield() }
        task.cancel()
        #expect(await task.value == .failure(TransportFailure(.cancelled, "the run was interrupted")))
        #expect(clock.now - start < .seconds(55))
    }

    @Test("after an interrupt nothing is sent")
    func cancelledBefore() async throws {
        let server = try RawServer(answering: ExchangeTests.empty)
        defer { server.stop() }
        let url = server.url()
        // Several times, since a request that is sent and then cancelled may get through or not.
        for _ in 0..<20 {
            let task = Task {
                while !Task.isCancelled { await Task.yield() }
                return await exchange(RequestMessage(method: "GET", url: url))
            }
            task.cancel()
            #expect(await task.value.failure?.class == .cancelled)
        }
        #expect(server.connections == 0)
        #expect(server.requests == [])
    }

    @Test("a failed exchange does not affect the next one")
    func recovery() async throws {
        let server = try RawServer { connection in
            guard let request = connection.readRequest() else { return }
            connection.write(request.contains("/bad") ? "nonsense\r\n\r\n" : "HTTP/1.1 204 No Content\r\n\r\n")
        }
        defer { server.stop() }
        await LiveTransport.withTransport { transport in
            for target in ["/bad", "/good", "/bad", "/good"] {
                let outcome = await transport.send(
                    RequestMessage(method: "GET", url: server.url(target)), deadline: .seconds(20))
                #expect((outcome.response?.status == 204) == (target == "/good"))
            }
        }
    }
}
