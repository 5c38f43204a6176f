import Primitives

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
        /// The deadline passed before there was a connection.
        case connectTimedOut
        /// The server's certificate is not valid any more, or not yet.
        case tlsExpired
        /// The server's certificate is for another host.
        case tlsHost
        /// Nobody who is trusted vouches for the server's certificate.
        case tlsUntrusted
        /// No secure connection came about, for another reason.
        case tls
        /// The deadline passed before the head of an answer was there.
        case timedOut
        /// The deadline passed inside the body.
        case bodyTimedOut
        /// The connection was closed before an answer.
        case reset
        /// The connection was closed inside the answer.
        case truncated
        /// The answer is not HTTP, or its framing contradicts itself.
        case protocolError
        /// The body of the answer is encoded in a way that nobody asked for.
        case badEncoding
        /// The answer is larger than the limit.
        case tooLarge
        /// The answer is a redirect, was to be followed, and leads nowhere that it may lead to.
        case redirect
        /// No response is recorded for the request.
        case notRecorded
        /// The request differs from the one that the recorded response belongs to.
        case requestDiffers
        /// The run was interrupted.
        case cancelled
        /// The request cannot be sent as it is.
        case invalidRequest
        /// Anything else.
        case other

        /// Whether the request cannot have left: there was no connection to send it over.
        public var isBeforeSending: Bool {
            switch self {
            case .connectionRefused, .unresolved, .connectTimedOut, .tlsExpired, .tlsHost, .tlsUntrusted, .tls,
                .invalidRequest, .notRecorded, .requestDiffers:
                true
            case .timedOut, .bodyTimedOut, .reset, .truncated, .protocolError, .badEncoding, .tooLarge, .redirect,
                .cancelled, .other:
                false
            }
        }
    }
}
