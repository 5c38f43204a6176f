internal import Exchanges
internal import Synchronization

/// Everything that the scenarios of a run have in common: the journal, the numbering, and the wish to stop.
final class RunLog: Sendable {
    private let writer: JournalWriter?
    private let keepsExchanges: Bool
    private let state: Mutex<State>

    private struct State {
        var journal: Journal
        var lastSequence = 0
        var isStopping = false
        var reach = Reach()
        var retries = RetryBudget()
        var error: JournalError?
    }

    /// A log that goes on with `journal`.
    ///
    /// - Parameter keepsExchanges: Whether exchanges are kept in memory, beside the file that `writer` writes.
    init(_ journal: Journal, writer: JournalWriter?, keepsExchanges: Bool) {
        self.writer = writer
        self.keepsExchanges = keepsExchanges
        state = Mutex(State(journal: journal, lastSequence: journal.lastSequence))
    }

    /// Whether nothing more should be sent but teardown rows.
    var isStopping: Bool { state.withLock { $0.isStopping } }

    /// What was done so far, and what went wrong with writing it down.
    var result: (journal: Journal, error: JournalError?) { state.withLock { ($0.journal, $0.error) } }

    /// Asks every scenario to stop.
    func stop() {
        state.withLock { $0.isStopping = true }
    }

    /// Numbers a request and notes that it is about to leave; `nil` when that could not be written down.
    func begin(_ pending: PendingExchange) -> PendingExchange? {
        var numbered = pending
        numbered.sequence = state.withLock { state in
            state.lastSequence += 1
            return state.lastSequence
        }
        let sent = numbered
        return write { () throws(JournalError) in try writer?.sent(sent) } ? numbered : nil
    }

    /// Writes a line, which is made outside of the lock; the first error ends the writing, and with it the run.
    private func write(_ body: () throws(JournalError) -> Void) -> Bool {
        guard state.withLock({ $0.error == nil }) else { return false }
        do throws(JournalError) {
            try body()
            return true
        } catch {
            state.withLock { state in
                state.error = state.error ?? error
                state.isStopping = true
            }
            return false
        }
    }

    /// Whether the run was stopped because nothing was ever answered, so that there is nothing to clear away.
    var isUnreachable: Bool { state.withLock { $0.reach.isGivenUp } }

    /// Whether one more retry may be made.
    func takeRetry() -> Bool {
        state.withLock { $0.retries.take(sent: $0.lastSequence) }
    }

    /// Notes that a step is given up without an answer; stops the run when nothing is there to answer.
    func giveUp(_ failure: TransportFailure) {
        state.withLock { state in
            state.reach.failed(failure.class)
            if state.reach.isGivenUp { state.isStopping = true }
        }
    }

    /// Notes what came of a request.
    func finish(_ exchange: Exchange) {
        state.withLock { state in
            if keepsExchanges { state.journal.exchanges.append(exchange) }
            if exchange.response != nil || exchange.outcome.failure?.class == .redirect { state.reach.answered() }
        }
        _ = write { () throws(JournalError) in try writer?.finished(exchange) }
    }

    /// Notes defects that were noticed after their exchanges were over.
    func add(late defects: [LateDefect]) {
        for defect in defects {
            state.withLock { $0.journal.late.append(defect) }
            _ = write { () throws(JournalError) in try writer?.late(defect) }
        }
    }

    /// Notes that a scenario came to its end.
    func end(_ scenario: String) {
        guard write({ () throws(JournalError) in try writer?.ended(scenario) }) else { return }
        state.withLock { _ = $0.journal.ended.insert(scenario) }
    }

    /// Notes that a step is not run.
    func leaveOut(_ entry: NotRun) {
        state.withLock { $0.journal.notRun.append(entry) }
        _ = write { () throws(JournalError) in try writer?.notRun(entry) }
    }
}

/// Whether anybody is there: a host that never answers must not cost a time-out for every scenario.
struct Reach {
    /// Steps without a connection after which a run is given up.
    static let mostUnconnected = 3
    /// Steps that were sent and not answered after which a run is given up.
    static let mostUnanswered = 10

    private var hasAnswered = false
    private var unconnected = 0
    private var unanswered = 0

    /// Whether the run is to be given up.
    var isGivenUp: Bool {
        !hasAnswered && (unconnected >= Self.mostUnconnected || unanswered >= Self.mostUnanswered)
    }

    mutating func answered() {
        hasAnswered = true
    }

    mutating func failed(_ class: TransportFailure.Class) {
        switch `class` {
        // These are the run's own doing.
        case .cancelled, .invalidRequest: break
        // Recordings are there; this request is not among them.
        case .notRecorded, .requestDiffers: break
        // Somebody is there, who sends on.
        case .redirect: break
        case let other where other.isBeforeSending: unconnected += 1
        default: unanswered += 1
        }
    }
}
