internal import NIOCore
internal import Synchronization

/// The open connections of a client.
final class ConnectionCount: Sendable {
    private let open = Atomic(0)

    /// Whether there is no connection at all.
    var isNone: Bool { open.load(ordering: .relaxed) == 0 }

    /// Counts a connection until it is closed.
    @Sendable func count(_ channel: any Channel) -> EventLoopFuture<Void> {
        open.add(1, ordering: .relaxed)
        channel.closeFuture.whenComplete { [self] _ in open.subtract(1, ordering: .relaxed) }
        return channel.eventLoop.makeSucceededVoidFuture()
    }
}
