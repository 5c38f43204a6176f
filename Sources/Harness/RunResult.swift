public import Conformance
public import Diagnostics
public import Exchanges

/// What came of a run.
public struct RunResult: Sendable {
    /// What was found.
    public var verdict: Verdict
    /// What the process answers.
    public var exit: ExitCode
    /// Warnings and notes about the input.
    public var diagnostics: Diagnostics
    /// Masks the run's secrets in everything that is shown.
    public var redactor: Redactor
    /// How long the run took.
    public var elapsed: Duration
    /// The journal's path.
    public var journal: String
    /// What was recorded; `nil` when recording was not asked for.
    public var recorded: RecordResult?
    /// Whether the run was of everything, so that what nothing exercised is missing in the tables.
    public var isWhole = false
}

extension RunResult {
    /// The exit code of a verdict, by the order of precedence of the command line's contract.
    ///
    /// A shard to which only rows fell that are skipped has nothing to say against the run.
    static func exit(of verdict: Verdict, wasInterrupted: Bool, isShard: Bool = false) -> ExitCode {
        if wasInterrupted { return .interrupted }
        let exchanges = verdict.exchanges
        // Transport failures among answers are findings; no answer at all means that there was nothing to judge.
        if !exchanges.isEmpty, exchanges.allSatisfy(\.isUnanswered) { return .notPossible }
        if exchanges.isEmpty, !isShard, verdict.scenarios.allSatisfy({ $0.outcome == .skipped }) { return .wrongInput }
        // A step that was never sent has shown nothing: it must not look like success.
        let isWhole = verdict.scenarios.allSatisfy { $0.outcome == .passed || $0.outcome == .skipped }
        return verdict.fails() || !isWhole ? .findings : .held
    }
}

extension Exchange {
    /// Whether no server responded. One that redirects to a forbidden place did, and recordings need no server.
    fileprivate var isUnanswered: Bool {
        switch outcome.failure?.class {
        case nil, .redirect, .notRecorded, .requestDiffers: false
        default: true
        }
    }
}
