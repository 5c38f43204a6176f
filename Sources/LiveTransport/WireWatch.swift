internal import Exchanges
internal import NIOCore
internal import Synchronization

/// Connects the connections of one event loop with the exchanges that use them.
struct WireWatch: Sendable {
    /// The connection that waits for the exchange of the request being sent. The client names the exchange
    /// synchronously, on the same loop.
    private let waiting: NIOLoopBoundBox<((ResponseReceiver) -> Void)?>
    private let notes: WireNotes
    /// The open connections.
    private let open: NIOLoopBoundBox<[ObjectIdentifier: HTTP1Wire]>

    /// Creates a watch for the connections of `loop`.
    init(_ loop: any EventLoop, _ notes: WireNotes) {
        waiting = .makeEmptyBox(valueType: ((ResponseReceiver) -> Void).self, eventLoop: loop)
        open = .makeBoxSendingValue([:], eventLoop: loop)
        self.notes = notes
    }

    /// Adds a connection that was opened.
    func add(_ wire: HTTP1Wire) {
        open.value[ObjectIdentifier(wire)] = wire
    }

    /// Removes a connection that was closed.
    func remove(_ wire: HTTP1Wire) {
        open.value[ObjectIdentifier(wire)] = nil
    }

    /// Ends the requests of every open connection that is idle. Called on the loop.
    ///
    /// - Returns: Succeeds once their servers have closed them.
    func endRequests() -> EventLoopFuture<Void> {
        .andAllComplete(open.value.values.compactMap { $0.endRequests() }, on: open.eventLoop)
    }

    /// Closes every connection whose requests have ended. Called on the loop.
    func closeEnded() {
        for wire in open.value.values { wire.closeIfEnded() }
    }

    /// Records that a connection is about to write a request and needs to know its exchange.
    func begins(_ take: @escaping (ResponseReceiver) -> Void) {
        waiting.value = take
    }

    /// Records that the request of `answer` has just been sent.
    func hasLeft(_ answer: ResponseReceiver) {
        guard waiting.eventLoop.inEventLoop else { return }
        waiting.value?(answer)
        waiting.value = nil
    }

    /// Records a defect of a finished exchange.
    func note(_ late: LateDefect) {
        notes.add(late)
    }

    /// Records that a server sent bytes without a request. From now on, every request uses a new connection.
    func distrust() {
        notes.distrust()
    }

    /// Whether connections are used only once.
    var isDistrustful: Bool { notes.isDistrustful }
}

/// The defects found by the connections of a transport, for all of its event loops.
final class WireNotes: Sendable {
    private let late = Mutex<[LateDefect]>([])
    private let isWarned = Atomic(false)

    var isDistrustful: Bool { isWarned.load(ordering: .relaxed) }

    func add(_ defect: LateDefect) {
        late.withLock { $0.append(defect) }
    }

    func distrust() {
        isWarned.store(true, ordering: .relaxed)
    }

    /// Everything recorded since the last call, in the order of sending.
    func take() -> [LateDefect] {
        late.withLock { late in
            defer { late = [] }
            return late.sorted { $0.exchange.sequence < $1.exchange.sequence }
        }
    }
}
