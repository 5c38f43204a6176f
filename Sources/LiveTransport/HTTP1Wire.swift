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
    /// Whether the request under way is not the connection's first, and nothing has come since.
    private var isUnanswered = false
    /// Whether the connection can carry no further request.
    private(set) var isSpent = false
    private var isFlushing = false
    /// What was read while the request was being written.
    private var held: [ByteBuffer] = []
    /// The last bytes of the response, until everything that arrived with them is read.
    ///
    /// The client takes the connection for its next request as soon as it has them. Surplus that is read after that
    /// would be taken for the response to that request.
    private var ending: ByteBuffer?

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

    /// A request met a spent connection: its exchange learns that nothing of it was sent, whatever ends it.
    func refuse() -> HTTP1Fault {
        let fault: HTTP1Fault = hasServed ? .notSent : .spokeFirst
        watch.begins { $0.refuse(fault) }
        return fault
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
        let isReused = hasServed
        isUnanswered = isReused
        watch.begins { [weak self] in
            $0.beginSending(isReused: isReused)
            self?.answer = $0
        }
    }

    /// The last byte of the request was written to the socket, or cannot be.
    func completeRequest(_ context: ChannelHandlerContext) {
        isRequestComplete = true
        guard framing?.isOver == true, ending == nil else { return }
        end()
        if isSpent { closeSoon(context) }
    }

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

    func channelReadComplete(context: ChannelHandlerContext) {
        handOver(context)
        context.fireChannelReadComplete()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        release(context)
        handOver(context)
        context.fireErrorCaught(error)
    }

    func channelInactive(context: ChannelHandlerContext) {
        release(context)
        handOver(context)
        isSpent = true
        context.fireChannelInactive()
        // Nothing more of a body is sent. The client closes the connection before it hands an early error over, which has
        // to come first.
        if let answer { context.eventLoop.execute { answer.endSending() } }
    }

    private func release(_ context: ChannelHandlerContext) {
        guard !held.isEmpty else { return }
        let buffers = held
        held = []
        for buffer in buffers { read(buffer, context) }
        handOver(context)
        context.fireChannelReadComplete()
    }

    private func read(_ buffer: ByteBuffer, _ context: ChannelHandlerContext) {
        guard !isSpent else { return }
        guard var framing, !framing.isOver else { return readSurplus(buffer, context) }
        if isUnanswered {
            isUnanswered = false
            answer?.answerBegins()
        }
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
            isSpent = true
        }
        ending = response
    }

    /// Gives the client the end of a response.
    private func handOver(_ context: ChannelHandlerContext) {
        guard let response = ending else { return }
        ending = nil
        // A server that has responded may never read the rest of a request, so no other request follows it.
        isSpent = isSpent || !isRequestComplete || watch.isDistrustful
        let closes = isSpent && isRequestComplete
        if isRequestComplete { end() }
        // From here on the client may take the connection for its next request.
        context.fireChannelRead(wrapInboundOut(response))
        if closes { closeSoon(context) }
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
        // The client has yet to be given the end of the response, which closes the connection then.
        if ending == nil { context.close(promise: nil) }
    }

    private func isTimeout(_ buffer: ByteBuffer) -> Bool {
        let start = buffer.readableBytesView.prefix(12)
        return framing == nil && start.starts(with: "HTTP/1.".utf8) && start.suffix(4).elementsEqual(" 408".utf8)
    }

    private func surplus(_ buffer: ByteBuffer, afterHead: Bool) -> TransportDefect {
        let count = buffer.readableBytes
        let bytes = count == 1 ? "1 byte follows" : "\(count) bytes follow"
        if buffer.readableBytesView.starts(with: "HTTP/".utf8) {
            return TransportDefect(.surplus, "\(bytes) the end of the response: a second response without a request")
        }
        return TransportDefect(
            .surplus,
            afterHead
                ? "\(bytes) the head of a response that has no body" : "\(bytes) the end of the response")
    }
}

/// Tells the wire where requests begin and end, and keeps them from a connection that is spent.
private final class HTTP1Requests: ChannelOutboundHandler {
    typealias OutboundIn = HTTPClientRequestPart

    private let wire: HTTP1Wire
    /// Why the request under way is not sent.
    private var refusal: HTTP1Fault?

    init(_ wire: HTTP1Wire) {
        self.wire = wire
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let part = unwrapOutboundIn(data)
        if case .head(let head) = part {
            refusal = wire.isSpent ? wire.refuse() : nil
            if let refusal {
                let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
                context.eventLoop.execute { bound.value.fireErrorCaught(refusal) }
            } else {
                wire.begin(head)
            }
        }
        if let refusal {
            promise?.fail(refusal)
            return
        }
        guard case .end = part else { return context.write(data, promise: promise) }
        // The client asks when the end of a body is written. A request without a body is written at once.
        let written = promise?.futureResult.hop(to: context.eventLoop).assumeIsolated()
        written?.whenComplete { [wire] _ in wire.completeRequest(context) }
        context.write(data, promise: promise)
        if written == nil { wire.completeRequest(context) }
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
