public import Exchanges
public import Scenarios

/// Something that happened, for showing progress. Parallel scenarios report in between each other.
public enum RunEvent: Sendable {
    /// The run begins, with so many scenarios and steps.
    case started(scenarios: Int, steps: Int)
    /// A request is about to leave; once for every try.
    case sent(Scenario, Step)
    /// A step is over and judged; `held` also for a pause. What comes after it may have begun by then.
    case finished(Scenario, Step, StepState)
    /// A step was left out, or was interrupted.
    case notRun(Scenario, Step, NotRun.Reason)
    /// A scenario is over; `held` is whether no step of it failed, teardown not counted.
    case scenarioFinished(Scenario, held: Bool)
}
