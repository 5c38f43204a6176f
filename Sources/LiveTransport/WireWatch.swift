internal import Exchanges
internal import NIOCore
internal import Synchronization

/// What the connections of one event loop and the exchanges over them must know of each other.
struct WireWatch: Sendable {
    /// Who waits for the exchange that is being sent. The client names it in the same moment, on the same loop.
    private let waiting: NIOLoopBoundBox<((AnswerReceiving) -> Void)?>
    private let notes: WireNotes

    /// A watch for the connections of `loop`.
    init(_ loop: any EventLoop, _ notes: WireNotes) {
        waiting = .makeEmptyBox(valueType: ((AnswerReceiving) -> Void).self, eventLoop: loop)
        self.notes = notes
    }

    /// A connection is about to write a request, and wants to know of which exchange.
    func begins(_ take: @escaping (AnswerReceiving) -> Void) {
        waiting.value = take
    }

    /// The request of `answer` has just left.
    func hasLeft(_ answer: AnswerReceiving) {
        guard waiting.eventLoop.inEventLoop else { return }
        waiting.value?(answer)
        waiting.value = nil
    }

    /// Keeps a defect of an exchange that is over.
    func note(_ late: LateDefect) {
        notes.add(late)
    }

    /// A server sent what no request asked for: from now on every request has a connection of its own.
    func distrust() {
        notes.distrust()
    }

    /// Whether connections are used once only.
    var isDistrustful: Bool { notes.isDistrustful }
}

/// What the connections of a transport have noticed, for all of its event loops.
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

    /// Everything noticed since the last call, in the order of sending.
    func take() -> [LateDefect] {
        late.withLock { late in
            defer { late = [] }
            return late.sorted { $0.exchange.sequence < $1.exchange.sequence }
        }
    }
}
