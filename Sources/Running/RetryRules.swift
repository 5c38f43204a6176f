internal import Exchanges
internal import Primitives

/// Decides when a request is sent again.
enum RetryRules {
    /// The longest wait that a response may require; after a longer one the request is not retried.
    static let longestPause = Duration.seconds(60)

    /// Whether `outcome` is a failure of the transport or a busy server.
    static func isFault(_ outcome: ExchangeOutcome) -> Bool {
        switch outcome {
        case .response(let response): [429, 502, 503, 504].contains(response.status)
        case .failure(let failure): ![.cancelled, .invalidRequest, .redirect].contains(failure.class)
        }
    }

    /// Whether sending `request` again has no further effect.
    ///
    /// This is so for idempotent methods, for requests with an idempotency key, and where there was no connection.
    static func isSafe(_ request: RequestMessage, after outcome: ExchangeOutcome) -> Bool {
        if MethodSemantics.isIdempotent(request.method) { return true }
        if let failure = outcome.failure, failure.class.isBeforeSending { return true }
        return request.headers.contains { header in
            let name = header.name.lowercased()
            return !header.value.isEmpty && (name == "idempotency-key" || name.hasSuffix("-idempotency-key"))
        }
    }

    /// How long to wait before the next attempt, at least `interval`; `nil` when the response requires too long a wait.
    static func pause(after outcome: ExchangeOutcome, interval: Duration, now: Instant) -> Duration? {
        guard let asked = outcome.response.flatMap({ retryAfter($0, now: now) }) else { return interval }
        return asked > longestPause ? nil : max(asked, interval)
    }

    /// The wait in `retry-after`, in seconds or as a date (RFC 9110, section 10.2.3); `nil` for anything else.
    ///
    /// A date is compared with the server's own clock where the response has its time. A past date means no wait.
    static func retryAfter(_ response: ResponseMessage, now: Instant) -> Duration? {
        guard let text = response.header("retry-after").first, !text.isEmpty else { return nil }
        if let seconds = seconds(text) { return seconds }
        let own = response.header("date").first.flatMap { Instant(httpDate: $0, reference: now) } ?? now
        guard let date = Instant(httpDate: text, reference: own) else { return nil }
        return max(.zero, date.since(own))
    }

    /// How long a response stops all requests: with a busy status and `retry-after`, or when the target's own headers say
    /// that no request is left. `nil` for no time and for more than `longestPause`.
    static func hold(after response: ResponseMessage, limit: RateLimitFields?, now: Instant) -> Duration? {
        var asked: Duration?
        if [429, 503].contains(response.status) { asked = retryAfter(response, now: now) }
        if let limit, let remaining = response.header(limit.remaining).first.flatMap(seconds), remaining == .zero,
            var reset = response.header(limit.reset).first.flatMap(seconds)
        {
            // Some servers send the time of day at which the window ends, in seconds since 1970.
            if reset > .seconds(1_000_000_000) { reset -= .seconds(now.microsecondsSinceEpoch / 1_000_000) }
            asked = max(asked ?? .zero, reset)
        }
        guard let asked, asked > .zero, asked <= longestPause else { return nil }
        return asked
    }

    private static func seconds(_ text: String) -> Duration? {
        guard !text.isEmpty, text.utf8.allSatisfy(\.isASCIIDigit) else { return nil }
        // A number that is too large is a wait that is too long.
        return .seconds(min(Int64(text) ?? .max, 1 << 40))
    }
}

/// How many retries a whole run may make: a server that is down must not get a multiple of the load.
struct RetryBudget {
    private var spent = 0

    /// Ten, and one more for every five requests that were sent.
    mutating func take(sent: Int) -> Bool {
        guard spent < 10 + sent / 5 else { return false }
        spent += 1
        return true
    }
}
