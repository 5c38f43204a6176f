public import Primitives

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
    /// The scenarios that came to their end, by identity.
    public var ended: Set<String>
    /// What scenarios that did not begin with the run derive their values from.
    public var origins: [String: JournalOrigin]
    /// Exchanges of scenarios that were cut off and begun again: they happened and count for nothing.
    public var superseded: [Exchange]
    /// Defects noticed after their exchanges were over. A journal that was read has them in its exchanges instead.
    public var late: [LateDefect] = []

    /// A journal.
    public init(
        header: JournalHeader,
        exchanges: [Exchange] = [],
        notRun: [NotRun] = [],
        unanswered: [PendingExchange] = [],
        ended: Set<String> = [],
        origins: [String: JournalOrigin] = [:],
        superseded: [Exchange] = []
    ) {
        self.header = header
        self.exchanges = exchanges
        self.notRun = notRun
        self.unanswered = unanswered
        self.ended = ended
        self.origins = origins
        self.superseded = superseded
    }

    /// The header as it holds for one scenario: with the seed and the time that its values derive from.
    public func header(for scenario: String) -> JournalHeader {
        guard let origin = origins[scenario] else { return header }
        var header = header
        header.seed = origin.seed
        header.startedAt = origin.startedAt
        return header
    }

    /// The highest number that an exchange has; 0 when nothing was sent.
    public var lastSequence: Int {
        let finished = max(exchanges.lazy.map(\.sequence).max() ?? 0, superseded.lazy.map(\.sequence).max() ?? 0)
        return max(finished, unanswered.lazy.map(\.sequence).max() ?? 0)
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

/// What the values of a scenario derive from that was begun later than its run.
public struct JournalOrigin: Sendable, Hashable {
    /// What generated values derive from.
    public var seed: String
    /// The time that `{{now}}` is.
    public var startedAt: Instant

    /// Names seed and time.
    public init(seed: String, startedAt: Instant) {
        self.seed = seed
        self.startedAt = startedAt
    }
}
