internal import NIOCore
internal import NIOHPACK
internal import NIOHTTP1
internal import NIOHTTP2
internal import Primitives

/// Checks the frames of one response before the client handles them.
///
/// The client assumes that they come in a valid order: a response after a 101 would crash the process.
final class HTTP2Response: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame.FramePayload
    typealias InboundOut = HTTP2Frame.FramePayload

    private let connection: HTTP2Connection?
    private var hasHead = false
    private var isOver = false
    /// Whether the server reset the stream.
    private var wasReset = false
    /// Whether an error is about to be reported.
    private var isTelling = false
    private var isInactive = false
    /// Whether the server itself declared the length of the body.
    private(set) var hasLength = false
    /// The exchange, once its request has been sent.
    fileprivate var receiving: ResponseReceiver?
    private var octets = HeaderOctets()
    private var bodyLength = 0

    private init(connection: HTTP2Connection?) {
        self.connection = connection
    }

    /// Adds the handlers to the stream of one exchange.
    static func add(to stream: any Channel, _ watch: WireWatch?) -> EventLoopFuture<Void> {
        stream.eventLoop.makeCompletedFuture {
            let pipeline = stream.pipeline.syncOperations
            let answer = HTTP2Response(connection: HTTP2Connection.of(stream))
            let codec = try pipeline.handler(type: HTTP2FramePayloadToHTTP1ClientCodec.self)
            try pipeline.addHandler(answer, position: .first)
            try pipeline.addHandler(HTTP2Head(answer, watch), position: .after(codec))
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isOver else { return }
        switch unwrapInboundIn(data) {
        case .rstStream: wasReset = true
        case .headers(let frame) where !hasHead:
            let status = Array((frame.headers.first(name: ":status") ?? "").utf8)
            guard status.count == 3, status.allSatisfy(\.isASCIIDigit), status[0] > 0x30 else {
                return refuse("the response has no three-digit status", context)
            }
            if status[0] == 0x31 {
                guard !frame.endStream else { return refuse("the response ends with an interim status", context) }
                // HTTP/2 has no protocol to switch to (RFC 9113, section 8.6).
                guard status != Array("101".utf8) else {
                    return refuse("the response has status 101, which HTTP/2 does not allow", context)
                }
            } else {
                hasHead = true
                hasLength = frame.headers.contains(name: "content-length")
                for header in frame.headers { octets.look(name: header.name, value: header.value) }
                if frame.endStream { complete() }
            }
        case .headers(let frame):
            for header in frame.headers { octets.look(name: header.name, value: header.value) }
            if frame.endStream { complete() }
        case .data where !hasHead:
            return refuse("the response has a body without a status", context)
        case .data(let frame):
            bodyLength += frame.data.readableBytes
            if frame.endStream { complete() }
        default:
            break
        }
        context.fireChannelRead(data)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let closed = error as? NIOHTTP2Errors.StreamClosed else { return context.fireErrorCaught(error) }
        if case .broken? = connection?.fault {
            // This is reported when the connection is closed.
        } else if wasReset {
            context.fireErrorCaught(HTTP2Fault.reset(closed.errorCode))
        } else if case .goneAway? = connection?.fault, closed.errorCode == .cancel {
            // The library reports this error for streams after the last one in a GOAWAY.
            context.fireErrorCaught(HTTP2Fault.unprocessed)
        } else if !isOver {
            // This side closed it. The connection receives the error a moment later.
            isOver = true
            isTelling = true
            let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            context.eventLoop.execute {
                let (answer, context) = bound.value
                context.fireErrorCaught(answer.ownFault)
                answer.isTelling = false
                if answer.isInactive { context.fireChannelInactive() }
            }
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        isInactive = true
        guard !isTelling else { return }
        // Callers that already have the whole response ignore this.
        if context.channel.parent?.isActive != true {
            context.fireErrorCaught(connection?.fault ?? HTTP2Fault.closed)
        }
        context.fireChannelInactive()
    }

    /// Records that the last frame of the response is about to reach the client.
    private func complete() {
        for defect in octets.defects { receiving?.note(defect) }
        receiving?.complete(bodyLength: bodyLength)
        receiving = nil
    }

    /// Why this side closed the stream.
    private var ownFault: HTTP2Fault {
        if let fault = connection?.fault, case .broken = fault { return fault }
        return .wrongAnswer(connection?.takeStreamFault())
    }

    private func refuse(_ message: String, _ context: ChannelHandlerContext) {
        isOver = true
        context.fireErrorCaught(HTTP2Fault.noAnswer(message))
    }
}

/// Removes header fields that the library adds, as if the response had been received with HTTP/1.1.
private final class HTTP2Head: ChannelDuplexHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias InboundOut = HTTPClientResponsePart
    typealias OutboundIn = HTTPClientRequestPart

    private let answer: HTTP2Response
    private let watch: WireWatch?

    init(_ answer: HTTP2Response, _ watch: WireWatch?) {
        self.answer = answer
        self.watch = watch
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .head = unwrapOutboundIn(data) {
            watch?.begins { [weak answer] in answer?.receiving = $0 }
        }
        context.write(data, promise: promise)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = unwrapInboundIn(data), !answer.hasLength else {
            return context.fireChannelRead(data)
        }
        head.headers.remove(name: "transfer-encoding")
        head.headers.remove(name: "content-length")
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }
}

@available(*, unavailable)
extension HTTP2Response: Sendable {}

@available(*, unavailable)
extension HTTP2Head: Sendable {}
