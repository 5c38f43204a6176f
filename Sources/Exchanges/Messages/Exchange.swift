public import Primitives

/// The outcome of a request.
public enum ExchangeOutcome: Sendable, Hashable {
    /// The response, whatever its status.
    case response(ResponseMessage)
    /// The reason why no response was received.
    case failure(TransportFailure)

    /// The response, if there is one.
    public var response: ResponseMessage? {
        if case .response(let response) = self { response } else { nil }
    }

    /// The failure, if there is one.
    public var failure: TransportFailure? {
        if case .failure(let failure) = self { failure } else { nil }
    }
}

/// One request with its response or transport failure.
public struct Exchange: Sendable, Hashable {
    /// The position in the order of sending, from 1.
    public var sequence: Int
    /// The scenario's identity: its name, or `name[case]`.
    public var scenario: String
    /// The step's name, expanded: `alternatives[ClientId+ClientSecret]`.
    public var step: String
    /// The position among the exchanges of the step.
    public var position: ExchangePosition
    /// The called operation; `nil` if the contract has none with this method and path.
    public var operation: String?
    /// The name of the contract that the exchange is judged against.
    public var contract: String
    /// The request as sent.
    public var request: RequestMessage
    /// The response, or why none was received.
    public var outcome: ExchangeOutcome
    /// When sending began.
    public var startedAt: Instant
    /// The time to the last byte.
    public var duration: Duration

    /// Creates an exchange.
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
        outcome: ExchangeOutcome,
        startedAt: Instant,
        duration: Duration
    ) {
        self.sequence = sequence
        self.scenario = scenario
        self.step = step
        position = ExchangePosition(attempt: attempt, hop: hop, isConcurrent: isConcurrent)
        self.operation = operation
        self.contract = contract
        self.request = request
        self.outcome = outcome
        self.startedAt = startedAt
        self.duration = duration
    }

    /// The number of the attempt, from 1; of concurrent requests, the number of the request.
    public var attempt: Int {
        get { position.attempt }
        set { position.attempt = newValue }
    }
    /// The number of redirects in this attempt before this request: 0 for the request of the step itself.
    public var hop: Int {
        get { position.hop }
        set { position.hop = newValue }
    }

    /// The response, if there is one.
    public var response: ResponseMessage? { outcome.response }

    /// The message that the target sent: its response, or its request if the exchange is a delivery. The request has
    /// the status of our response. `nil` if the target sent nothing.
    public var received: ResponseMessage? {
        guard request.isReceived else { return response }
        return response.map { reply in
            ResponseMessage(
                status: reply.status, version: reply.version, headers: request.headers, body: request.body ?? [],
                cut: request.cut)
        }
    }
}
