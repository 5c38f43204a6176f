public import Primitives

/// A request that is about to leave, or has left and was never heard of again.
public struct PendingExchange: Sendable, Hashable {
    /// The place in the order of sending, from 1.
    public var sequence: Int
    /// The scenario's identity: its name, or `name[case]`.
    public var scenario: String
    /// The step's name, expanded.
    public var step: String
    /// Which try of the step this is, from 1.
    public var attempt: Int
    /// How many redirects of this try led to it: 0 for the request of the step itself.
    public var hop: Int
    /// The operation that is called; `nil` where the contract has none of that method and path.
    public var operation: String?
    /// The name of the contract that the exchange is judged by.
    public var contract: String
    /// What is sent.
    public var request: RequestMessage
    /// When sending began.
    public var startedAt: Instant

    /// A request on its way.
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

    /// The exchange that it became.
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
