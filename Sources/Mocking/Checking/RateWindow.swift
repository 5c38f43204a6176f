import Exchanges
import Primitives

/// The requests counted in one window of time.
struct RateWindow: Sendable {
    private var count = 0
    private var end: Instant

    /// What the response headers say about the limit.
    struct Standing: Sendable {
        let remaining: Int
        /// Seconds to wait; 0 inside the limit.
        let retry: Int

        /// For a client that has to wait for another reason than the count.
        var exhausted: Standing { Standing(remaining: 0, retry: max(1, retry)) }
    }

    /// A window that begins now.
    init(_ rule: RateLimitRule, at now: Instant) {
        end = now.advanced(by: .seconds(rule.window))
    }

    /// Counts one request. A rejected one has to wait for less than the whole window, and the window ends then.
    mutating func count(_ rule: RateLimitRule, at now: Instant) -> Standing {
        if now >= end { self = RateWindow(rule, at: now) }
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
