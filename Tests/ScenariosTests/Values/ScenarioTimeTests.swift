import Primitives
import Testing

@testable import Scenarios

@Suite("The time of a scenario")
struct ScenarioTimeTests {
    private static let start = Instant(secondsSinceEpoch: 1_700_000_000)
    private static let later = Instant(secondsSinceEpoch: 1_800_000_000)

    /// Changes of the clock, 10 s after each other from the start on, and `{{now}}` and the clock 10 s after the last one,
    /// in seconds after the start.
    @Test(
        "`{{now}}` moves with the clock, and is the time of the run again after a reset",
        arguments: [
            ([], 0, 10), ([.advance(.seconds(60))], 60, 80), ([.advance(.seconds(60)), .advance(.seconds(5))], 65, 95),
            ([.set(later)], 100_000_000, 100_000_010), ([.freeze], 0, 10), ([.freeze, .advance(.seconds(60))], 60, 70),
            ([.set(later), .reset], 0, 30), ([.advance(.seconds(60)), .reset], 0, 30),
            ([.freeze, .reset, .advance(.seconds(60))], 60, 100),
        ] as [([MovableClock.Change], Int, Int)])
    func changes(changes: [MovableClock.Change], now: Int, clock: Int) {
        var time = ScenarioTime(Self.start)
        var real = Self.start
        for change in changes {
            real = real.advanced(by: .seconds(10))
            time.apply(change, at: real)
        }
        real = real.advanced(by: .seconds(10))
        #expect(time.now.since(Self.start) == .seconds(now))
        #expect(time.time(at: real).since(Self.start) == .seconds(clock))
        #expect((time.clock == nil) == changes.isEmpty)
    }
}
