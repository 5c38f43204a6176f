/// Why no response was received: a fault of the way, not of the API's answer.
public struct TransportFailure: Error, Sendable, Hashable {
    /// The kind of fault.
    public var `class`: Class
    /// What happened, in one sentence.
    public var message: String

    /// A fault of `class`.
    public init(_ class: Class, _ message: String) {
        self.class = `class`
        self.message = message
    }

    /// The kinds of fault that users tell apart.
    public enum Class: String, Sendable, Hashable, CaseIterable {
        /// Nothing listens at the address.
        case connectionRefused
        /// The host's name leads to no address.
        case unresolved
        /// No secure connection came about.
        case tls
        /// The deadline passed before the last byte.
        case timedOut
        /// The connection was closed before an answer.
        case reset
        /// The connection was closed inside the answer.
        case truncated
        /// The answer is not HTTP.
        case protocolError
        /// The answer is larger than the limit.
        case tooLarge
        /// The run was interrupted.
        case cancelled
        /// The request cannot be sent as it is.
        case invalidRequest
        /// Anything else.
        case other
    }
}
