internal import Exchanges
internal import NIOCore
internal import NIOHTTP1

/// Filters an HTTP/1.1 connection, so that only the response to a request reaches the client.
///
/// The client's own parser either drops bytes after a response or reads them as the next response, depending on how
/// they are split into segments. Here they close the connection and become a defect of the previous exchange (RFC 9112,
/// section 6.3).
final class HTTP1Wire: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = IOData

    private let watch: WireWatch
    /// The expected response; `nil` if no request is in progress.
    private var framing: ResponseFraming?
    private var isRequestComplete = true
    /// The exchange in progress, once its request has been sent.
    private var answer: ResponseReceiver?
    /// The previous exchange.
    private var last: ExchangeName?
    private var lastEndsWithHead = false
    private var hasServed = false
    /// Whether the connection cannot be used for further requests.
    private(set) var isSpent = false
    private var isFlushing = false
    /// The bytes received while the request was being written.
    private var held: [ByteBuffer] = []
    /// Whether this side of the connection was ended.
    private var isEnded = false
    private var context: ChannelHandlerContext?
    /// The last bytes of the response, kept until everything that arrived with them is read.
    ///
    /// The client reuses the connection as soon as it has them. Surplus bytes read after that would be treated as the
    /// response to the next request.
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

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        watch.add(self)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        watch.remove(self)
    }

    /// Ends this side of the connection, so that the server closes it; what it sends until then is read.
    ///
    /// The end of the requests also acknowledges the response. Some servers send the bytes after it only then (RFC 1122,
    /// section 4.2.3.4).
    /// - Returns: Succeeds once the connection is closed; `nil` if it is in use or about to be closed.
    func endRequests() -> EventLoopFuture<Void>? {
        guard let context, framing == nil, !isSpent else { return nil }
        isSpent = true
        isEnded = true
        context.close(mode: .output, promise: nil)
        return context.channel.closeFuture
    }

    /// Closes the connection if its requests have ended.
    func closeIfEnded() {
        if isEnded { context?.close(promise: nil) }
    }

    /// A request was assigned to a used-up connection. Its exchange records that nothing was sent.
    func refuse() -> HTTP1Fault {
        let fault: HTTP1Fault = hasServed ? .notSent : .spokeFirst
        watch.begins { $0.refuse(fault) }
        return fault
    }

    /// Records that a request is about to be written.
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
        watch.begins { [weak self] in
            $0.beginSending(isReused: isReused)
            self?.answer = $0
        }
    }

    /// Records that the last byte of the request was written to the socket, or cannot be.
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
        // A failing write reads the remaining bytes. The client accepts no response before it knows that its request
        // has been sent.
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
        // No more of the body is sent. The client closes the connection before it forwards an early error response,
        // which must come first.
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
        guard !isSpent || isEnded else { return }
        guard var framing, !framing.isOver else { return readSurplus(buffer, context) }
        if hasServed { answer?.answerBegins() }
        var rest = buffer
        let count = buffer.withUnsafeReadableBytes { framing.take($0) }
        for defect in framing.takeDefects() { answer?.note(defect) }
        self.framing = framing
        if let fault = framing.fault {
            isSpent = true
            context.fireErrorCaught(RefusedResponse(fault.class, fault.message))
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

    /// Passes the end of a response to the client.
    private func handOver(_ context: ChannelHandlerContext) {
        guard let response = ending else { return }
        ending = nil
        // A server that has responded may never read the rest of a request, so no other request may follow.
        isSpent = isSpent || !isRequestComplete || watch.isDistrustful
        let closes = isSpent && isRequestComplete
        if isRequestComplete { end() }
        // From here on, the client may use the connection for its next request.
        context.fireChannelRead(wrapInboundOut(response))
        if closes { closeSoon(context) }
    }

    /// Closes the connection after the client has received the bytes just read.
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

    /// Handles bytes that belong to no request.
    private func readSurplus(_ buffer: ByteBuffer, _ context: ChannelHandlerContext) {
        isSpent = true
        isEnded = false
        // Servers send a 408 before they close an idle connection (RFC 9110, section 15.5.9).
        if !isTimeout(buffer) {
            if let answer {
                answer.note(surplus(buffer, afterHead: framing?.endsWithHead == true))
            } else if let last {
                watch.note(LateDefect(last, surplus(buffer, afterHead: lastEndsWithHead)))
            }
            watch.distrust()
        }
        // Otherwise the client still has to receive the end of the response, after which the connection is closed.
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

/// Notifies the wire when requests begin and end, and rejects requests on a used-up connection.
private final class HTTP1Requests: ChannelOutboundHandler {
    typealias OutboundIn = HTTPClientRequestPart

    private let wire: HTTP1Wire
    /// Why the current request is not sent.
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
        // The client waits until the end of a body is written. A request without a body is written at once.
        let written = promise?.futureResult.hop(to: context.eventLoop).assumeIsolated()
        written?.whenComplete { [wire] _ in wire.completeRequest(context) }
        context.write(data, promise: promise)
        if written == nil { wire.completeRequest(context) }
    }
}

/// Why an HTTP/1.1 connection cannot be used for a request.
enum HTTP1Fault: Error {
    /// The connection received bytes after a response, so nothing of the request was sent.
    case notSent
    /// The server sent bytes before the first request.
    case spokeFirst
}

@available(*, unavailable)
extension HTTP1Wire: Sendable {}

@available(*, unavailable)
extension HTTP1Requests: Sendable {}
