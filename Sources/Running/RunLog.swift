internal import Exchanges
internal import Synchronization

/// The state that all scenarios of a run share: the journal, the numbering, and the request to stop.
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

    /// A log that continues `journal`.
    ///
    /// - Parameter keepsExchanges: Whether exchanges, steps that are not run and ends of scenarios are kept in memory, in
    ///   addition to the file that `writer` writes.
    init(_ journal: Journal, writer: JournalWriter?, keepsExchanges: Bool) {
        self.writer = writer
        self.keepsExchanges = keepsExchanges
        state = Mutex(State(journal: journal, lastSequence: journal.lastSequence))
    }

    /// Whether only teardown rows are still sent.
    var isStopping: Bool { state.withLock { $0.isStopping } }

    /// The journal so far, and the error if it could not be written.
    var result: (journal: Journal, error: JournalError?) { state.withLock { ($0.journal, $0.error) } }

    /// Stops every scenario.
    func stop() {
        state.withLock { $0.isStopping = true }
    }

    /// Numbers a request and logs that it is about to be sent; `nil` if the log could not be written.
    func begin(_ pending: PendingExchange) -> PendingExchange? {
        var numbered = pending
        numbered.sequence = state.withLock { state in
            state.lastSequence += 1
            return state.lastSequence
        }
        let sent = numbered
        return write { () throws(JournalError) in try writer?.sent(sent) } ? numbered : nil
    }

    /// Writes a line, which is built outside of the lock; the first error ends the writing, and with it the run.
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

    /// Whether the run was stopped because it never got a response, so that teardown rows have nothing to remove.
    var isUnreachable: Bool { state.withLock { $0.reach.isGivenUp } }

    /// Whether one more retry may be made.
    func takeRetry() -> Bool {
        state.withLock { $0.retries.take(sent: $0.lastSequence) }
    }

    /// Notes that a step ended without a response; stops the run when the server seems to be unreachable.
    func giveUp(_ failure: TransportFailure) {
        state.withLock { state in
            state.reach.failed(failure.class)
            if state.reach.isGivenUp { state.isStopping = true }
        }
    }

    /// Logs the outcome of a request.
    func finish(_ exchange: Exchange) {
        state.withLock { state in
            if keepsExchanges { state.journal.exchanges.append(exchange) }
            if exchange.response != nil || exchange.outcome.failure?.class == .redirect { state.reach.answered() }
        }
        _ = write { () throws(JournalError) in try writer?.finished(exchange) }
    }

    /// Logs defects that were noticed after their exchanges.
    func add(late defects: [LateDefect]) {
        for defect in defects {
            state.withLock { $0.journal.late.append(defect) }
            _ = write { () throws(JournalError) in try writer?.late(defect) }
        }
    }

    /// Logs that a scenario ended.
    func end(_ scenario: String) {
        guard write({ () throws(JournalError) in try writer?.ended(scenario) }) else { return }
        guard keepsExchanges else { return }
        state.withLock { _ = $0.journal.ended.insert(scenario) }
    }

    /// Logs that a step is not run.
    func leaveOut(_ entry: NotRun) {
        if keepsExchanges { state.withLock { $0.journal.notRun.append(entry) } }
        _ = write { () throws(JournalError) in try writer?.notRun(entry) }
    }
}

/// Decides whether the server is reachable: a host that never responds must not cost a timeout for every scenario.
struct Reach {
    /// Steps without a connection after which a run ends early.
    static let mostUnconnected = 3
    /// Steps without a response after which a run ends early.
    static let mostUnanswered = 10

    private var hasAnswered = false
    private var unconnected = 0
    private var unanswered = 0

    /// Whether the run must end early.
    var isGivenUp: Bool {
        !hasAnswered && (unconnected >= Self.mostUnconnected || unanswered >= Self.mostUnanswered)
    }

    mutating func answered() {
        hasAnswered = true
    }

    mutating func failed(_ class: TransportFailure.Class) {
        switch `class` {
        // The run itself caused these.
        case .cancelled, .invalidRequest: break
        // The recordings can be read; this request is not among them.
        case .notRecorded, .requestDiffers: break
        // The server responded with a redirect.
        case .redirect: break
        case let other where other.isBeforeSending: unconnected += 1
        default: unanswered += 1
        }
    }
}
