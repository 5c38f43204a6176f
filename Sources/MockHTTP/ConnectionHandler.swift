import Exchanges
import Mocking
import NIOCore
import NIOHTTP1
import Primitives

/// Collects each request of one connection, passes it to the engine, and writes the response.
final class ConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let engine: any RequestResponder
    private let settings: MockSettings
    private let disturbances: Disturbances
    private let deliveries: DeliveryQueue
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []
    private var progress = ResponseProgress()
    /// The time when the connection will have been idle for too long.
    private var silentAt = NIODeadline.distantFuture
    private var silenceWatch: Scheduled<Void>?
    private var date = DateHeader()

    init(
        engine: any RequestResponder, settings: MockSettings, disturbances: Disturbances,
        deliveries: DeliveryQueue
    ) {
        self.engine = engine
        self.settings = settings
        self.disturbances = disturbances
        self.deliveries = deliveries
    }

    // MARK: Channel events

    func handlerAdded(context: ChannelHandlerContext) {
        restartDeadline()
        watchSilence(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        silenceWatch?.cancel()
    }

    func channelInactive(context: ChannelHandlerContext) {
        silenceWatch?.cancel()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // The pipeline has already responded with 400 where that was possible.
        context.close(promise: nil)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .inputClosed? = event as? ChannelEvent, progress.closing != nil || (head == nil && !progress.isDelayed)
        {
            context.close(promise: nil)
            return
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        if let closing = progress.closing {
            guard case .end = part else { return }
            // Everything has arrived, so closing the connection loses nothing.
            let channel = context.channel
            closing.whenComplete { _ in channel.close(promise: nil) }
            return
        }
        switch part {
        case .head(let head): begin(head, context)
        case .body(let part): append(part, context)
        case .end: end(context)
        }
    }

    // MARK: A request

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        self.head = head
        body = []
        progress.isAnswered = false
        restartDeadline()
        if let error = RequestFraming.error(in: head, maximumBody: settings.limits.bodyBytes) {
            reject(error.status, error.message, context)
            return
        }
        let expectation = head.headers.first(name: "expect")
        if expectation != nil, head.version.minor >= 1 {
            context.writeAndFlush(
                wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))), promise: nil)
        }
    }

    private func append(_ part: ByteBuffer, _ context: ChannelHandlerContext) {
        guard !progress.isAnswered else { return }
        guard body.count + part.readableBytes <= settings.limits.bodyBytes else {
            reject(413, RequestFraming.tooLarge(settings.limits.bodyBytes), context)
            return
        }
        body.append(contentsOf: part.readableBytesView)
    }

    private func end(_ context: ChannelHandlerContext) {
        guard let head, !progress.isAnswered else { return }
        self.head = nil
        restartDeadline()
        let hasBody = !body.isEmpty || head.headers.contains(name: "content-length")
        let request = RequestMessage(
            method: head.method.rawValue,
            url: url(head.uri),
            headers: head.headers.map { HeaderField(name: $0.name, value: $0.value) },
            body: hasBody ? body : nil)
        body = []
        let now = settings.now()
        if head.uri == "*" {
            write(serverOptions(head), isHead: false, keepAlive: head.isKeepAlive, date: now, context)
            return
        }
        let answered = engine.respond(to: request, at: now)
        let (reply, response) = (answered.reply, answered.reply.response)
        for delivery in answered.deliveries { deliver(delivery, on: context.eventLoop) }
        settings.log?(
            MockLogEntry(
                method: request.method, path: request.path, operation: reply.operation, status: response.status,
                reason: reply.reason))
        let isDisturbed = !disturbances.isNone && !answered.isControl
        guard isDisturbed || reply.delay > .zero else {
            write(response, isHead: head.method == .HEAD, keepAlive: head.isKeepAlive, date: now, context)
            return
        }
        var disturbance = isDisturbed ? disturbances.next(reply.operation) : Disturbance()
        if reply.delay > .zero { disturbance.delay = (disturbance.delay ?? .zero) + reply.delay }
        disturb(disturbance, response, closing: reply.gap, to: head, date: now, context)
    }

    private func deliver(_ delivery: Delivery, on loop: any EventLoop) {
        DeliveryClient(engine, settings, deliveries, loop).begin(delivery)
    }

    /// Writes a response with its delay or fault.
    private func disturb(
        _ disturbance: Disturbance, _ response: ResponseMessage, closing gap: KeyGap.Closing?,
        to head: HTTPRequestHead, date: Instant, _ context: ChannelHandlerContext
    ) {
        guard let delay = disturbance.delay else {
            write(
                response, isHead: head.method == .HEAD, keepAlive: head.isKeepAlive, date: date,
                fault: disturbance.fault, context)
            return
        }
        progress.isDelayed = true
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: TimeAmount(delay)) {
            let (handler, context) = bound.value
            handler.progress.isDelayed = false
            if let gap { handler.engine.close(gap) }
            guard context.channel.isActive else { return }
            handler.restartDeadline()
            handler.write(
                response, isHead: head.method == .HEAD, keepAlive: head.isKeepAlive, date: date,
                fault: disturbance.fault, context)
        }
    }

    /// The target as an absolute URL. Its authority is never used.
    private func url(_ target: String) -> String {
        let slash = UInt8(ascii: "/")
        if target.utf8.first == slash { return "http://mock" + target }
        return target.contains("://") ? target : "http://mock/" + target
    }

    // MARK: A response

    /// The response to `OPTIONS *`, which describes the server and not a resource (RFC 9110, section 9.3.7).
    private func serverOptions(_ head: HTTPRequestHead) -> ResponseMessage {
        guard head.method == .OPTIONS else { return ResponseMessage(status: 400) }
        let methods = engine.methods.union(["HEAD", "OPTIONS"]).sorted()
        return ResponseMessage(
            status: 204, headers: [HeaderField(name: "Allow", value: methods.joined(separator: ", "))])
    }

    private func reject(_ status: Int, _ message: String, _ context: ChannelHandlerContext) {
        let response = ResponseMessage(
            status: status, headers: [HeaderField(name: "Content-Type", value: "text/plain; charset=utf-8")],
            body: Array((message + "\n").utf8))
        if let head {
            let path = head.uri.prefix { $0 != "?" }
            settings.log?(
                MockLogEntry(
                    method: head.method.rawValue, path: String(path), operation: nil, status: status, reason: message))
        }
        write(response, isHead: head?.method == .HEAD, keepAlive: false, date: settings.now(), context)
    }

    private func write(
        _ response: ResponseMessage, isHead: Bool, keepAlive: Bool, date: Instant, fault: TransportFault? = nil,
        _ context: ChannelHandlerContext
    ) {
        progress.isAnswered = true
        var headers = HTTPHeaders(response.headers.map { ($0.name, $0.value) })
        let mayHaveBody = response.status >= 200 && response.status != 204 && response.status != 304
        if mayHaveBody, !headers.contains(name: "content-length") {
            headers.add(name: "Content-Length", value: String(response.body.count))
        }
        if !headers.contains(name: "date") { headers.add(name: "Date", value: self.date.text(at: date)) }
        if !keepAlive { headers.replaceOrAdd(name: "Connection", value: "close") }
        let head = HTTPResponseHead(
            version: .http1_1, status: HTTPResponseStatus(statusCode: response.status), headers: headers)
        if let fault {
            write(head, mayHaveBody && !isHead ? response.body : [], with: fault, context)
            return
        }
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if mayHaveBody, !isHead, !response.body.isEmpty {
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: response.body)))), promise: nil)
        }
        let written = context.eventLoop.makePromise(of: Void.self)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: written)
        guard !keepAlive else { return }
        guard self.head != nil else {
            let channel = context.channel
            written.futureResult.whenComplete { _ in channel.close(promise: nil) }
            return
        }
        progress.closing = written.futureResult
        closeInStages(context)
    }

    /// Closes the sending side first, and the connection when the rest of the request has arrived or after a timeout.
    /// Closing it immediately would reset the connection, and the client could lose the response (RFC 9112, section
    /// 9.6).
    private func closeInStages(_ context: ChannelHandlerContext) {
        body = []
        context.close(mode: .output, promise: nil)
        let channel = context.channel
        let late = context.eventLoop.scheduleTask(in: TimeAmount(settings.limits.lingerTime)) {
            channel.close(promise: nil)
        }
        channel.closeFuture.whenComplete { _ in late.cancel() }
    }

    /// The head, the body and the pause before the next request can each take the idle time. This disconnects idle
    /// clients and clients that send byte by byte.
    private func restartDeadline() {
        silentAt = .now() + TimeAmount(settings.limits.idleTime)
    }

    /// Checks again when the connection would be idle for too long: a timer for each request costs more than the
    /// response.
    private func watchSilence(_ context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        silenceWatch = context.eventLoop.scheduleTask(deadline: silentAt) {
            let (handler, context) = bound.value
            guard handler.silentAt <= .now() else { return handler.watchSilence(context) }
            context.channel.close(promise: nil)
        }
    }
}

/// The text of the `Date` header, which changes every second.
private struct DateHeader {
    private var second = Int64.min
    private var known = ""

    mutating func text(at now: Instant) -> String {
        let current = now.microsecondsSinceEpoch / 1_000_000
        if current != second {
            second = current
            known = now.httpDate
        }
        return known
    }
}

/// How far the response of a connection's present request is.
private struct ResponseProgress {
    /// True when the request has its response, so the rest of the request is ignored.
    var isAnswered = false
    /// Completes when the response to a rejected request is sent; the rest of the request is ignored.
    var closing: EventLoopFuture<Void>?
    /// Whether a response is being delayed.
    var isDelayed = false
}
