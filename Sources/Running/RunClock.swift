import Exchanges
package import Primitives
internal import Synchronization

/// The clock of a run, which tests replace so that they need not wait.
package struct RunClock: Sendable {
    /// The time of day, for the journal.
    package var now: @Sendable () -> Instant
    /// A time that never goes back, for durations; its zero has no meaning.
    package var uptime: @Sendable () -> Duration
    /// Waits; throws `CancellationError` when the task is cancelled.
    package var sleep: @Sendable (Duration) async throws -> Void
    /// Whether the limit of a poll counts only the waits of the step, so that the number of attempts depends neither on
    /// the speed of the machine nor on other scenarios.
    package var countsOnlyWaits = false

    /// A clock from its parts.
    package init(
        now: @escaping @Sendable () -> Instant,
        uptime: @escaping @Sendable () -> Duration,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.now = now
        self.uptime = uptime
        self.sleep = sleep
    }

    /// The clock of the system.
    package static let system: RunClock = {
        let start = ContinuousClock.now
        return RunClock(
            now: { Instant.now },
            uptime: { ContinuousClock.now - start },
            sleep: { try await Task.sleep(for: $0) }
        )
    }()
}

/// A clock on which waits take no time, and only waits change the time of day.
///
/// Runs against recordings have nothing to wait for. A mock that uses the same clock makes recordings in which every
/// time is the same the next time.
package final class WaitClock: Sendable {
    private let start: Instant
    private let waited = Mutex(Duration.zero)

    /// A clock that starts at `start`.
    package init(start: Instant) {
        self.start = start
    }

    /// The time of day: the start plus all waits since.
    package var now: Instant { start.advanced(by: waited.withLock { $0 }) }

    /// The clock for a run. Durations are those of the system plus all waits.
    package var runClock: RunClock {
        var clock = RunClock.system
        clock.countsOnlyWaits = true
        clock.uptime = { RunClock.system.uptime() + self.waited.withLock { $0 } }
        clock.sleep = { duration in
            try Task.checkCancellation()
            self.waited.withLock { $0 += duration }
        }
        return clock
    }
}
