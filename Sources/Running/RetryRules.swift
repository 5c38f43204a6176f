internal import Exchanges

/// When a request is sent again because nobody has answered it.
enum RetryRules {
    /// The longest that a response may ask to wait; one that asks for more is not retried but stands as it is.
    static let longestPause = Duration.seconds(60)

    /// Whether `outcome` is a fault of the way or of the moment.
    static func isFault(_ outcome: ExchangeOutcome) -> Bool {
        switch outcome {
        case .response(let response): [429, 502, 503, 504].contains(response.status)
        case .failure(let failure): failure.class != .cancelled && failure.class != .invalidRequest
        }
    }

    /// How long to wait before the next try, at least `interval`; `nil` when the response asks for too long.
    static func pause(after outcome: ExchangeOutcome, interval: Duration) -> Duration? {
        guard let asked = outcome.response.flatMap(retryAfter) else { return interval }
        return asked > longestPause ? nil : max(asked, interval)
    }

    /// `retry-after` in seconds (RFC 9110, 10.2.3); its form as a date is passed over.
    private static func retryAfter(_ response: ResponseMessage) -> Duration? {
        guard let text = response.header("retry-after").first, !text.isEmpty,
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return .seconds(Int64(text) ?? .max)
    }
}
