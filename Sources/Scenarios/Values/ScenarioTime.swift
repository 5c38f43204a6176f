internal import Exchanges
public import Primitives

/// The time of a scenario: `{{now}}`, and the clock of the mock as the scenario's rows have moved it.
///
/// The runner and the judge compute it from the same exchanges, so a journal that is judged again gives the same times.
public struct ScenarioTime: Sendable {
    /// `{{now}}` before the first change of the clock.
    private let start: Instant
    /// `{{now}}`: the time of the run, moved with the clock. It is the same in all rows between two changes.
    public private(set) var now: Instant
    /// The clock; `nil` until a row changes it. From then on, requests belong to the scenario's branch of the mock.
    public private(set) var clock: MovableClock?

    /// The time of a scenario that begins at `start`.
    public init(_ start: Instant) {
        self.start = start
        now = start
    }

    /// The time of the mock at the real time `real`.
    public func time(at real: Instant) -> Instant { clock?.time(at: real) ?? real }

    /// Follows a change of the clock that was made at the real time `real`.
    package mutating func apply(_ change: MovableClock.Change, at real: Instant) {
        var clock = clock ?? MovableClock()
        clock.apply(change, at: real)
        self.clock = clock
        switch change {
        case .advance(let duration): now = now.advanced(by: duration)
        case .set(let time): now = time
        case .reset: now = start
        case .freeze: break
        }
    }
}

extension ValueScope {
    /// Remembers the exchange of a step for later rows. A successful change of the clock moves their time.
    package mutating func take(_ view: ExchangeView, of step: Step) {
        exchanges[step.name] = view
        guard case .clock(let change) = step.call, view.exchange.response?.status == 200 else { return }
        time.apply(change, at: view.exchange.startedAt)
    }

    /// The name of the branch of the mock for the scenario, which no other scenario has.
    var branchName: String {
        let name = PercentEncoding.encoded(dataCase.map { "\(scenario)[\($0)]" } ?? scenario)
        let isLong = name.utf8.count > MockAddress.maximumBranchName
        return isLong ? Hexadecimal.text(SHA256.digest(Array(name.utf8))) : name
    }
}
