import Diagnostics
public import Exchanges
public import Scenarios
import Synchronization

/// Judges the steps of scenarios under way for a runner that must know whether to go on.
///
/// What was seen of a scenario is kept from step to step, so that a long scenario costs no more a step than a short one.
public final class StepJudging: Sendable {
    private let judge: Judge
    private let run: JournalHeader
    private let scenarios = Mutex<[String: Seen]>([:])

    private struct Seen {
        var judging: ScenarioJudging
        /// How many of the scenario's exchanges were taken in.
        var count = 0
    }

    /// Judges by `judge` for the run with the header `run`.
    public init(_ judge: Judge, run: JournalHeader) {
        self.judge = judge
        self.run = run
    }

    /// How the last of `exchanges`, all of one scenario since its beginning, leaves its step.
    public func state(of step: Step, in scenario: Scenario, _ exchanges: [Exchange]) -> Judge.StepFinding {
        // Steps of one scenario come one after the other, so that nobody else asks for it meanwhile.
        var seen =
            scenarios.withLock { $0.removeValue(forKey: scenario.id) }
            ?? Seen(judging: ScenarioJudging(judge: judge, scenario: scenario, run: run))
        let (findings, neverReceived) = seen.judging.findings(forLastOf: exchanges, after: seen.count, step: step)
        seen.count = max(seen.count, exchanges.count - 1)
        let kept = seen
        scenarios.withLock { $0[scenario.id] = kept }
        let errors = findings.filter { $0.severity == .error }
        if errors.isEmpty { return neverReceived == nil ? .held : .failed }
        return errors.allSatisfy(\.isExpectation) ? .notYet : .failed
    }

    /// Lets go of a scenario that is over.
    public func forget(_ scenario: Scenario) {
        _ = scenarios.withLock { $0.removeValue(forKey: scenario.id) }
    }
}
