import Diagnostics
package import Exchanges
import Primitives
package import Scenarios
import Synchronization

/// Judges a run while it sends: every response is read and judged once, and released when its scenario ends.
///
/// The results of a scenario are kept from step to step, so that a step of a long scenario costs no more than one of a
/// short scenario. After the end of a scenario, its findings and counts remain, and the parts of its exchanges that
/// reports show.
package final class RunJudge: Sendable {
    private let judge: Judge
    private let run: JournalHeader
    private let keepsMessages: Bool
    private let places: ScenarioPlaces
    private let scenarios = Mutex<[String: UnderWay]>([:])
    private let assembly: Mutex<VerdictAssembly>
    private let kept = Mutex(KeptMessages())

    /// Judges by `judge` for the run with the header `run`.
    ///
    /// - Parameter keepsMessages: Whether the verdict's exchanges keep the parts that reports do not show: header
    ///   lines and bodies of steps that did not fail, and requests without findings.
    package init(_ judge: Judge, run: JournalHeader, keepsMessages: Bool = false) {
        self.judge = judge
        self.run = run
        self.keepsMessages = keepsMessages
        places = ScenarioPlaces(judge.plan.scenarios)
        assembly = Mutex(VerdictAssembly(judge))
    }

    /// The state of a step that may be tried again, after `attempts`. Changes no verdict.
    package func peek(_ scenario: Scenario, _ step: Step, _ attempts: [ExchangeView]) -> StepState {
        with(scenario) { $0.peek(step, attempts) }
    }

    /// Judges a step by all of its attempts, in the order of sending.
    ///
    /// - Parameter isCutOff: Whether the step was interrupted, so that it has no last attempt.
    /// - Returns: The state of the step, never `pending`.
    @discardableResult
    package func take(
        _ scenario: Scenario, _ step: Step, _ attempts: [ExchangeView], isCutOff: Bool = false
    ) -> StepState {
        with(scenario) { $0.take(step, attempts, isCutOff: isCutOff) }
    }

    /// Judges the deliveries that no step awaited, as further ones of `step`.
    package func takeUnawaited(_ scenario: Scenario, _ step: Step, _ deliveries: [ExchangeView]) {
        _ = with(scenario) { own in
            own.takeUnawaited(step, deliveries)
            return .passed
        }
    }

    /// Ends a scenario and releases its responses.
    ///
    /// - Parameter notRun: Its steps that were left out, with the reasons.
    package func finish(_ scenario: Scenario, notRun: [NotRun]) {
        let own = scenarios.withLock { $0.removeValue(forKey: scenario.id) }
        guard let place = places[scenario.id] else { return }
        let judged = own ?? UnderWay(ScenarioJudge(judge: judge, scenario: judge.plan.scenarios[place], run: run))
        judged.judge.withLock { add($0, notRun: notRun, at: place) }
    }

    /// Judges a scenario by its part of a journal and ends it.
    ///
    /// - Parameter run: The header of its run, with the seed and the time of its values.
    /// - Returns: The exchanges of steps that the plan does not have. They are not judged.
    package func judge(_ stored: JournalledScenario, run: JournalHeader) -> [Exchange] {
        guard let place = places[stored.name] else { return stored.exchanges }
        let scenario = judge.plan.scenarios[place]
        var own = ScenarioJudge(judge: judge, scenario: scenario, run: run)
        own.take(stored.exchanges, notRun: stored.notRun)
        add(own, notRun: stored.notRun, at: place)
        let names = Set(scenario.steps.map(\.name))
        return stored.exchanges.filter { !names.contains($0.step) }
    }

    private func add(_ finished: ScenarioJudge, notRun: [NotRun], at place: Int) {
        let whole = finished.finish(notRun: notRun)
        let verdict = keepsMessages ? whole : kept.withLock { $0.trimmed(whole) }
        assembly.withLock { $0.add(verdict, finished, at: place) }
    }

    /// Whether a response so far, or a failure of the transport, may have been caused by an ill target.
    package var hasSigns: Bool { assembly.withLock(\.hasSigns) }

    /// The same step, as the plan of this judge describes it. Its contract may differ from that of the run.
    package func planned(_ scenario: Scenario, _ step: Step) -> (scenario: Scenario, step: Step)? {
        guard let place = places[scenario.id] else { return nil }
        let own = judge.plan.scenarios[place]
        return own.steps.first { $0.name.isSame(as: step.name) }.map { (own, $0) }
    }

    /// The verdict on the run.
    ///
    /// - Parameter journal: The scenarios for which ``finish(_:notRun:)`` was not called, such as those of an
    ///   interrupted run that is resumed: their exchanges, the steps that were left out, and the requests without a
    ///   response.
    package func verdict(_ journal: Journal) -> Verdict {
        assembly.withLock { assembly in
            assembly.add(rest: journal)
            return assembly.verdict(journal)
        }
    }

    /// Judges with the judge of a scenario, which changes in place.
    private func with(_ scenario: Scenario, _ body: (inout ScenarioJudge) -> StepState) -> StepState {
        let own = scenarios.withLock { known in
            if let own = known[scenario.id] { return own }
            let own = UnderWay(ScenarioJudge(judge: judge, scenario: scenario, run: run))
            known[scenario.id] = own
            return own
        }
        return own.judge.withLock { body(&$0) }
    }
}

/// The judge of a scenario under way. Its steps are judged one after the other, so that the lock is never contended.
private final class UnderWay: Sendable {
    let judge: Mutex<ScenarioJudge>

    init(_ judge: ScenarioJudge) {
        self.judge = Mutex(judge)
    }
}
