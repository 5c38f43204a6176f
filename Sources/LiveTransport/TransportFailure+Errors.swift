internal import AsyncHTTPClient
internal import Exchanges
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTP2
internal import NIOPosix
internal import NIOSSL

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

extension TransportFailure {
    /// The fault that `error` stands for, in words of this product.
    init(_ error: any Error, inside part: AnswerPart) {
        switch error {
        case let error as RefusedAnswer: self = error.failure
        case let error as HTTP1Fault: self.init(error)
        case is NIOHTTPDecoderError:
            self.init(.protocolError, "The server sent a response without a request.")
        case let error as HTTP2Fault: self.init(error, inside: part)
        case is CancellationError: self.init(.cancelled, "The run was interrupted.")
        case let error as HTTPClientError: self.init(error, part)
        case let error as HTTPParserError: self.init(error)
        case let error as NIOConnectionError: self.init(error)
        case let error as IOError: self.init(code: error.errnoCode, part)
        case is NIOTooManyBytesError: self.init(.tooLarge, "The answer is larger than the limit.")
        case let error as ChannelError: self.init(error, part)
        case let error as NIOSSLError: self.init(error, part)
        case let error as NIOSSLExtraError where error == .failedToValidateHostname:
            self.init(.tlsHost, "The server's certificate is for another host.")
        case is NIOSSLExtraError, is BoringSSLError: self.init(.tls, "No TLS connection could be established.")
        case let error as any NIOHTTP2Error: self.init(HTTP2Fault.broken(error), inside: part)
        default:
            let type = String(reflecting: Swift.type(of: error))
            // The library shows this one to nobody.
            self =
                type.utf8.elementsEqual("AsyncHTTPClient.HTTP2ReceivedGoAwayBeforeSettingsError".utf8)
                ? Self(.reset, "The server gave the connection up before it took a request (GOAWAY).")
                : Self(.other, "The exchange failed for an unknown reason.")
        }
    }

    private init(_ fault: HTTP1Fault) {
        switch fault {
        case .notSent: self.init(.protocolError, "Every connection carried bytes that belong to no response.")
        case .spokeFirst:
            self.init(.protocolError, "The server sent bytes before it had a request; it may speak another protocol.")
        }
    }

    private init(_ error: HTTPClientError, _ part: AnswerPart) {
        switch error {
        case .cancelled, .requestStreamCancelled:
            // The run itself asked for nothing of the kind.
            self.init(closedInside: part)
        case .connectTimeout, .getConnectionFromPoolTimeout:
            self.init(.connectTimedOut, "No connection was established in time.")
        case .deadlineExceeded, .readTimeout, .writeTimeout:
            self.init(.timedOut, "No complete answer came before the deadline.")
        case .tlsHandshakeTimeout:
            self.init(.tls, "The TLS handshake did not come to an end.")
        case .remoteConnectionClosed:
            self.init(closedInside: part)
        case .uncleanShutdown:
            self.init(.truncated, "The secure connection was closed inside the answer.")
        case .invalidURL, .emptyHost, .emptyScheme, .traceRequestWithBody, .bodyLengthMismatch:
            self.init(.invalidRequest, "The request cannot be sent: its URL or body is not valid.")
        default:
            self.init(.other, "The exchange failed for an unknown reason.")
        }
    }

    private init(_ error: HTTPParserError) {
        switch error {
        case .invalidEOFState, .closedConnection:
            self.init(.truncated, "The connection was closed inside the answer.")
        case .headerOverflow:
            self.init(.tooLarge, "The header of the answer is too large.")
        case .invalidContentLength, .unexpectedContentLength:
            self.init(.protocolError, "The answer has a content-length that is wrong or contradicts itself.")
        case .invalidChunkSize:
            self.init(.protocolError, "The answer has a chunk with a wrong size.")
        default:
            self.init(.protocolError, "The answer is not HTTP.")
        }
    }

    private init(_ error: NIOConnectionError) {
        let codes = error.connectionErrors.compactMap { ($0.error as? IOError)?.errnoCode }
        if let code = codes.first {
            self.init(code: code, .nothing)
        } else if error.connectionErrors.contains(where: { $0.error is ChannelError }) {
            self.init(.connectTimedOut, "No connection was established in time.")
        } else if error.dnsAError != nil || error.dnsAAAAError != nil {
            self.init(.unresolved, "The host name \(error.host) leads to no address.")
        } else {
            self.init(.other, "No connection could be established.")
        }
    }

    private init(_ error: ChannelError, _ part: AnswerPart) {
        switch error {
        case .connectTimeout: self.init(.connectTimedOut, "No connection was established in time.")
        default: self.init(closedInside: part)
        }
    }

    private init(code: Int32, _ part: AnswerPart) {
        switch code {
        case ECONNREFUSED:
            self.init(.connectionRefused, "The connection was refused: nothing listens at that address and port.")
        case ECONNRESET, EPIPE, ECONNABORTED, ENOTCONN: self.init(closedInside: part)
        case ETIMEDOUT: self.init(.connectTimedOut, "No connection was established in time.")
        default: self.init(.other, "The connection failed: \(String(cString: strerror(code))).")
        }
    }

    private init(closedInside part: AnswerPart) {
        switch part {
        case .nothing, .head: self.init(.reset, "The connection was closed before an answer.")
        case .body: self.init(.truncated, "The connection was closed inside the answer.")
        }
    }

    private init(_ error: NIOSSLError, _ part: AnswerPart) {
        switch error {
        case .uncleanShutdown:
            self.init(closedInside: part)
        case .handshakeFailed(let cause):
            // The reason stands only in the text of the library's error.
            let reason = String(describing: cause)
            if reason.contains("UNSUPPORTED_PROTOCOL") || reason.contains("PROTOCOL_VERSION") {
                self.init(.tls, "The server supports no TLS version from 1.2 on; older ones are not accepted.")
            } else if reason.contains("CERTIFICATE_VERIFY_FAILED") {
                self.init(.tlsUntrusted, "The server's certificate is not signed by a trusted authority.")
            } else if reason.contains("WRONG_VERSION_NUMBER") || reason.contains("HTTP_REQUEST") {
                self.init(.tls, "The server does not speak TLS at this port.")
            } else {
                self.init(.tls, "No TLS connection could be established.")
            }
        case .unableToValidateCertificate, .noCertificateToValidate:
            self.init(.tlsUntrusted, "The server's certificate is not signed by a trusted authority.")
        default:
            self.init(.tls, "No TLS connection could be established.")
        }
    }
}
