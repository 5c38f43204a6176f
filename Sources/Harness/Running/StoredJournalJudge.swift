import Exchanges
import Primitives

/// Judges stored journals scenario by scenario. It keeps the results of the scenarios and the few parts of the journals that
/// only the verdict on the whole run needs.
struct StoredJournalJudge {
    /// How a scenario of a journal is used.
    enum Use {
        /// Its steps are judged.
        case judged
        /// It begins again, so its exchanges only show how the target was.
        case superseded
        /// Another journal has it too.
        case ignored
    }

    private let judging: JudgedRun
    private(set) var rest: Journal
    /// The longest time from the start of a run to its last response.
    private(set) var elapsed = Duration.zero

    /// A judge that passes scenarios of the run with this header on to `judging`.
    init(_ judging: JudgedRun, header: JournalHeader) {
        self.judging = judging
        rest = Journal(header: header)
    }

    /// Judges the scenarios of `stored`. The next journal is numbered after it.
    ///
    /// - Parameters:
    ///   - origin: The seed and time of its scenarios, if they differ from those of the whole run.
    ///   - use: How a scenario is used, by identity.
    /// - Throws: `JournalError` with the first mistake in a line.
    mutating func add(
        _ stored: StoredJournal, origin: JournalOrigin? = nil, use: (String) -> Use
    ) throws(JournalError) {
        let offset = rest.lastReleased
        let survey = stored.survey
        let starts = (survey.origins.map(\.startedAt) + [survey.header.startedAt]).sorted()
        var superseded: [Exchange] = []
        let unanswered = try stored.forEachScenario(
            superseded: { if use($0.scenario) != .ignored { superseded.append($0.trimmed(movedBy: offset)) } }
        ) { scenario in
            for exchange in scenario.exchanges { count(exchange, starts) }
            let scenario = scenario.movedBy(offset)
            switch use(scenario.name) {
            case .judged:
                let run = rest.header.deriving(from: scenario.origin ?? origin)
                rest.exchanges += judging.judge(scenario, run: run).map { $0.trimmed(movedBy: 0) }
            case .superseded: superseded += scenario.exchanges.map { $0.trimmed(movedBy: 0) }
            case .ignored: break
            }
        }
        rest.superseded += superseded.sorted { $0.sequence < $1.sequence }
        rest.unanswered += unanswered.map { pending in
            var pending = pending
            pending.sequence += offset
            return pending
        }
        rest.lastReleased = offset + survey.lastSequence
    }

    private mutating func count(_ exchange: Exchange, _ starts: [Instant]) {
        let start = starts.last { $0 <= exchange.startedAt } ?? exchange.startedAt
        elapsed = max(elapsed, exchange.startedAt.since(start) + exchange.duration)
    }
}

extension JournalledScenario {
    fileprivate func movedBy(_ offset: Int) -> JournalledScenario {
        guard offset > 0 else { return self }
        var moved = self
        for index in moved.exchanges.indices { moved.exchanges[index].sequence += offset }
        return moved
    }
}

extension Exchange {
    /// The exchange with another number and without bodies, which only judging needs.
    fileprivate func trimmed(movedBy offset: Int) -> Exchange {
        var exchange = self
        exchange.sequence += offset
        exchange.request.body = nil
        if case .response(var response) = outcome {
            response.body = []
            exchange.outcome = .response(response)
        }
        return exchange
    }
}
