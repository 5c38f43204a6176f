import Exchanges

/// The requests counted in one window of time.
struct RateWindow: Sendable {
    private var count = 0
    private var end: Instant

    /// What a client is told.
    struct Standing: Sendable {
        let remaining: Int
        /// Seconds to wait; 0 inside the limit.
        let retry: Int

        /// What a client is told who has to wait, though not because of what was counted.
        var exhausted: Standing { Standing(remaining: 0, retry: max(1, retry)) }
    }

    /// A window that begins now.
    init(_ rule: RateLimitRule, at now: Instant) {
        end = now.advanced(by: .seconds(rule.window))
    }

    /// Counts one request. A refused one is told to wait less than the whole window, and the window ends then.
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
