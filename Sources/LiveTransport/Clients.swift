internal import AsyncHTTPClient
internal import Synchronization

/// The client of a transport, and those that it had before as long as something is under way with them.
///
/// Exchanges share a connection of HTTP/2, and the client goes on using one that has gone silent, or that can carry
/// nothing any more, as long as it is open. So after an exchange that met one, those to come begin with another client.
final class Clients: Sendable {
    /// A client for the time of one exchange.
    struct Use: Sendable {
        let client: HTTPClient
        let connections: ConnectionCount
        fileprivate let number: Int
    }

    private let make: @Sendable (ConnectionCount) -> HTTPClient
    private let state: Mutex<State>

    private struct State {
        var present: Use
        /// How many exchanges each client has under way.
        var uses: [Int: Int] = [:]
        var former: [Int: HTTPClient] = [:]
        var isShutDown = false
    }

    /// Clients as `make` makes them.
    init(_ make: @escaping @Sendable (ConnectionCount) -> HTTPClient) {
        self.make = make
        state = Mutex(State(present: Self.use(0, make)))
    }

    private static func use(_ number: Int, _ make: (ConnectionCount) -> HTTPClient) -> Use {
        let connections = ConnectionCount()
        return Use(client: make(connections), connections: connections, number: number)
    }

    /// Whether a connection of HTTP/1.1 is open.
    var hasHTTP1: Bool { state.withLock { $0.present.connections.isAnyHTTP1 } }

    /// The client for an exchange that begins.
    func begin() -> Use {
        state.withLock { state in
            state.uses[state.present.number, default: 0] += 1
            return state.present
        }
    }

    /// An exchange is over; with `isLost`, its connection is not to be used any more.
    func end(_ use: Use, isLost: Bool) {
        let over = state.withLock { state -> HTTPClient? in
            state.uses[use.number, default: 1] -= 1
            if isLost, !state.isShutDown, state.present.number == use.number {
                state.former[use.number] = use.client
                state.present = Self.use(use.number + 1, make)
            }
            guard state.uses[use.number] == 0, let client = state.former.removeValue(forKey: use.number) else {
                return nil
            }
            state.uses[use.number] = nil
            return client
        }
        guard let over else { return }
        Task { try? await over.shutdown() }
    }

    /// Shuts every client down. The only error is that it is shut down already.
    func shutdown() async {
        let all = state.withLock { state in
            defer { state.former = [:] }
            state.isShutDown = true
            return [state.present.client] + state.former.values
        }
        for client in all { try? await client.shutdown() }
    }
}
