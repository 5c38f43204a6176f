import Exchanges
import LiveTransport
import NIOCore
import TestKit
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("Lanes of a transport", .timeLimit(.minutes(20)), .urgent)
struct LaneTests {
    @Test("there are as many lanes as cores, but no more than connections", arguments: [1, 2, 64])
    func count(connections: Int) async {
        await LiveTransport.withTransport(settings: LiveTransportSettings(connections: connections)) { transport in
            #expect(transport.executors.count == min(connections, System.coreCount))
        }
    }

    @Test("a request from a lane receives its response on the same thread")
    func thread() async throws {
        let server = try RawServer(answering: ExchangeTests.empty)
        defer { server.stop() }
        await LiveTransport.withTransport { transport in
            for executor in transport.executors {
                await withTaskExecutorPreference(executor) {
                    for _ in 0..<5 {
                        let before = thisThread()
                        let outcome = await transport.send(
                            RequestMessage(method: "GET", url: server.url()), deadline: .seconds(20))
                        #expect(outcome.response?.status == 204)
                        #expect(thisThread() == before)
                    }
                }
            }
            // A connection of its own for each, kept for all that is sent from there.
            #expect(server.connections == transport.executors.count)
        }
    }

    @Test("a connection that the server closed silently is not used again", arguments: ["GET", "POST"])
    func closed(method: String) async throws {
        let server = try RawServer { connection in
            connection.readRequest()
            connection.write(ExchangeTests.empty)
        }
        defer { server.stop() }
        await LiveTransport.withTransport { transport in
            await withTaskExecutorPreference(transport.executors[0]) {
                for _ in 0..<3 {
                    let outcome = await transport.send(
                        RequestMessage(method: method, url: server.url()), deadline: .seconds(20))
                    #expect(outcome.response?.status == 204)
                    // The thread of the connection does something else while the server closes it.
                    usleep(100_000)
                }
            }
        }
        #expect(server.connections == 3)
    }
}

/// Which thread the caller is on; asked outside of async code, where it may not be asked.
private func thisThread() -> String {
    "\(pthread_self())"
}
