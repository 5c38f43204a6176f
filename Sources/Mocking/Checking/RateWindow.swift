import Exchanges
import Primitives

/// The requests counted in one window of time.
struct RateWindow: Sendable {
    private var count = 0
    private var end: Instant

    /// The state of the limit, for the response headers.
    struct Standing: Sendable {
        let remaining: Int
        /// Seconds to wait; 0 within the limit.
        let retry: Int

        /// For a client that must wait although the limit is not reached.
        var exhausted: Standing { Standing(remaining: 0, retry: max(1, retry)) }
    }

    /// A window that begins at `now`.
    init(_ rule: RateLimitRule, at now: Instant) {
        end = now.advanced(by: .seconds(rule.window))
    }

    /// Counts one request. The wait of a rejected request is shorter than the whole window, and ends the window.
    mutating func count(_ rule: RateLimitRule, at now: Instant) -> Standing {
        // A window also ends when the clock was moved to before its begin.
        if now >= end || end.since(now) > .seconds(rule.window) { self = RateWindow(rule, at: now) }
        guard count >= rule.limit else {
            count += 1
            return Standing(remaining: rule.limit - count, retry: 0)
        }
        let left = end.since(now).components
        let seconds = Int(left.seconds) + (left.attoseconds > 0 ? 1 : 0)
        let retry = max(1, min(seconds, rule.window - 1))
        end = min(end, now.advanced(by: .seconds(retry)))
        return Standing(remaining: 0, retry: retry)
    }
}
