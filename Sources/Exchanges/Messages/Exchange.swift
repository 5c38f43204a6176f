public import Primitives

/// What came of a request.
public enum ExchangeOutcome: Sendable, Hashable {
    /// The answer, whatever its status.
    case response(ResponseMessage)
    /// No answer, and why.
    case failure(TransportFailure)

    /// The answer, if there is one.
    public var response: ResponseMessage? {
        if case .response(let response) = self { response } else { nil }
    }

    /// The fault, if there is one.
    public var failure: TransportFailure? {
        if case .failure(let failure) = self { failure } else { nil }
    }
}

/// One request that was sent and what came of it.
public struct Exchange: Sendable, Hashable {
    /// The place in the order of sending, from 1.
    public var sequence: Int
    /// The scenario's identity: its name, or `name[case]`.
    public var scenario: String
    /// The step's name, expanded: `alternatives[ClientId+ClientSecret]`.
    public var step: String
    /// Which try of the step this is, from 1.
    public var attempt: Int
    /// How many redirects of this try led to it: 0 for the request of the step itself.
    public var hop: Int
    /// The operation that was called; `nil` where the contract has none of that method and path.
    public var operation: String?
    /// The name of the contract that the exchange is judged by.
    public var contract: String
    /// What was sent.
    public var request: RequestMessage
    /// What was received, or why nothing was.
    public var outcome: ExchangeOutcome
    /// When sending began.
    public var startedAt: Instant
    /// How long it took to the last byte.
    public var duration: Duration

    /// One exchange.
    public init(
        sequence: Int,
        scenario: String,
        step: String,
        attempt: Int = 1,
        hop: Int = 0,
        operation: String?,
        contract: String,
        request: RequestMessage,
        outcome: ExchangeOutcome,
        startedAt: Instant,
        duration: Duration
    ) {
        self.sequence = sequence
        self.scenario = scenario
        self.step = step
        self.attempt = attempt
        self.hop = hop
        self.operation = operation
        self.contract = contract
        self.request = request
        self.outcome = outcome
        self.startedAt = startedAt
        self.duration = duration
    }

    /// The answer, if there is one.
    public var response: ResponseMessage? { outcome.response }
}
