import Exchanges
public import Primitives

/// Where a run takes its time from, so that tests need not wait.
public struct RunClock: Sendable {
    /// The time of day, for the journal.
    public var now: @Sendable () -> Instant
    /// A time that only goes forward, for durations; its zero means nothing.
    public var uptime: @Sendable () -> Duration
    /// Waits; throws `CancellationError` as soon as the task is cancelled.
    public var sleep: @Sendable (Duration) async throws -> Void
    /// Whether the limit of a poll counts the step's own waits and nothing else, so that neither the speed of the machine
    /// nor other scenarios decide how often a step polls.
    public var countsOnlyWaits = false

    /// A clock from its parts.
    public init(
        now: @escaping @Sendable () -> Instant,
        uptime: @escaping @Sendable () -> Duration,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.now = now
        self.uptime = uptime
        self.sleep = sleep
    }

    /// The clock of the system.
    public static let system: RunClock = {
        let start = ContinuousClock.now
        return RunClock(
            now: { Instant.now },
            uptime: { ContinuousClock.now - start },
            sleep: { try await Task.sleep(for: $0) }
        )
    }()
}
