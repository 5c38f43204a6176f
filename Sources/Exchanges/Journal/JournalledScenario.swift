/// All that a journal contains about one scenario.
package struct JournalledScenario: Sendable {
    /// The scenario's identity.
    package let name: String
    /// Its exchanges that count, in the order of sending.
    package var exchanges: [Exchange] = []
    /// Its steps that were left out, in the order of the lines.
    package internal(set) var notRun: [NotRun] = []
    /// The seed and time of its values; `nil` for those of the run.
    package internal(set) var origin: JournalOrigin?

    init(name: String) {
        self.name = name
    }
}

/// Groups the lines of a journal by scenario. A scenario is released as soon as nothing more of it follows, so only those
/// under way are in memory.
struct JournalledScenarios {
    private let survey: JournalSurvey
    private var open: [String: OpenScenario] = [:]

    private struct OpenScenario {
        var content: JournalledScenario
        let firstLine: Int
        /// The number of its requests without an outcome.
        var unanswered = 0
        var hasEnded = false
    }

    init(_ survey: JournalSurvey) {
        self.survey = survey
    }

    /// The scenarios that are still open, in the order in which they began.
    var rest: [JournalledScenario] {
        open.values.sorted { $0.firstLine < $1.firstLine }.map { Self.inOrder($0.content) }
    }

    /// Adds what a line contains.
    ///
    /// - Returns: The scenario of which nothing follows; usually `nil`.
    mutating func take(_ event: JournalPairing.Event, at line: Int, _ origin: JournalOrigin?) -> JournalledScenario? {
        let name =
            switch event {
            case .sent(let scenario), .ended(let scenario): scenario
            case .finished(let exchange, _): exchange.scenario
            case .notRun(let entry, _): entry.scenario
            }
        var scenario =
            open.removeValue(forKey: name)
            ?? OpenScenario(content: JournalledScenario(name: name), firstLine: line)
        switch event {
        case .sent: scenario.unanswered += 1
        case .finished(let exchange, let isSuperseded):
            scenario.unanswered -= 1
            if !isSuperseded { scenario.content.exchanges.append(exchange) }
        case .notRun(let entry, let isSuperseded):
            if !isSuperseded { scenario.content.notRun.append(entry) }
        case .ended: scenario.hasEnded = true
        }
        if let origin, !event.isOutcome { scenario.content.origin = origin }
        let isOver = survey.lastMentions[name].map { line >= $0 } ?? scenario.hasEnded
        guard isOver, scenario.unanswered == 0 else {
            open[name] = scenario
            return nil
        }
        return Self.inOrder(scenario.content)
    }

    /// Parallel requests of a scenario may write their lines out of sequence.
    private static func inOrder(_ scenario: JournalledScenario) -> JournalledScenario {
        var scenario = scenario
        scenario.exchanges.sort { $0.sequence < $1.sequence }
        return scenario
    }
}

extension JournalPairing.Event {
    fileprivate var isOutcome: Bool {
        if case .finished = self { true } else { false }
    }
}
