package import Exchanges
package import Scenarios

/// Judges the steps of a run as their exchanges arrive. The caller provides it, so that this module knows no rules.
///
/// Attempts are the exchanges of one step, redirects included, in the order of sending. Steps of one scenario are judged
/// one after the other, in the order of sending, while the next exchange may be under way. Scenarios are judged in
/// parallel.
package protocol StepJudge: Sendable {
    /// The state of a step that may be tried again, after `attempts`.
    func peek(_ scenario: Scenario, _ step: Step, _ attempts: [ExchangeView]) -> StepState

    /// Judges a step whose last attempt is over. Called once for every step that was sent.
    ///
    /// - Parameter isCutOff: Whether the step was interrupted, so that it has no last attempt.
    func take(_ scenario: Scenario, _ step: Step, _ attempts: [ExchangeView], isCutOff: Bool) -> StepState

    /// Judges the deliveries that no step awaited, in the order of arrival. Called at most once for a scenario, before
    /// its end.
    ///
    /// - Parameter step: The last step that awaited a delivery.
    func takeUnawaited(_ scenario: Scenario, _ step: Step, _ deliveries: [ExchangeView])

    /// Ends a scenario. Called once for every scenario, from whatever task it ran in.
    ///
    /// - Parameter notRun: The steps that were left out or interrupted, and why.
    func finish(_ scenario: Scenario, notRun: [NotRun])
}

extension StepJudge {
    /// Ignores them.
    package func takeUnawaited(_ scenario: Scenario, _ step: Step, _ deliveries: [ExchangeView]) {}
}

/// An event of a run, for showing progress. Events of parallel scenarios are interleaved.
package enum RunEvent: Sendable {
    /// The run begins, with so many scenarios and steps.
    case started(scenarios: Int, steps: Int)
    /// A request is about to be sent; once for every attempt and redirect.
    case sent(Scenario, Step)
    /// A step is over and judged, or was left out. The next step may have begun by then.
    case finished(Scenario, Step, StepState)
    /// A scenario is over.
    case scenarioFinished(Scenario, passed: Bool)
}

/// Decides which steps do not belong to a run.
package enum SkipRules {
    /// The reason in a few words, or `nil` when the step is to be run.
    package static func reason(_ step: Step, of scenario: Scenario, isMock: Bool) -> String? {
        if scenario.options.skip || step.options.isSkipped { return "marked `skip`" }
        if !isMock, scenario.options.mode == .mock || step.options.mockOnly { return "runs only against the mock" }
        if isMock, scenario.options.mode == .live || step.options.liveOnly { return "runs only against live targets" }
        guard scenario.options.hasUnmappedEvents || scenario.options.usesClock && !isMock else { return nil }
        return reasonOfTarget(step, of: scenario, isMock: isMock)
    }

    /// The reason why a target cannot run a step of a scenario with events or changes of the clock.
    ///
    /// The rows after such a step expect what the step would have done, so none of them is sent except for teardown
    /// rows: their failures would be false alarms. A row that is marked `mock`, `live` or `skip` is skipped alone.
    private static func reasonOfTarget(_ step: Step, of scenario: Scenario, isMock: Bool) -> String? {
        if let reason = impossible(step, isMock: isMock) { return reason }
        guard !step.options.isTeardown else { return nil }
        for earlier in scenario.stepsInRunningOrder {
            guard earlier.name != step.name, !earlier.options.isTeardown else { return nil }
            let isMarked =
                earlier.options.isSkipped || (isMock ? earlier.options.liveOnly : earlier.options.mockOnly)
            if !isMarked, impossible(earlier, isMock: isMock) != nil {
                return "comes after '\(earlier.name)', which the target cannot run"
            }
        }
        return nil
    }

    private static func impossible(_ step: Step, isMock: Bool) -> String? {
        switch step.call {
        case .clock where !isMock: "only the mock has a clock"
        case .unmapped(let event): "the target has no event '\(event)'"
        default: nil
        }
    }
}
