internal import NIOCore
internal import NIOHTTP2

/// What goes wrong with a connection that speaks HTTP/2, or with one of its streams.
enum HTTP2Fault: Error {
    /// The server broke a rule of HTTP/2, so that the connection is given up.
    case broken(any Error)
    /// The server said that it gives the connection up, and why, before it closed it.
    case goneAway(HTTP2ErrorCode)
    /// The connection was closed without a word.
    case closed
    /// The server gave the connection up before it looked at the request.
    case unprocessed
    /// The server broke off one answer, and why.
    case reset(HTTP2ErrorCode)
    /// The answer breaks a rule of HTTP/2, which concerns no other.
    case wrongAnswer((any Error)?)
    /// The frames of the answer make no answer.
    case noAnswer(String)

    /// Whether the connection can carry nothing any more, and the client may not know it yet.
    var isOfConnection: Bool {
        switch self {
        case .broken, .closed: true
        case .goneAway, .unprocessed, .reset, .wrongAnswer, .noAnswer: false
        }
    }
}

/// Stands at the end of a connection and keeps what happens to it, for the exchanges that it takes down with it.
///
/// The client itself tells of all that only that the connection was closed, and does not close one that can carry
/// nothing any more: exchanges would wait for their deadline.
final class HTTP2Connection: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame

    /// Why the connection is closed.
    private(set) var fault: HTTP2Fault?
    /// What was wrong with the streams that were just closed from this side.
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

    /// What was wrong with the first of the streams that were just closed from this side.
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
        // Behind those who ask for them.
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        context.eventLoop.execute { bound.value.streamFaults = [] }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let cause = (error as? NIOHTTP2Errors.StreamError)?.baseError ?? error
        if Self.isOfStream(cause) {
            streamFaults.append(cause)
        } else if error is any NIOHTTP2Error, !Self.isOwn(cause) {
            fault = .broken(error)
            // What was to be said to the server is on its way already.
            context.close(promise: nil)
        }
        context.fireErrorCaught(error)
    }

    /// Whether an error says only that something could not be sent, because the connection or stream was given up
    /// meanwhile: other answers are still on their way.
    private static func isOwn(_ error: any Error) -> Bool {
        error is NIOHTTP2Errors.CreatedStreamAfterGoaway || error is NIOHTTP2Errors.NoStreamIDAvailable
            || error is NIOHTTP2Errors.IOOnClosedConnection
    }

    /// Whether an error is one of a single stream, which leaves the others as they are (RFC 9113, 5.4.2 and 8.1.1).
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
