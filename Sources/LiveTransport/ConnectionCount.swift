internal import NIOCore
internal import Synchronization

/// The open connections of a client.
final class ConnectionCount: Sendable {
    private let open = Atomic(0)
    private let openHTTP2 = Atomic(0)

    /// Whether there is no connection at all.
    var isNone: Bool { open.load(ordering: .relaxed) == 0 }

    /// Whether there is one that several exchanges can share.
    var isAnyHTTP2: Bool { openHTTP2.load(ordering: .relaxed) > 0 }

    /// Whether there is one that handles one exchange after the other.
    var isAnyHTTP1: Bool { open.load(ordering: .relaxed) > openHTTP2.load(ordering: .relaxed) }

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
