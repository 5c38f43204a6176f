internal import AsyncHTTPClient
internal import NIOCore
internal import Synchronization

/// The current client of a transport, and earlier ones that still have exchanges in progress.
///
/// Exchanges share an HTTP/2 connection, and the client continues to use a connection that no longer responds or is no
/// longer usable, as long as it is open. After an exchange on such a connection, later exchanges therefore use a new
/// client.
final class Clients: Sendable {
    /// A client for the duration of one exchange.
    struct Use: Sendable {
        let client: HTTPClient
        let connections: ConnectionCount
        fileprivate let number: Int
    }

    private let make: @Sendable (ConnectionCount) -> HTTPClient
    private let state: Mutex<State>

    private struct State {
        var present: Use
        /// The number of exchanges in progress on each client.
        var uses: [Int: Int] = [:]
        var former: [Int: HTTPClient] = [:]
        var isShutDown = false
    }

    /// Creates clients with `make`.
    init(_ make: @escaping @Sendable (ConnectionCount) -> HTTPClient) {
        self.make = make
        state = Mutex(State(present: Self.use(0, make)))
    }

    private static func use(_ number: Int, _ make: (ConnectionCount) -> HTTPClient) -> Use {
        let connections = ConnectionCount()
        return Use(client: make(connections), connections: connections, number: number)
    }

    /// Returns the client for a new exchange.
    func begin() -> Use {
        state.withLock { state in
            state.uses[state.present.number, default: 0] += 1
            return state.present
        }
    }

    /// Records that an exchange has finished; with `isLost`, its connection is not used any more.
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

    /// Shuts down every client. The only possible error is that one is already shut down.
    func shutdown() async {
        let all = state.withLock { state in
            defer { state.former = [:] }
            state.isShutDown = true
            return [state.present.client] + state.former.values
        }
        for client in all { try? await client.shutdown() }
    }
}

/// The open connections of a client.
final class ConnectionCount: Sendable {
    private let open = Atomic(0)
    private let openHTTP2 = Atomic(0)

    /// Whether there is no connection at all.
    var isNone: Bool { open.load(ordering: .relaxed) == 0 }

    /// Whether there is one that several exchanges can share.
    var isAnyHTTP2: Bool { openHTTP2.load(ordering: .relaxed) > 0 }

    /// Counts a connection until it is closed.
    @Sendable func count(_ channel: any Channel) -> EventLoopFuture<Void> {
        open.add(1, ordering: .relaxed)
        channel.closeFuture.whenComplete { [self] _ in open.subtract(1, ordering: .relaxed) }
        return channel.eventLoop.makeSucceededVoidFuture()
    }

    /// Counts an HTTP/2 connection until it is closed.
    @Sendable func countHTTP2(_ channel: any Channel) -> EventLoopFuture<Void> {
        openHTTP2.add(1, ordering: .relaxed)
        channel.closeFuture.whenComplete { [self] _ in openHTTP2.subtract(1, ordering: .relaxed) }
        return count(channel)
    }
}
