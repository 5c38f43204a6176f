/// A way to send requests: the network, or a replacement for it.
public protocol Transport: Sendable {
    /// Sends one request and waits up to `deadline` for the last byte of the response.
    ///
    /// It never throws: every failure is an outcome. If the calling task is cancelled, the outcome is a failure of
    /// class `cancelled`.
    ///
    /// - Parameter meanwhile: Called once, after the request has been sent or has failed to be sent. Use it for work
    ///   that can overlap with waiting.
    func send(_ request: RequestMessage, deadline: Duration, meanwhile: () -> Void) async -> ExchangeOutcome

    /// Sends the request of a step, like ``send(_:deadline:meanwhile:)``.
    ///
    /// Transports that replay recordings find the response by the step. Transports that use the network name the step
    /// when they report bytes that arrive after the response.
    func send(_ pending: PendingExchange, deadline: Duration, meanwhile: () -> Void) async -> ExchangeOutcome

    /// Sends several requests at once, each over a connection of its own where the transport has connections, and returns
    /// when all of them have an outcome.
    ///
    /// A transport without a network responds to them in their order, so that its results are the same in every run.
    ///
    /// - Parameter received: Called once for each request, with its index, as soon as its outcome is known. Calls may
    ///   come from several threads.
    func send(
        together requests: [PendingExchange], deadline: Duration,
        received: @escaping @Sendable (_ index: Int, ExchangeOutcome) -> Void
    ) async

    /// Returns defects that arrived after the responses of exchanges, each once.
    ///
    /// Call it when no request is in progress. It may wait briefly for bytes that are still in transit.
    func takeLateDefects() async -> [LateDefect]

    /// Whether a step can be attempted again.
    ///
    /// A transport that replays recordings has only the recorded attempts; their number depended on the server's speed.
    func hasAttempt(_ attempt: Int, ofStep step: String, in scenario: String) -> Bool

    /// The executors on which sequential senders run best, to be used evenly; empty if it makes no difference.
    var executors: [any TaskExecutor] { get }
}

extension Transport {
    /// Sends one request without other work meanwhile.
    public func send(_ request: RequestMessage, deadline: Duration) async -> ExchangeOutcome {
        await send(request, deadline: deadline, meanwhile: {})
    }

    /// Sends the request and ignores the step.
    public func send(_ pending: PendingExchange, deadline: Duration, meanwhile: () -> Void) async -> ExchangeOutcome {
        await send(pending.request, deadline: deadline, meanwhile: meanwhile)
    }

    /// Sends each request in a task of its own.
    public func send(
        together requests: [PendingExchange], deadline: Duration,
        received: @escaping @Sendable (_ index: Int, ExchangeOutcome) -> Void
    ) async {
        await withTaskGroup(of: Void.self) { group in
            for (index, request) in requests.enumerated() {
                group.addTask { received(index, await send(request, deadline: deadline, meanwhile: {})) }
            }
        }
    }

    /// Sends the requests one after the other, for transports whose responses are known at once.
    public func send(
        inOrder requests: [PendingExchange], deadline: Duration,
        received: @Sendable (_ index: Int, ExchangeOutcome) -> Void
    ) async {
        for (index, request) in requests.enumerated() {
            received(index, await send(request, deadline: deadline, meanwhile: {}))
        }
    }

    /// Returns nothing, for transports that cannot receive anything after a response.
    public func takeLateDefects() async -> [LateDefect] { [] }

    /// Returns true.
    public func hasAttempt(_ attempt: Int, ofStep step: String, in scenario: String) -> Bool { true }

    /// No preference.
    public var executors: [any TaskExecutor] { [] }
}
