/// The position of an exchange among those of its step.
public struct ExchangePosition: Sendable, Hashable {
    /// The number of the attempt, from 1; of concurrent requests, the number of the request.
    public var attempt: Int
    /// The number of redirects in this attempt before this request: 0 for the request of the step itself.
    public var hop: Int
    /// Whether the request was sent at once with others: those of a burst, or that of the other step of a race.
    public var isConcurrent: Bool

    /// Creates a position.
    public init(attempt: Int = 1, hop: Int = 0, isConcurrent: Bool = false) {
        self.attempt = attempt
        self.hop = hop
        self.isConcurrent = isConcurrent
    }
}
