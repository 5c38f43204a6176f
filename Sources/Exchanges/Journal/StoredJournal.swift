/// A journal that is read from front to back, with the memory of the scenarios that are under way at a time.
///
/// It is read twice: first its ``survey``, then its exchanges. Lines that are appended meanwhile are ignored.
package struct StoredJournal: Sendable {
    /// The facts about the journal as a whole.
    package var survey: JournalSurvey
    private let lines: JournalLines

    /// The journal at `path`.
    ///
    /// An incomplete last line, as a killed run leaves it, is ignored.
    ///
    /// - Throws: `JournalError` when the file cannot be read or is not a journal.
    package init(path: String) throws(JournalError) {
        try self.init(JournalLines(path: path))
    }

    init(_ lines: JournalLines) throws(JournalError) {
        self.lines = lines
        do {
            survey = try lines.survey()
        } catch {
            // Lines that the survey skips may have earlier mistakes.
            try lines.check()
            throw error
        }
    }

    /// Checks every line.
    ///
    /// - Throws: `JournalError` with the first mistake.
    package func check() throws(JournalError) {
        try lines.check()
    }

    /// Calls `take` with each scenario, once nothing more of it follows.
    ///
    /// - Parameters:
    ///   - superseded: Receives the exchanges of scenarios that began again later. They are not judged.
    /// - Returns: The requests without an outcome, in the order of sending.
    /// - Throws: `JournalError` with the first mistake in a line.
    @discardableResult
    package func forEachScenario(
        superseded: (Exchange) -> Void = { _ in }, _ take: (JournalledScenario) -> Void
    ) throws(JournalError) -> [PendingExchange] {
        var scenarios = JournalledScenarios(survey)
        let unanswered = try forEachEvent { event, line, origin in
            if case .finished(let exchange, isSuperseded: true) = event { superseded(exchange) }
            if let scenario = scenarios.take(event, at: line, origin) { take(scenario) }
        }
        for scenario in scenarios.rest { take(scenario) }
        return unanswered
    }

    /// Calls `take` with each exchange that counts, in the order of the lines.
    ///
    /// - Throws: `JournalError` with the first mistake in a line.
    package func forEachExchange(_ take: (Exchange) -> Void) throws(JournalError) {
        _ = try forEachEvent { event, _, _ in
            if case .finished(let exchange, isSuperseded: false) = event { take(exchange) }
        }
    }

    /// The whole journal, with exchanges in the order in which they were sent.
    func journal() throws(JournalError) -> Journal {
        var journal = Journal(header: survey.header, ended: survey.ended)
        journal.unanswered = try forEachEvent { event, _, origin in
            let mentioned: String?
            switch event {
            case .sent(let scenario), .ended(let scenario): mentioned = scenario
            case .finished(let exchange, let isSuperseded):
                mentioned = nil
                if isSuperseded { journal.superseded.append(exchange) } else { journal.exchanges.append(exchange) }
            case .notRun(let entry, let isSuperseded):
                mentioned = entry.scenario
                if !isSuperseded { journal.notRun.append(entry) }
            }
            if let origin, let mentioned { journal.origins[mentioned] = origin }
        }
        // Parallel scenarios may write lines out of sequence.
        journal.exchanges.sort { $0.sequence < $1.sequence }
        journal.superseded.sort { $0.sequence < $1.sequence }
        return journal
    }

    private func forEachEvent(
        _ take: (JournalPairing.Event, _ line: Int, JournalOrigin?) -> Void
    ) throws(JournalError) -> [PendingExchange] {
        var pairing = JournalPairing(survey, path: lines.path)
        try lines.forEach { line, isCut throws(JournalError) in
            guard pairing.line < survey.lines else { return false }
            if let event = try pairing.take(line, isCut: isCut) { take(event, pairing.line, pairing.origin) }
            return true
        }
        try pairing.checkEnd()
        return pairing.unanswered
    }
}
