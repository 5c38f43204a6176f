public import Diagnostics
public import Primitives

/// The log of a run: every request sent, every response received, and every step skipped.
public struct Journal: Sendable, Hashable {
    /// The facts about the run: its tables, target and start time.
    public var header: JournalHeader
    /// Every exchange that has finished.
    public var exchanges: [Exchange]
    /// The steps for which no request was sent.
    public var notRun: [NotRun]
    /// Requests without an outcome because the run was killed. The server may or may not have received them.
    public var unanswered: [PendingExchange]
    /// The identities of the scenarios that finished.
    public var ended: Set<String>
    /// The seed and time for scenarios that did not begin with the run.
    public var origins: [String: JournalOrigin]
    /// Exchanges of scenarios that were interrupted and started again. They are not judged.
    public var superseded: [Exchange]
    /// Defects found after their exchanges had finished. A journal that was read has them in its exchanges instead.
    public var late: [LateDefect] = []
    /// The highest number of the exchanges that are not in memory, such as those of an interrupted run; 0 for none.
    public var lastReleased = 0

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

    /// Returns the header for one scenario: with the seed and the time that its values derive from.
    public func header(for scenario: String) -> JournalHeader {
        header.deriving(from: origins[scenario])
    }

    /// The highest number that an exchange has; 0 when nothing was sent.
    public var lastSequence: Int {
        let finished = max(exchanges.lazy.map(\.sequence).max() ?? 0, superseded.lazy.map(\.sequence).max() ?? 0)
        return max(finished, unanswered.lazy.map(\.sequence).max() ?? 0, lastReleased)
    }

    /// Returns a copy with the exchanges ordered by the position of their scenario in `scenarios`, then by sequence.
    ///
    /// This makes the journals of two parallel runs comparable. Exchanges of other scenarios come last.
    public func ordered(byScenarios scenarios: [String]) -> Journal {
        guard !exchanges.isEmpty || !unanswered.isEmpty || !notRun.isEmpty else { return self }
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

/// The seed and time for a scenario that began later than its run.
public struct JournalOrigin: Sendable, Hashable {
    /// The seed of generated values.
    public var seed: String
    /// The time that `{{now}}` evaluates to.
    public var startedAt: Instant

    /// Creates an origin.
    public init(seed: String, startedAt: Instant) {
        self.seed = seed
        self.startedAt = startedAt
    }
}

/// A step for which no request was sent, and why.
public struct NotRun: Sendable, Hashable {
    /// The scenario's identity: its name, or `name[case]`.
    public var scenario: String
    /// The step's name, expanded.
    public var step: String
    /// Why the step was skipped.
    public var reason: Reason

    /// Creates a skipped step.
    public init(scenario: String, step: String, reason: Reason) {
        self.scenario = scenario
        self.step = step
        self.reason = reason
    }

    /// Why a step was skipped.
    public enum Reason: Sendable, Hashable {
        /// It uses a value that no earlier step received.
        case missingValue(step: String, path: String)
        /// A setup step of its scenario failed.
        case setupFailed(step: String)
        /// A session scenario whose values it uses failed.
        case sessionFailed(scenario: String)
        /// The run was stopped first, by fail-fast or an interrupt.
        case stopped
        /// It is not part of this run; the text says why.
        case skipped(String)
        /// Its request could not be built; the text says why.
        case unbuildable(String)
        /// It was sent, and its result shows nothing about the contract; the text says why.
        case unjudged(String)
    }
}

/// The state of a step: while it is tried again, and at its end.
public enum StepState: Sendable, Hashable {
    /// The response follows the contract and the row.
    case passed
    /// The response follows the contract, but its status or values are not yet those of the row: a poll continues.
    case pending
    /// The response deviates from the contract or the row, or there is none.
    case failed
    /// The step was not run, or not judged completely.
    case notRun(NotRun.Reason)
}

/// A journal that cannot be written or read, with the reason, its location and a remedy.
public struct JournalError: Error, Sendable, Hashable {
    /// The diagnostic for the user.
    public var diagnostic: Diagnostic

    /// Creates an error.
    public init(_ diagnostic: Diagnostic) {
        self.diagnostic = diagnostic
    }
}
