public import Mocking

/// How a mock is to be served.
public struct MockOptions: Sendable {
    /// The address to listen on.
    public var host = "127.0.0.1"
    /// The port; 0 takes any free one.
    public var port = 0
    /// What generated values derive from.
    public var seed = "assay"
    /// Rules to break, as ``Breach/isMeant(by:)`` reads them.
    public var breaking: [String] = []
    /// How long answers are held back.
    public var latency: Latency?
    /// What goes wrong with answers on their way.
    public var faults: [FaultRule] = []
    /// Whether pages of other origins may read answers.
    public var isOpenToOrigins = false

    /// Whether any well-formed credentials are accepted.
    public var acceptsAnyCredentials = false
    /// The most bytes of a request's body; `nil` for the usual limit.
    public var maximumBody: Int?
    /// Receives each request that was answered.
    public var log: (@Sendable (MockLogEntry) -> Void)?

    /// An undisturbed mock on any free port.
    public init() {}
}
