import Exchanges
internal import Synchronization

/// The response headers in which a target reports how many requests it still accepts.
package struct RateLimitFields: Sendable, Hashable {
    /// The number of requests that are left in the current window.
    package var remaining: String
    /// The seconds until the next window, or its time in seconds since 1970.
    package var reset: String

    /// Names both headers.
    package init(remaining: String, reset: String) {
        self.remaining = remaining
        self.reset = reset
    }
}

/// Limits the rate of requests, and stops them while the target requires a wait.
///
/// Runs that send to the same target at the same time share one pacer.
package final class Pacer: Sendable {
    private let interval: Duration?
    private let limit: RateLimitFields?
    private let clock: RunClock
    private let state = Mutex(State())

    private struct State {
        var nextSlot = Duration.zero
        var heldUntil = Duration.zero
    }

    /// A pacer with `interval` from one request to the next; `nil` for none.
    package init(interval: Duration?, limit: RateLimitFields?, clock: RunClock) {
        self.interval = interval
        self.limit = limit
        self.clock = clock
    }

    /// Waits for the caller's turn; throws when the task is cancelled before.
    func turn() async throws {
        while let pause = reserve() { try await clock.sleep(pause) }
    }

    /// `nil` when the caller may send; else how long to wait before the next call.
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

    /// Waits longer when a response reports that the target is busy.
    func heed(_ response: ResponseMessage) {
        guard response.status == 429 || response.status == 503 || limit != nil,
            let pause = RetryRules.hold(after: response, limit: limit, now: clock.now())
        else { return }
        let until = clock.uptime() + pause
        state.withLock { $0.heldUntil = max($0.heldUntil, until) }
    }
}
