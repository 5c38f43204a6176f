/// What a run has done: every request it sent, what came back, and what it left out.
public struct Journal: Sendable, Hashable {
    /// What was run, against what, and when.
    public var header: JournalHeader
    /// Every exchange that has an outcome.
    public var exchanges: [Exchange]
    /// The steps for which nothing was sent.
    public var notRun: [NotRun]
    /// Requests that were about to be sent when the run was killed; whether they arrived is not known.
    public var unanswered: [PendingExchange]

    /// A journal.
    public init(
        header: JournalHeader,
        exchanges: [Exchange] = [],
        notRun: [NotRun] = [],
        unanswered: [PendingExchange] = []
    ) {
        self.header = header
        self.exchanges = exchanges
        self.notRun = notRun
        self.unanswered = unanswered
    }

    /// The exchanges by the place of their scenario in `scenarios`, then by the order of sending.
    ///
    /// Makes the journals of two parallel runs comparable. Scenarios that are not named come last.
    public func ordered(byScenarios scenarios: [String]) -> Journal {
        var places: [String: Int] = [:]
        for (place, scenario) in scenarios.enumerated() where places[scenario] == nil {
            places[scenario] = place
        }
        func place(_ scenario: String) -> Int { places[scenario] ?? scenarios.count }
        var ordered = self
        ordered.exchanges.sort { (place($0.scenario), $0.sequence) < (place($1.scenario), $1.sequence) }
        ordered.unanswered.sort { (place($0.scenario), $0.sequence) < (place($1.scenario), $1.sequence) }
        ordered.notRun =
            notRun.enumerated()
            .sorted { (place($0.element.scenario), $0.offset) < (place($1.element.scenario), $1.offset) }
            .map(\.element)
        return ordered
    }
}
