import Primitives
import Testing

/// Clocks that are moved and stopped.
struct MovableClockTests {
    private let start = Instant(secondsSinceEpoch: 1_700_000_000)

    private func after(_ seconds: Int) -> Instant { start.advanced(by: .seconds(seconds)) }

    /// A clock after changes, each at a number of seconds after the start.
    private func clock(_ changes: [(MovableClock.Change, at: Int)]) -> MovableClock {
        var clock = MovableClock()
        for (change, seconds) in changes { clock.apply(change, at: after(seconds)) }
        return clock
    }

    @Test(
        "a clock runs from the time that it was moved to, unless it is stopped",
        arguments: [
            ([], 0), ([.advance(.seconds(100))], 100), ([.advance(.seconds(100)), .advance(.seconds(5))], 105),
            ([.advance(.seconds(100)), .reset], 0), ([.set(Instant(secondsSinceEpoch: 1_700_000_500))], 490),
            ([.set(Instant(secondsSinceEpoch: 1_699_999_000))], -1_010),
        ] as [([MovableClock.Change], Int)])
    func running(changes: [MovableClock.Change], ahead: Int) {
        let clock = clock(changes.map { ($0, at: 10) })
        #expect(!clock.isFrozen)
        for seconds in [10, 11, 5_000] { #expect(clock.time(at: after(seconds)) == after(seconds + ahead)) }
    }

    @Test(
        "a stopped clock shows one time, also after it is moved",
        arguments: [
            ([.freeze], 10), ([.advance(.seconds(100)), .freeze], 110), ([.freeze, .advance(.seconds(100))], 110),
            ([.freeze, .freeze], 10), ([.freeze, .set(Instant(secondsSinceEpoch: 1_700_000_500))], 500),
        ] as [([MovableClock.Change], Int)])
    func stopped(changes: [MovableClock.Change], at: Int) {
        let clock = clock(changes.map { ($0, at: 10) })
        #expect(clock.isFrozen)
        for seconds in [10, 11, 5_000] { #expect(clock.time(at: after(seconds)) == after(at)) }
    }

    @Test("a stopped clock runs again after a reset")
    func resetStopped() {
        let clock = clock([(.freeze, at: 0), (.reset, at: 50)])
        #expect(clock == MovableClock())
        #expect(clock.time(at: after(60)) == after(60))
    }

    @Test(
        "durations have a unit, are positive and bounded",
        arguments: [
            ("90s", 90), ("15m", 900), ("2h", 7_200), ("3d", 259_200), ("3650d", 315_360_000), ("0s", nil), ("3", nil),
            ("d", nil), ("", nil), ("-3d", nil), ("+3d", nil), ("3 d", nil), ("3651d", nil), ("9999999999s", nil),
            ("3w", nil), ("500ms", nil), ("1.5h", nil),
        ] as [(String, Int?)])
    func durations(text: String, seconds: Int?) {
        let duration = MovableClock.Change.duration(text)
        #expect(duration == seconds.map { .seconds($0) })
        if let duration { #expect(MovableClock.Change.duration(MovableClock.Change.text(duration)) == duration) }
    }

    @Test(
        "times have an offset and a year from which others can be computed",
        arguments: [
            ("2026-03-01T00:00:00Z", true), ("2026-03-01T05:30:00+05:30", true), ("2026-03-01", false),
            ("2026-03-01T00:00:00", false), ("0001-01-01T00:00:00Z", false), ("9999-12-31T00:00:00Z", false),
            ("2026-02-30T00:00:00Z", false), ("1970-12-31T23:59:59Z", false), ("1971-01-01T00:00:00Z", true),
            ("2199-12-31T23:59:59Z", true), ("2200-01-01T00:00:00Z", false),
        ])
    func times(text: String, isValid: Bool) {
        #expect((MovableClock.Change.time(text) != nil) == isValid)
    }
}
