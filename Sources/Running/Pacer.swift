import Exchanges
internal import Synchronization

/// The response headers in which a target says how much more it takes.
public struct RateLimitFields: Sendable, Hashable {
    /// How many more requests it takes in the present window.
    public var remaining: String
    /// In how many seconds the next window begins, or at which second since 1970.
    public var reset: String

    /// Names both headers.
    public init(remaining: String, reset: String) {
        self.remaining = remaining
        self.reset = reset
    }
}

/// Lets requests out one after the other, at most so many in a time, and none while the target asks to wait.
///
/// Runs that send to the same target at the same time share one.
public final class Pacer: Sendable {
    private let interval: Duration?
    private let limit: RateLimitFields?
    private let clock: RunClock
    private let state = Mutex(State())

    private struct State {
        var nextSlot = Duration.zero
        var heldUntil = Duration.zero
    }

    /// A pacer with `interval` from one request to the next; `nil` for none.
    public init(interval: Duration?, limit: RateLimitFields?, clock: RunClock) {
        self.interval = interval
        self.limit = limit
        self.clock = clock
    }

    /// Waits for the caller's turn; throws when the task is cancelled before it comes.
    func turn() async throws {
        while let pause = reserve() { try await clock.sleep(pause) }
    }

    /// `nil` when the caller may go; else how long to wait before asking again.
    private func reserve() -> Duration? {
        state.withLock { state in
            guard interval != nil || state.heldUntil > .zero else { return nil }
            let now = clock.uptime()
            let free = max(state.nextSlot, state.heldUntil)
            guard free <= now else { return free - now }
            if let interval { state.nextSlot = now + interval }
            return nil
        }
    }

    /// Heeds what an answer says about the target's load.
    func heed(_ response: ResponseMessage) {
        guard response.status == 429 || response.status == 503 || limit != nil,
            let pause = RetryRules.hold(after: response, limit: limit, now: clock.now())
        else { return }
        let until = clock.uptime() + pause
        state.withLock { $0.heldUntil = max($0.heldUntil, until) }
    }
}
