internal import AsyncHTTPClient
internal import Exchanges
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTP2
internal import NIOPosix
internal import NIOSSL
internal import Primitives

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

extension TransportFailure {
    /// Creates the failure for `error`, described in our terms.
    init(_ error: any Error, inside part: ResponsePart) {
        switch error {
        case let error as RefusedResponse: self = error.failure
        case let error as HTTP1Fault: self.init(error)
        case is NIOHTTPDecoderError:
            self.init(.protocolError, "the server sent a response without a request")
        case let error as HTTP2Fault: self.init(error, inside: part)
        case is CancellationError: self.init(.cancelled, "the run was interrupted")
        case let error as HTTPClientError: self.init(error, part)
        case let error as HTTPParserError: self.init(error)
        case let error as NIOConnectionError: self.init(error)
        case let error as IOError: self.init(code: error.errnoCode, part)
        case is NIOTooManyBytesError: self.init(.tooLarge, "the response is larger than the limit")
        case let error as ChannelError: self.init(error, part)
        case let error as NIOSSLError: self.init(error, part)
        case let error as NIOSSLExtraError where error == .failedToValidateHostname:
            self.init(.tlsHost, "the server's certificate is for another host")
        // With TLS 1.3, a server rejects a client's certificate only after the handshake.
        case let error as BoringSSLError: self.init(tls: error)
        case is NIOSSLExtraError: self.init(.tls, "no TLS connection could be established")
        case let error as any NIOHTTP2Error: self.init(HTTP2Fault.broken(error), inside: part)
        default:
            let type = String(reflecting: Swift.type(of: error))
            // The library does not make this error public.
            self =
                type.isSame(as: "AsyncHTTPClient.HTTP2ReceivedGoAwayBeforeSettingsError")
                ? Self(.reset, "the server closed the connection before it accepted a request (GOAWAY)")
                : Self(.other, "the exchange failed for an unknown reason")
        }
    }

    private init(_ fault: HTTP1Fault) {
        switch fault {
        case .notSent: self.init(.protocolError, "every connection received bytes that do not belong to a response")
        case .spokeFirst:
            self.init(.protocolError, "the server sent bytes before it received a request; it may use another protocol")
        }
    }

    private init(_ error: HTTPClientError, _ part: ResponsePart) {
        switch error {
        case .cancelled, .requestStreamCancelled:
            // The run itself did not request this.
            self.init(closedInside: part)
        case .connectTimeout, .getConnectionFromPoolTimeout:
            self.init(.connectTimedOut, "no connection was established in time")
        case .deadlineExceeded, .readTimeout, .writeTimeout:
            self.init(.timedOut, "no complete response was received before the deadline")
        case .tlsHandshakeTimeout:
            self.init(.tls, "the TLS handshake did not complete")
        case .remoteConnectionClosed:
            self.init(closedInside: part)
        case .uncleanShutdown:
            self.init(.truncated, "the TLS connection was closed before the response was complete")
        case .invalidURL, .emptyHost, .emptyScheme, .traceRequestWithBody, .bodyLengthMismatch:
            self.init(.invalidRequest, "the request cannot be sent: its URL or body is not valid")
        default:
            self.init(.other, "the exchange failed for an unknown reason")
        }
    }

    private init(_ error: HTTPParserError) {
        switch error {
        case .invalidEOFState, .closedConnection:
            self.init(.truncated, "the connection was closed before the response was complete")
        case .headerOverflow:
            self.init(.tooLarge, "the header section of the response is too large")
        case .invalidContentLength, .unexpectedContentLength:
            self.init(.protocolError, "the response has an invalid or contradictory content-length")
        case .invalidChunkSize:
            self.init(.protocolError, "the response has a chunk with an invalid size")
        default:
            self.init(.protocolError, "the response is not HTTP")
        }
    }

    private init(_ error: NIOConnectionError) {
        let codes = error.connectionErrors.compactMap { ($0.error as? IOError)?.errnoCode }
        if let code = codes.first {
            self.init(code: code, .nothing)
        } else if error.connectionErrors.contains(where: { $0.error is ChannelError }) {
            self.init(.connectTimedOut, "no connection was established in time")
        } else if error.dnsAError != nil || error.dnsAAAAError != nil {
            self.init(.unresolved, "the host name \(error.host) cannot be resolved")
        } else {
            self.init(.other, "no connection could be established")
        }
    }

    private init(_ error: ChannelError, _ part: ResponsePart) {
        switch error {
        case .connectTimeout: self.init(.connectTimedOut, "no connection was established in time")
        default: self.init(closedInside: part)
        }
    }

    private init(code: Int32, _ part: ResponsePart) {
        switch code {
        case ECONNREFUSED:
            self.init(.connectionRefused, "the connection was refused: no server listens at that address and port")
        case ECONNRESET, EPIPE, ECONNABORTED, ENOTCONN: self.init(closedInside: part)
        case ETIMEDOUT: self.init(.connectTimedOut, "no connection was established in time")
        default: self.init(.other, "the connection failed: \(String(cString: strerror(code)))")
        }
    }

    private init(closedInside part: ResponsePart) {
        switch part {
        case .nothing, .head: self.init(.reset, "the connection was closed before a response was received")
        case .body: self.init(.truncated, "the connection was closed before the response was complete")
        }
    }

    /// The reason is available only in the text of the library's error.
    private init(tls error: BoringSSLError) {
        let reason = String(describing: error)
        func has(_ names: String...) -> Bool { names.contains { reason.contains($0) } }
        if has("UNSUPPORTED_PROTOCOL", "PROTOCOL_VERSION") {
            self.init(.tls, "the server supports no TLS version from 1.2 on; older versions are not accepted")
        } else if has("CERTIFICATE_VERIFY_FAILED") {
            self.init(.tlsUntrusted, "the server's certificate is not signed by a trusted authority")
        } else if has("WRONG_VERSION_NUMBER", "HTTP_REQUEST") {
            self.init(.tls, "the server does not use TLS on this port")
        } else if has("ALERT_CERTIFICATE_REQUIRED") {
            self.init(.tls, "the server requires a client certificate: set `cert` of the target, or pass --cert")
        } else if has("ALERT_BAD_CERTIFICATE", "ALERT_UNKNOWN_CA", "ALERT_CERTIFICATE_", "ALERT_UNSUPPORTED_CERT") {
            // RFC 8446, section 6.2: these alerts are about the certificate that we sent.
            self.init(.tls, "the server rejected the client certificate")
        } else {
            self.init(.tls, "no TLS connection could be established")
        }
    }

    private init(_ error: NIOSSLError, _ part: ResponsePart) {
        switch error {
        case .uncleanShutdown:
            self.init(closedInside: part)
        case .handshakeFailed(let cause): self.init(tls: cause)
        case .unableToValidateCertificate, .noCertificateToValidate:
            self.init(.tlsUntrusted, "the server's certificate is not signed by a trusted authority")
        default:
            self.init(.tls, "no TLS connection could be established")
        }
    }
}
