/// A step for which nothing was sent, and why.
public struct NotRun: Sendable, Hashable {
    /// The scenario's identity: its name, or `name[case]`.
    public var scenario: String
    /// The step's name, expanded.
    public var step: String
    /// Why it was not run.
    public var reason: Reason

    /// A step that was not run.
    public init(scenario: String, step: String, reason: Reason) {
        self.scenario = scenario
        self.step = step
        self.reason = reason
    }

    /// Why a step was not run.
    public enum Reason: Sendable, Hashable {
        /// It needs a value that an earlier step never received.
        case missingValue(step: String, path: String)
        /// A setup step of its scenario failed.
        case setupFailed(step: String)
        /// The run was stopped before: fail-fast or an interrupt.
        case stopped
        /// It is not meant for this run; the text says why.
        case skipped(String)
        /// Its request could not be made; the text says why.
        case unbuildable(String)
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
