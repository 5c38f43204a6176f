internal import Exchanges
internal import NIOCore
internal import NIOHTTP1

/// Stands between a connection of HTTP/1.1 and the client, and lets nothing pass but the response to a request.
///
/// The client's own parser drops what follows a response or reads it as the next one, depending on how it is cut into
/// segments. Here it ends the connection and becomes a defect of the exchange before it (RFC 9112, section 6.3).
final class HTTP1Wire: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = IOData

    private let watch: WireWatch
    /// The response that is awaited; `nil` when no request is under way.
    private var framing: ResponseFraming?
    private var isRequestComplete = true
    /// The exchange under way, once its request has left.
    private var answer: AnswerReceiving?
    /// The exchange before.
    private var last: ExchangeName?
    private var lastEndsWithHead = false
    private var hasServed = false
    /// Whether the connection can carry no further request.
    private(set) var isSpent = false
    private var isFlushing = false
    /// What was read while the request was being written.
    private var held: [ByteBuffer] = []

    private init(_ watch: WireWatch) {
        self.watch = watch
    }

    /// Adds the handlers to a connection whose client handlers are in place.
    static func add(to channel: any Channel, _ watch: WireWatch) -> EventLoopFuture<Void> {
        channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            let wire = HTTP1Wire(watch)
            let encoder = try pipeline.handler(type: HTTPRequestEncoder.self)
            let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPResponseDecoder>.self)
            try pipeline.addHandler(wire, position: .before(encoder))
            try pipeline.addHandler(HTTP1Requests(wire), position: .after(decoder))
        }
    }

    /// A request is about to be written.
    func begin(_ head: HTTPRequestHead) {
        let expectation: ResponseFraming.Expectation =
            switch head.method {
            case .HEAD: .headOnly
            case .CONNECT: .tunnel
            default: .body
            }
        framing = ResponseFraming(expectation)
        isRequestComplete = false
        answer = nil
        watch.begins { [weak self] in self?.answer = $0 }
    }

    /// The request was written to its end.
    func completeRequest() {
        isRequestComplete = true
        if framing?.isOver == true { end() }
    }

    /// Why a request that met a spent connection was not sent.
    var refusal: HTTP1Fault { hasServed ? .notSent : .spokeFirst }

    func flush(context: ChannelHandlerContext) {
        let wasFlushing = isFlushing
        isFlushing = true
        context.flush()
        isFlushing = wasFlushing
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        // A write that fails reads what is left. The client takes no response before it knows that its request has left.
        guard !isFlushing, held.isEmpty else {
            held.append(buffer)
            guard held.count == 1 else { return }
            let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            context.eventLoop.execute { bound.value.0.release(bound.value.1) }
            return
        }
        read(buffer, context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        release(context)
        isSpent = true
        context.fireChannelInactive()
    }

    private func release(_ context: ChannelHandlerContext) {
        guard !held.isEmpty else { return }
        let buffers = held
        held = []
        for buffer in buffers { read(buffer, context) }
        context.fireChannelReadComplete()
    }

    private func read(_ buffer: ByteBuffer, _ context: ChannelHandlerContext) {
        guard !isSpent else { return }
        guard var framing, !framing.isOver else { return readSurplus(buffer, context) }
        var rest = buffer
        let count = buffer.withUnsafeReadableBytes { framing.take($0) }
        for defect in framing.takeDefects() { answer?.note(defect) }
        self.framing = framing
        if let fault = framing.fault {
            isSpent = true
            context.fireErrorCaught(RefusedAnswer(fault.class, fault.message))
            context.close(promise: nil)
            return
        }
        guard framing.isOver else { return context.fireChannelRead(wrapInboundOut(rest)) }
        answer?.complete(bodyLength: framing.bodyLength)
        let response = rest.readSlice(length: count) ?? ByteBuffer()
        if rest.readableBytes > 0 {
            answer?.note(surplus(rest, afterHead: framing.endsWithHead))
            watch.distrust()
        }
        isSpent = rest.readableBytes > 0 || watch.isDistrustful
        if isRequestComplete { end() }
        // From here on the client may take the connection for its next request.
        context.fireChannelRead(wrapInboundOut(response))
        if isSpent { closeSoon(context) }
    }

    /// What was just read reaches the client before the connection is closed.
    private func closeSoon(_ context: ChannelHandlerContext) {
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.eventLoop.execute { bound.value.close(promise: nil) }
    }

    private func end() {
        last = answer?.name
        lastEndsWithHead = framing?.endsWithHead == true
        hasServed = true
        framing = nil
        answer = nil
    }

    /// Bytes that no request asked for.
    private func readSurplus(_ buffer: ByteBuffer, _ context: ChannelHandlerContext) {
        isSpent = true
        // Servers say so before they close an idle connection (RFC 9110, section 15.5.9).
        if !isTimeout(buffer) {
            if let answer {
                answer.note(surplus(buffer, afterHead: framing?.endsWithHead == true))
            } else if let last {
                watch.note(LateDefect(last, surplus(buffer, afterHead: lastEndsWithHead)))
            }
            watch.distrust()
        }
        context.close(promise: nil)
    }

    private func isTimeout(_ buffer: ByteBuffer) -> Bool {
        let start = buffer.readableBytesView.prefix(12)
        return framing == nil && start.starts(with: "HTTP/1.".utf8) && start.suffix(4).elementsEqual(" 408".utf8)
    }

    private func surplus(_ buffer: ByteBuffer, afterHead: Bool) -> TransportDefect {
        let count = buffer.readableBytes
        let bytes = count == 1 ? "1 byte follows" : "\(count) bytes follow"
        if buffer.readableBytesView.starts(with: "HTTP/".utf8) {
            return TransportDefect(.surplus, "\(bytes) the end of the response: another one, without a request.")
        }
        return TransportDefect(
            .surplus,
            afterHead
                ? "\(bytes) the head of a response that has no body." : "\(bytes) the end of the response.")
    }
}

/// Tells the wire where requests begin and end, and keeps them from a connection that is spent.
private final class HTTP1Requests: ChannelOutboundHandler {
    typealias OutboundIn = HTTPClientRequestPart

    private let wire: HTTP1Wire
    private var isRefusing = false

    init(_ wire: HTTP1Wire) {
        self.wire = wire
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let part = unwrapOutboundIn(data)
        if case .head(let head) = part {
            isRefusing = wire.isSpent
            if isRefusing {
                let bound = NIOLoopBound((wire.refusal, context), eventLoop: context.eventLoop)
                context.eventLoop.execute { bound.value.1.fireErrorCaught(bound.value.0) }
            } else {
                wire.begin(head)
            }
        }
        guard !isRefusing else {
            promise?.fail(wire.refusal)
            return
        }
        context.write(data, promise: promise)
        if case .end = part { wire.completeRequest() }
    }
}

/// What goes wrong with a connection of HTTP/1.1 before a request.
enum HTTP1Fault: Error {
    /// The connection carried something after a response, so that nothing of the request was sent.
    case notSent
    /// The server sent something before there was a request.
    case spokeFirst
}

@available(*, unavailable)
extension HTTP1Wire: Sendable {}

@available(*, unavailable)
extension HTTP1Requests: Sendable {}
