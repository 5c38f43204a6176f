package import Conformance
import Diagnostics
package import Exchanges
package import Primitives

/// The result of one run, as the history of a project keeps it.
package struct HistoryEntry: Sendable, Equatable {
    /// When the run began.
    package var startedAt: Instant
    /// The seed of the run; together with the start it identifies the run.
    package var seed: String
    /// The name of the target.
    package var target: String
    /// The names of the contracts.
    package var versions: [String]
    /// The exit code of the process.
    package var exit: Int
    /// The duration of the run in milliseconds.
    package var milliseconds: Int
    /// The number of causes of failures.
    package var causes: Int
    /// The scenarios, in the order of the plan; none if the run was ``omitted``.
    package var scenarios: [Scenario]
    /// The counts of the scenarios of a run that has too many steps to be compared with other runs; otherwise `nil`.
    package var omitted: Counts?

    /// The most steps of a run that are kept for comparisons.
    static let mostSteps = 200_000

    /// The counts of scenarios.
    package struct Counts: Sendable, Equatable {
        /// How many scenarios passed.
        package var passed: Int
        /// How many scenarios failed.
        package var failed: Int
    }

    /// The results of one scenario.
    package struct Scenario: Sendable, Equatable {
        /// `Scenario.id`.
        package var name: String
        /// Its steps, in the order of the plan.
        package var steps: [Step]
    }

    /// The result of one step.
    package struct Step: Sendable, Equatable {
        /// The name of the step.
        package var name: String
        /// The result.
        package var outcome: Outcome
        /// Whether it passed only on a later attempt.
        package var isFlaky = false
        /// The time of its exchanges in tenths of a millisecond; `nil` if nothing was sent.
        package var tenths: Int?
    }

    /// How many scenarios failed.
    package var failed: Int { omitted?.failed ?? scenarios.count { $0.outcome == .failed } }
    /// How many scenarios passed.
    package var passed: Int { omitted?.passed ?? scenarios.count { $0.outcome == .passed } }
}

extension HistoryEntry.Scenario {
    /// The result of the scenario, as ``ScenarioVerdict/outcome`` has it.
    package var outcome: Outcome {
        let outcomes = steps.map(\.outcome)
        if outcomes.contains(.failed) { return .failed }
        if outcomes.contains(.notRun) { return .notRun }
        if !outcomes.isEmpty, outcomes.allSatisfy({ $0 == .skipped }) { return .skipped }
        return .passed
    }
}

extension HistoryEntry {
    /// The result of a run.
    ///
    /// - Parameters:
    ///   - exit: The exit code of the process.
    ///   - elapsed: The duration of the run.
    ///   - redactor: Masks secrets in names.
    ///   - mostSteps: The most steps of a run whose scenarios are kept.
    package init(
        _ verdict: Verdict, exit: Int, elapsed: Duration, redactor: Redactor, mostSteps: Int = HistoryEntry.mostSteps
    ) {
        self.init(headOf: verdict, exit: exit, elapsed: elapsed, redactor: redactor, mostSteps: mostSteps)
        if omitted == nil { scenarios = Array(Self.scenarios(of: verdict, redactor)) }
    }

    /// The result of a run without its scenarios.
    init(headOf verdict: Verdict, exit: Int, elapsed: Duration, redactor: Redactor, mostSteps: Int) {
        startedAt = verdict.run.startedAt
        seed = redactor.redact(verdict.run.seed)
        target = redactor.redact(verdict.run.target)
        versions = verdict.run.contracts.map { redactor.redact($0.name) }
        self.exit = exit
        milliseconds = Int(elapsed / .milliseconds(1))
        causes = verdict.groups.count { $0.first.severity == .error }
        scenarios = []
        let summary = Summary(verdict)
        if summary.steps > mostSteps { omitted = Counts(passed: summary.passed, failed: summary.failed) }
    }

    /// The results of the scenarios of a run, each made when it is read.
    static func scenarios(of verdict: Verdict, _ redactor: Redactor) -> some Sequence<Scenario> {
        verdict.scenarios.lazy.map { scenario in
            Scenario(
                name: redactor.redact(scenario.name),
                steps: scenario.steps.map { step in
                    Step(
                        name: redactor.redact(step.name), outcome: step.outcome, isFlaky: step.isFlaky,
                        tenths: step.exchanges.isEmpty
                            ? nil : Int((step.duration / .microseconds(100)).rounded()))
                })
        }
    }

    /// Whether both entries are about one run. A run that was resumed, or a history that was merged, has two.
    package func isSameRun(as other: HistoryEntry) -> Bool {
        startedAt == other.startedAt && seed.isSame(as: other.seed)
    }
}
