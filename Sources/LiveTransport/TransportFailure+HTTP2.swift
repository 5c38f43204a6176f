internal import AsyncHTTPClient
internal import Exchanges
internal import NIOCore
internal import NIOHTTP2
internal import Primitives

extension TransportFailure {
    /// Creates the failure for an HTTP/2 connection or stream, described in our terms.
    init(_ fault: HTTP2Fault, inside part: ResponsePart) {
        switch fault {
        case .noAnswer(let message): self.init(.protocolError, message)
        case .unprocessed:
            self.init(.reset, "the server closed the connection before it processed the request (GOAWAY)")
        case .reset(.refusedStream): self.init(.reset, "the server refused the request (REFUSED_STREAM)")
        case .reset(let code):
            switch part {
            case .nothing, .head:
                self.init(
                    .reset, "the server reset the stream before a response was received (RST_STREAM, \(code.name))")
            case .body:
                self.init(
                    .truncated,
                    "the server reset the stream before the response was complete (RST_STREAM, \(code.name))")
            }
        case .goneAway(let code):
            switch part {
            case .nothing, .head:
                self.init(.reset, "the connection was closed before a response was received (GOAWAY, \(code.name))")
            case .body:
                self.init(
                    .truncated, "the connection was closed before the response was complete (GOAWAY, \(code.name))")
            }
        case .closed:
            switch part {
            case .nothing, .head: self.init(.reset, "the connection was closed before a response was received")
            case .body: self.init(.truncated, "the connection was closed before the response was complete")
            }
        case .broken(let error): self.init(brokenBy: error)
        case .wrongAnswer(let error): self.init(brokenBy: error)
        }
    }

    private init(brokenBy error: (any Error)?) {
        switch error {
        case is NIOHTTP2Errors.ExcessivelyLargeHeaderBlock, is NIOHTTP2Errors.ExcessiveContinuationFrames:
            self.init(.tooLarge, "the header section of the response is too large")
        case is NIOHTTP2Errors.ContentLengthViolated, is NIOHTTP2Errors.ContentLengthHeadersMismatch,
            is NIOHTTP2Errors.ContentLengthHeaderNegative, is NIOHTTP2Errors.ContentLengthHeaderMalformedValue:
            self.init(.protocolError, "the response has an invalid or contradictory content-length")
        case is NIOHTTP2Errors.UnableToParseFrame:
            self.init(
                .protocolError, "the server sent an invalid HTTP/2 frame, or a header section over 16 KiB")
        case is NIOHTTP2Errors.InvalidHTTP2HeaderFieldName, is NIOHTTP2Errors.InvalidHTTP2HeaderFieldValue,
            is NIOHTTP2Errors.ForbiddenHeaderField:
            self.init(.protocolError, "the response has a header that HTTP/2 forbids")
        case is NIOHTTP2Errors.ExcessiveEmptyDataFrames, is NIOHTTP2Errors.ExcessiveControlFrames,
            is NIOHTTP2Errors.ExcessiveRSTFrames, is NIOHTTP2Errors.ExcessiveNumberOfGlitches,
            is NIOHTTP2Errors.ExcessiveStreamErrors:
            self.init(.protocolError, "the server floods the connection with empty frames")
        case is NIOHTTP2Errors.FlowControlViolation, is NIOHTTP2Errors.InvalidFlowControlWindowSize,
            is NIOHTTP2Errors.InvalidWindowIncrementSize:
            self.init(.protocolError, "the server sent more data than HTTP/2 flow control allows")
        case is NIOHTTP2Errors.TrailersWithoutEndStream:
            self.init(.protocolError, "the response continues after its trailers")
        default:
            self.init(.protocolError, "the server violates the HTTP/2 protocol")
        }
    }
}

extension HTTP2ErrorCode {
    /// The name of the error code (RFC 9113, section 7).
    var name: String {
        let names = [
            "NO_ERROR", "PROTOCOL_ERROR", "INTERNAL_ERROR", "FLOW_CONTROL_ERROR", "SETTINGS_TIMEOUT", "STREAM_CLOSED",
            "FRAME_SIZE_ERROR", "REFUSED_STREAM", "CANCEL", "COMPRESSION_ERROR", "CONNECT_ERROR", "ENHANCE_YOUR_CALM",
            "INADEQUATE_SECURITY", "HTTP_1_1_REQUIRED",
        ]
        return names.indices.contains(networkCode) ? names[networkCode] : "code \(networkCode)"
    }
}

/// Whether `error` means that an HTTP/1.1 connection was closed before anything of the request was written to it.
func isUnsent(_ error: any Error, _ part: ResponsePart) -> Bool {
    switch error {
    case let error as HTTP1Fault: error == .notSent
    // The client chose the connection at the moment it was closed.
    case let error as ChannelError: error == .ioOnClosedChannel && part == .nothing
    default: false
    }
}

/// Whether `error` means that the request was not processed (RFC 9113, section 8.7), so that sending it again is safe.
func isUnprocessed(_ error: any Error, _ part: ResponsePart) -> Bool {
    switch (error, part) {
    case (HTTP2Fault.reset(.refusedStream), .nothing), (HTTP2Fault.reset(.refusedStream), .head),
        (HTTP2Fault.unprocessed, _):
        true
    // The connection was closed after it was chosen and before the first byte.
    case (is NIOHTTP2Errors.CreatedStreamAfterGoaway, .nothing), (is NIOHTTP2Errors.CreatedStreamAfterGoaway, .head),
        (is NIOHTTP2Errors.NoStreamIDAvailable, .nothing), (is NIOHTTP2Errors.NoStreamIDAvailable, .head):
        true
    case (let error as HTTPClientError, .nothing): error == .cancelled || error == .remoteConnectionClosed
    default: false
    }
}
