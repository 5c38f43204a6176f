import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// Measures the client alone with requests like those of a run, one after the other on every connection.
enum BareLoop {
    private static let order = #"{"amount":250.5,"receiver":{"phone":"0049301234567"}}"#

    /// The time in seconds for `requests` requests, one in ten of which has a body.
    static func seconds(_ address: String, requests: Int, connections: Int) async throws -> Double {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.httpVersion = .http1Only
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connections
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let start = ContinuousClock.now
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<connections {
                    group.addTask {
                        for number in 0..<requests / connections {
                            try await send(client, address, isOrder: number % 10 == 0)
                        }
                    }
                }
                try await group.waitForAll()
            }
        } catch {
            try? await client.shutdown()
            throw error
        }
        let took = ContinuousClock.now - start
        try await client.shutdown()
        return took / .seconds(1)
    }

    private static func send(_ client: HTTPClient, _ address: String, isOrder: Bool) async throws {
        var request = HTTPClientRequest(url: isOrder ? "\(address)/parcels" : "\(address)/parcels/P-2041")
        if isOrder {
            request.method = .POST
            request.headers.add(name: "content-type", value: "application/json")
            request.body = .bytes(ByteBuffer(string: order))
        }
        let response = try await client.execute(request, timeout: .seconds(20))
        _ = try await response.body.collect(upTo: 1 << 20)
    }
}
