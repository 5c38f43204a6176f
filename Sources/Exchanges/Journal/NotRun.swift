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
        /// The run was stopped first, by fail-fast or an interrupt.
        case stopped
        /// It is not part of this run; the text says why.
        case skipped(String)
        /// Its request could not be built; the text says why.
        case unbuildable(String)
    }
}
