public import Exchanges
public import Scenarios

/// What a judge says of a step after an exchange.
public enum StepState: Sendable, Hashable {
    /// Expectation, checks and contract hold.
    case held
    /// It was answered and the contract holds, but status or checks do not: a poll goes on.
    case notYet
    /// It cannot hold any more.
    case failed
}

/// Judges a step after an exchange: handed in, so that running knows no rules.
///
/// The exchanges are those of the scenario that no call was given before, in the order of sending; the last one is to
/// be judged. Steps of one scenario are judged one after the other, in the order of sending, while the next exchange
/// may be under way already.
public typealias StepJudge = @Sendable (Scenario, Step, [ExchangeView]) -> StepState

/// Takes over what was done of a scenario that is over, in the order of sending, and what was left out of it.
///
/// Called once for every scenario, from whatever task it ran in.
public typealias ScenarioEnd = @Sendable (Scenario, [ExchangeView], [NotRun]) -> Void
