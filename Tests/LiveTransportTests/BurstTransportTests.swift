import Exchanges
import Foundation
import LiveTransport
import Primitives
import Synchronization
import TestKit
import Testing

@Suite("Requests that are sent at once", .timeLimit(.minutes(20)), .urgent)
struct BurstTransportTests {
    private static func pending(_ count: Int, _ url: String, body: String? = "{}") -> [PendingExchange] {
        (1...count).map { number in
            PendingExchange(
                sequence: number, scenario: "s", step: "a", attempt: number, isConcurrent: true, operation: nil,
                contract: "1",
                request: RequestMessage(
                    method: "POST", url: url, headers: [HeaderField(name: "x-number", value: String(number))],
                    body: body.map { Array($0.utf8) }),
                startedAt: Instant(microsecondsSinceEpoch: 0))
        }
    }

    private static func send(
        _ pending: [PendingExchange], deadline: Duration = .seconds(20)
    ) async -> [Int: ExchangeOutcome] {
        let outcomes = Outcomes()
        await LiveTransport.withTransport { transport in
            await transport.send(together: pending, deadline: deadline) { outcomes.add($0, $1) }
        }
        return outcomes.all
    }

    @Test(
        "each request has a connection of its own, and all are open before the first byte is sent",
        arguments: [2, 16, 64])
    func connections(count: Int) async throws {
        let opened = Mutex(0)
        let server = try RawServer.counting(count, answering: "HTTP/1.1 204 No Content\r\n\r\n") { number in
            opened.withLock { $0 = number }
        }
        defer { server.stop() }
        let outcomes = await Self.send(Self.pending(count, server.url("/pay")))
        #expect(outcomes.count == count)
        #expect(outcomes.values.allSatisfy { $0.response?.status == 204 })
        #expect(opened.withLock { $0 } == count)
    }

    @Test("a response belongs to its request")
    func order() async throws {
        let server = try RawServer { connection in
            guard let request = connection.readRequest() else { return }
            let number = request.split(separator: "x-number: ").last?.prefix { $0.isNumber } ?? ""
            connection.write("HTTP/1.1 200 OK\r\ncontent-length: \(number.utf8.count)\r\n\r\n\(number)")
            connection.waitForEnd()
        }
        defer { server.stop() }
        let outcomes = await Self.send(Self.pending(8, server.url("/pay")))
        #expect(
            (0..<8).map { String(decoding: outcomes[$0]?.response?.body ?? [], as: UTF8.self) }
                == (1...8).map(String.init))
    }

    @Test("a server that accepts no more connections delays the others only for a few seconds")
    func fewConnections() async throws {
        let served = Mutex(0)
        let server = try RawServer { connection in
            let number = served.withLock { count in
                count += 1
                return count
            }
            // Every other connection is closed without a response.
            guard number % 2 == 0 else { return }
            connection.readRequest()
            connection.write("HTTP/1.1 204 No Content\r\n\r\n")
            connection.waitForEnd()
        }
        defer { server.stop() }
        let start = ContinuousClock.now
        let outcomes = await Self.send(Self.pending(6, server.url("/pay")))
        #expect(outcomes.count == 6)
        #expect(outcomes.values.contains { $0.response?.status == 204 })
        #expect(outcomes.values.contains { $0.failure != nil })
        #expect(ContinuousClock.now - start < .seconds(15))
    }

    @Test("an unreachable server fails all of them")
    func unreachable() async throws {
        let port = try RawServer.unusedPort()
        let outcomes = await Self.send(Self.pending(4, "http://127.0.0.1:\(port)/pay"))
        #expect(outcomes.count == 4)
        #expect(outcomes.values.allSatisfy { $0.failure?.class == .connectionRefused })
    }
}

private final class Outcomes: Sendable {
    private let outcomes = Mutex<[Int: ExchangeOutcome]>([:])
    var all: [Int: ExchangeOutcome] { outcomes.withLock { $0 } }
    func add(_ index: Int, _ outcome: ExchangeOutcome) { outcomes.withLock { $0[index] = outcome } }
}
