public import Primitives

/// A request that is about to be sent, or that was sent and has no outcome yet.
public struct PendingExchange: Sendable, Hashable {
    /// The position in the order of sending, from 1.
    public var sequence: Int
    /// The scenario's identity: its name, or `name[case]`.
    public var scenario: String
    /// The step's name, expanded.
    public var step: String
    /// The number of the attempt, from 1.
    public var attempt: Int
    /// The number of redirects in this attempt before this request: 0 for the request of the step itself.
    public var hop: Int
    /// The called operation; `nil` if the contract has none with this method and path.
    public var operation: String?
    /// The name of the contract that the exchange is judged against.
    public var contract: String
    /// The request to send.
    public var request: RequestMessage
    /// When sending began.
    public var startedAt: Instant

    /// Creates a pending exchange.
    public init(
        sequence: Int,
        scenario: String,
        step: String,
        attempt: Int = 1,
        hop: Int = 0,
        operation: String?,
        contract: String,
        request: RequestMessage,
        startedAt: Instant
    ) {
        self.sequence = sequence
        self.scenario = scenario
        self.step = step
        self.attempt = attempt
        self.hop = hop
        self.operation = operation
        self.contract = contract
        self.request = request
        self.startedAt = startedAt
    }

    /// Returns the finished exchange.
    public func finished(_ outcome: ExchangeOutcome, after duration: Duration) -> Exchange {
        Exchange(
            sequence: sequence,
            scenario: scenario,
            step: step,
            attempt: attempt,
            hop: hop,
            operation: operation,
            contract: contract,
            request: request,
            outcome: outcome,
            startedAt: startedAt,
            duration: duration
        )
    }
}
