/// A way to send requests: the network, or a stand-in for it.
public protocol Transport: Sendable {
    /// Sends one request and waits for the last byte of the answer, at most `deadline` long.
    ///
    /// Never throws: whatever goes wrong is an outcome. When the calling task is cancelled, the outcome is a
    /// failure of class `cancelled`.
    ///
    /// - Parameter meanwhile: Is called once, when the request is on its way, or will not be: the time for what need
    ///   not be done before.
    func send(_ request: RequestMessage, deadline: Duration, meanwhile: () -> Void) async -> ExchangeOutcome

    /// Sends the request of a step, as ``send(_:deadline:meanwhile:)`` does.
    ///
    /// Transports that respond from recordings look it up by its step; those that use the network report by its name what
    /// arrives after its response.
    func send(_ pending: PendingExchange, deadline: Duration, meanwhile: () -> Void) async -> ExchangeOutcome

    /// Returns what arrived after the responses of named exchanges, each defect once. Called when nothing is under
    /// way any more; may wait a moment for bytes that are still on their way.
    func takeLateDefects() async -> [LateDefect]

    /// Whether a step can be tried once more. A transport that responds from recordings has only the recorded attempts:
    /// how many there were depended on how long the server took.
    func hasAttempt(_ attempt: Int, ofStep step: String, in scenario: String) -> Bool

    /// Where those who send one request after the other best run, spread evenly; empty where it makes no difference.
    var executors: [any TaskExecutor] { get }
}

extension Transport {
    /// Sends one request, with nothing to do meanwhile.
    public func send(_ request: RequestMessage, deadline: Duration) async -> ExchangeOutcome {
        await send(request, deadline: deadline, meanwhile: {})
    }

    /// Sends the request alone.
    public func send(_ pending: PendingExchange, deadline: Duration, meanwhile: () -> Void) async -> ExchangeOutcome {
        await send(pending.request, deadline: deadline, meanwhile: meanwhile)
    }

    /// Nothing: for transports whose responses cannot be followed by anything.
    public func takeLateDefects() async -> [LateDefect] { [] }

    /// Always.
    public func hasAttempt(_ attempt: Int, ofStep step: String, in scenario: String) -> Bool { true }

    /// No preference.
    public var executors: [any TaskExecutor] { [] }
}
