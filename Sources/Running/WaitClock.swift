import Exchanges
public import Primitives
internal import Synchronization

/// A clock on which waits take no time and only waits move the time of day.
///
/// Runs that respond from recordings have nothing to wait for. A mock that uses the same clock makes recordings in which
/// every time is the same the next time.
public final class WaitClock: Sendable {
    private let start: Instant
    private let waited = Mutex(Duration.zero)

    /// A clock that starts at `start`.
    public init(start: Instant) {
        self.start = start
    }

    /// The time of day: the start, and all waits since.
    public var now: Instant { start.advanced(by: waited.withLock { $0 }) }

    /// The clock for a run. Durations are those of the system, and waits beside.
    public var runClock: RunClock {
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
