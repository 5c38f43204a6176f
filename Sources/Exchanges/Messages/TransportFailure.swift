import Primitives

/// Why no response was received: a failure of the connection, not of the API.
public struct TransportFailure: Error, Sendable, Hashable {
    /// The class of the failure.
    public var `class`: Class
    /// A description of the failure, in one sentence.
    public var message: String

    /// Creates a failure of `class`.
    public init(_ class: Class, _ message: String) {
        self.class = `class`
        self.message = message
    }

    /// The classes of failures that users need to distinguish.
    public enum Class: String, Sendable, Hashable, CaseIterable {
        /// Nothing listens at the address.
        case connectionRefused
        /// The host name cannot be resolved.
        case unresolved
        /// The deadline passed before the connection was established.
        case connectTimedOut
        /// The proxy cannot be reached, or refuses the request.
        case proxy
        /// No token for the credentials could be obtained.
        case token
        /// The server's certificate has expired or is not valid yet.
        case tlsExpired
        /// The server's certificate is for another host.
        case tlsHost
        /// The server's certificate is not signed by a trusted authority.
        case tlsUntrusted
        /// The TLS connection failed for another reason.
        case tls
        /// The deadline passed before the response head was received.
        case timedOut
        /// The deadline passed while the body was being received.
        case bodyTimedOut
        /// The connection was closed before a response.
        case reset
        /// The connection was closed inside the response.
        case truncated
        /// The response is not HTTP, or its framing contradicts itself.
        case protocolError
        /// The response body has a content encoding that the request did not accept.
        case badEncoding
        /// The response is larger than the limit.
        case tooLarge
        /// The response is a redirect that cannot be followed.
        case redirect
        /// No recorded response matches the request.
        case notRecorded
        /// The request differs from the recorded request.
        case requestDiffers
        /// No delivery of an awaited webhook arrived within the limit.
        case undelivered
        /// The run was interrupted.
        case cancelled
        /// The request is invalid and cannot be sent.
        case invalidRequest
        /// Any other failure.
        case other

        /// Whether the request was certainly not sent: there was no connection.
        public var isBeforeSending: Bool {
            switch self {
            case .connectionRefused, .unresolved, .connectTimedOut, .proxy, .token, .tlsExpired, .tlsHost,
                .tlsUntrusted, .tls, .invalidRequest, .notRecorded, .requestDiffers:
                true
            case .timedOut, .bodyTimedOut, .reset, .truncated, .protocolError, .badEncoding, .tooLarge, .redirect,
                .undelivered, .cancelled, .other:
                false
            }
        }
    }
}
