/// A way to send requests: the network, or a stand-in for it.
public protocol Transport: Sendable {
    /// Sends one request and waits for the last byte of the answer, at most `deadline` long.
    ///
    /// Never throws: whatever goes wrong is an outcome. When the calling task is cancelled, the outcome is a
    /// failure of class `cancelled`.
    func send(_ request: RequestMessage, deadline: Duration) async -> ExchangeOutcome

    /// Where those who send one request after the other best run, spread evenly; empty where it makes no difference.
    var executors: [any TaskExecutor] { get }
}

extension Transport {
    /// No preference.
    public var executors: [any TaskExecutor] { [] }
}
