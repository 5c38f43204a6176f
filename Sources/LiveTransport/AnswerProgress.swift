internal import NIOCore
internal import Synchronization

/// How far the answer to one request has come.
final class AnswerProgress: Sendable {
    private let head = Atomic(false)
    private let unconnected = Atomic(false)

    /// Whether status and headers are there.
    var hasHead: Bool { head.load(ordering: .relaxed) }
    /// Whether there was no connection when the deadline passed.
    var wasUnconnected: Bool { unconnected.load(ordering: .relaxed) }

    func tookHead() {
        head.store(true, ordering: .relaxed)
    }

    func deadlinePassed(isConnected: Bool) {
        unconnected.store(!isConnected, ordering: .relaxed)
    }
}

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
