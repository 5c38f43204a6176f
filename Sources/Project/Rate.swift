import Primitives

/// The maximum rate of requests to a target.
package struct Rate: Sendable, Equatable {
    /// Requests, at least 1.
    package var count: Int
    /// The period in which they are sent.
    package var period: Duration

    /// `count` requests in `period`.
    package init(count: Int, per period: Duration) {
        self.count = max(1, count)
        self.period = period
    }

    /// The time from one request to the next.
    package var interval: Duration { period / count }

    /// Reads `10/s`, `60/min` or `1000/h`; `nil` for anything else, for 0 and for more than a million.
    package static func parse(_ text: String) -> Rate? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.allSatisfy(\.isASCIIDigit), let count = Int(parts[0]),
            (1...1_000_000).contains(count)
        else { return nil }
        switch parts[1] {
        case "s", "sec", "second": return Rate(count: count, per: .seconds(1))
        case "m", "min", "minute": return Rate(count: count, per: .seconds(60))
        case "h", "hour": return Rate(count: count, per: .seconds(3600))
        default: return nil
        }
    }
}

/// The response headers in which a target reports its remaining requests.
package struct RateLimitHeaders: Sendable, Equatable {
    /// The number of requests that the target still accepts in the present window.
    package var remaining: String
    /// The seconds until the next window begins.
    package var reset: String

    /// Names both headers.
    package init(remaining: String, reset: String) {
        self.remaining = remaining
        self.reset = reset
    }
}
