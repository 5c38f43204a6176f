public import Primitives

/// A request that is about to be sent, or that was sent and has no outcome yet.
public struct PendingExchange: Sendable, Hashable {
    /// The position in the order of sending, from 1.
    public var sequence: Int
    /// The scenario's identity: its name, or `name[case]`.
    public var scenario: String
    /// The step's name, expanded.
    public var step: String
    /// The position among the exchanges of the step.
    public var position: ExchangePosition
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
        isConcurrent: Bool = false,
        operation: String?,
        contract: String,
        request: RequestMessage,
        startedAt: Instant
    ) {
        self.sequence = sequence
        self.scenario = scenario
        self.step = step
        position = ExchangePosition(attempt: attempt, hop: hop, isConcurrent: isConcurrent)
        self.operation = operation
        self.contract = contract
        self.request = request
        self.startedAt = startedAt
    }

    /// The number of the attempt, from 1; of concurrent requests, the number of the request.
    public var attempt: Int { position.attempt }
    /// The number of redirects in this attempt before this request: 0 for the request of the step itself.
    public var hop: Int { position.hop }

    /// Returns the finished exchange.
    public func finished(_ outcome: ExchangeOutcome, after duration: Duration) -> Exchange {
        Exchange(
            sequence: sequence,
            scenario: scenario,
            step: step,
            attempt: attempt,
            hop: hop,
            isConcurrent: position.isConcurrent,
            operation: operation,
            contract: contract,
            request: request,
            outcome: outcome,
            startedAt: startedAt,
            duration: duration
        )
    }
}
