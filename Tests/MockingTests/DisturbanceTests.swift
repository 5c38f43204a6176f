import Exchanges
import Foundation
import Primitives
import Testing

@testable import MockHTTP
@testable import Mocking

/// Responses with a delay or a fault.
@Suite(.timeLimit(.minutes(20)))
struct DisturbanceTests {
    private let request = "GET /api/v1/offices?limit=1 HTTP/1.1\r\nHost: x\r\n\r\n"

    private func withServer(
        _ change: (inout MockSettings) -> Void, _ body: (MockServer) async throws -> Void
    ) async throws {
        var settings = MockSettings(seed: "seed")
        change(&settings)
        let version = try Fixture.version(contract: Parcels.contract, behaviour: nil)
        let server = try await MockServer.start(versions: [version], settings: settings)
        do {
            try await body(server)
        } catch {
            try await server.stop()
            throw error
        }
        try await server.stop()
    }

    @Test("fault rules are parsed")
    func reading() {
        #expect(FaultRule("reset") == FaultRule(.reset))
        #expect(FaultRule("drip=5%@getParcel") == FaultRule(.drip, share: 0.05, operation: "getParcel"))
        for wrong in ["", "burn", "reset=5", "reset=101%", "reset=x%", "reset@", "=5%"] {
            #expect(FaultRule(wrong) == nil, "\(wrong)")
        }
    }

    @Test("responses are delayed for the configured time")
    func latency() async throws {
        try await withServer {
            $0.disturbances.latency = Latency(.milliseconds(150), .milliseconds(200))
        } _: { server in
            let client = try RawClient(port: server.port)
            let start = ContinuousClock.now
            client.send(request + request)
            #expect(try client.response().head.hasPrefix("HTTP/1.1 200"))
            #expect(ContinuousClock.now - start >= .milliseconds(150))
            #expect(try client.response().head.hasPrefix("HTTP/1.1 200"))
            #expect(ContinuousClock.now - start >= .milliseconds(300))
        }
    }

    @Test("a connection is closed, is reset, or receives garbage", arguments: [TransportFault.close, .reset, .garbage])
    func noAnswer(fault: TransportFault) async throws {
        try await withServer {
            $0.disturbances.faults = [FaultRule(fault)]
        } _: { server in
            let client = try RawClient(port: server.port)
            client.send(request)
            let text = try #require(client.readToEnd())
            #expect(!text.hasPrefix("HTTP/"))
            #expect(text.isEmpty == (fault != .garbage))
        }
    }

    @Test("a truncated response has half of the announced body")
    func truncate() async throws {
        try await withServer {
            $0.disturbances.faults = [FaultRule(.truncate)]
        } _: { server in
            let client = try RawClient(port: server.port)
            client.send(request)
            let text = try #require(client.readToEnd())
            let parts = text.components(separatedBy: "\r\n\r\n")
            let length = try #require(
                parts[0].split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
                    .flatMap { Int($0.dropFirst(16)) })
            #expect(parts[1].utf8.count == length / 2)
        }
    }

    @Test("a dripping response is complete in the end")
    func drip() async throws {
        try await withServer {
            $0.disturbances.faults = [FaultRule(.drip)]
        } _: { server in
            let client = try RawClient(port: server.port)
            let start = ContinuousClock.now
            client.send(request)
            #expect(try client.response().body.hasSuffix("]"))
            #expect(ContinuousClock.now - start > .milliseconds(500))
        }
    }

    @Test("a fault affects its operation and its share, the same requests every time")
    func share() async throws {
        func met() async throws -> [Int] {
            var found: [Int] = []
            try await withServer {
                $0.disturbances.faults = [FaultRule(.close, share: 0.3, operation: "listOffices")]
            } _: { server in
                for index in 0..<60 {
                    let client = try RawClient(port: server.port)
                    client.send(request)
                    if (try? client.response()) == nil { found.append(index) }
                }
                let other = try RawClient(port: server.port)
                other.send("GET /api/v1/nothing HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(try other.response().head.hasPrefix("HTTP/1.1 404"))
            }
            return found
        }
        let first = try await met()
        #expect((6...30).contains(first.count), "\(first.count)")
        #expect(try await met() == first)
    }

    @Test("the mock's own routes are never disturbed")
    func reserved() async throws {
        try await withServer {
            $0.disturbances.faults = [FaultRule(.close)]
        } _: { server in
            let client = try RawClient(port: server.port)
            client.send("GET /_mock/state HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try client.response().head.hasPrefix("HTTP/1.1 200"))
        }
    }
}
