internal import NIOCore
internal import NIOHTTP2

/// A failure of an HTTP/2 connection or of one of its streams.
enum HTTP2Fault: Error {
    /// The server violated the HTTP/2 protocol, so the connection is closed.
    case broken(any Error)
    /// The server announced that it closes the connection, with a reason.
    case goneAway(HTTP2ErrorCode)
    /// The connection was closed without a reason.
    case closed
    /// The server closed the connection before it processed the request.
    case unprocessed
    /// The server aborted one response, with a reason.
    case reset(HTTP2ErrorCode)
    /// The response violates the HTTP/2 protocol, which does not affect other responses.
    case wrongAnswer((any Error)?)
    /// The frames of the response do not form a response.
    case noAnswer(String)

    /// Whether the connection is unusable, although the client may not know it yet.
    var isOfConnection: Bool {
        switch self {
        case .broken, .closed: true
        case .goneAway, .unprocessed, .reset, .wrongAnswer, .noAnswer: false
        }
    }
}

/// The last handler of a connection; it records failures for the exchanges that they affect.
///
/// The client reports only that the connection was closed, and does not close an unusable connection: exchanges would
/// wait until their deadline.
final class HTTP2Connection: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame

    /// Why the connection is closed.
    private(set) var fault: HTTP2Fault?
    /// The errors of the streams that this side has just closed.
    private var streamFaults: [any Error] = []

    /// Adds the handler to a connection.
    static func watch(_ channel: any Channel) -> EventLoopFuture<Void> {
        channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(HTTP2Connection())
        }
    }

    /// The handler of the connection that `stream` belongs to.
    static func of(_ stream: any Channel) -> HTTP2Connection? {
        try? stream.parent?.pipeline.syncOperations.handler(type: HTTP2Connection.self)
    }

    /// Returns the error of the first stream that this side has just closed.
    func takeStreamFault() -> (any Error)? {
        streamFaults.isEmpty ? nil : streamFaults.removeFirst()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .goAway(_, let code, _) = unwrapInboundIn(data).payload, fault == nil { fault = .goneAway(code) }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.fireChannelReadComplete()
        guard !streamFaults.isEmpty else { return }
        // This runs after the handlers that read the error.
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        context.eventLoop.execute { bound.value.streamFaults = [] }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let cause = (error as? NIOHTTP2Errors.StreamError)?.baseError ?? error
        if Self.isOfStream(cause) {
            streamFaults.append(cause)
        } else if error is any NIOHTTP2Error, !Self.isOwn(cause) {
            fault = .broken(error)
            // Everything for the server has already been sent.
            context.close(promise: nil)
        }
        context.fireErrorCaught(error)
    }

    /// Whether an error only means that something could not be sent, because the connection or stream was closed in the
    /// meantime. Other responses are still being received.
    private static func isOwn(_ error: any Error) -> Bool {
        error is NIOHTTP2Errors.CreatedStreamAfterGoaway || error is NIOHTTP2Errors.NoStreamIDAvailable
            || error is NIOHTTP2Errors.IOOnClosedConnection
    }

    /// Whether an error affects only a single stream (RFC 9113, sections 5.4.2 and 8.1.1).
    private static func isOfStream(_ error: any Error) -> Bool {
        switch error {
        case is NIOHTTP2Errors.ContentLengthViolated, is NIOHTTP2Errors.ContentLengthHeadersMismatch,
            is NIOHTTP2Errors.ContentLengthHeaderNegative, is NIOHTTP2Errors.ContentLengthHeaderMalformedValue,
            is NIOHTTP2Errors.MissingPseudoHeader, is NIOHTTP2Errors.DuplicatePseudoHeader,
            is NIOHTTP2Errors.PseudoHeaderAfterRegularHeader, is NIOHTTP2Errors.UnknownPseudoHeader,
            is NIOHTTP2Errors.UnsupportedPseudoHeader, is NIOHTTP2Errors.InvalidPseudoHeaders,
            is NIOHTTP2Errors.InvalidPseudoHeaderValue, is NIOHTTP2Errors.InvalidStatusValue,
            is NIOHTTP2Errors.InvalidHTTP2HeaderFieldName, is NIOHTTP2Errors.InvalidHTTP2HeaderFieldValue,
            is NIOHTTP2Errors.ForbiddenHeaderField, is NIOHTTP2Errors.TrailersWithoutEndStream,
            is NIOHTTP2Errors.StreamClosed:
            true
        default:
            false
        }
    }
}

@available(*, unavailable)
extension HTTP2Connection: Sendable {}
