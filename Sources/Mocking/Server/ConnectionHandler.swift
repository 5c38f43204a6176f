import Exchanges
import NIOCore
import NIOHTTP1

/// Collects each request of one connection, asks the engine, writes the answer.
final class ConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let engine: SharedEngine
    private let settings: MockSettings
    private let disturbances: Disturbances
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []
    /// Set once the request has its answer, so that the rest of it is thrown away.
    private var isAnswered = false
    /// Whether an answer is being held back.
    private var isDelayed = false
    /// When the connection will have been silent for too long.
    private var silentAt = NIODeadline.distantFuture
    private var silenceWatch: Scheduled<Void>?
    private var date = DateHeader()

    init(engine: SharedEngine, settings: MockSettings, disturbances: Disturbances) {
        self.engine = engine
        self.settings = settings
        self.disturbances = disturbances
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
        // The pipeline has answered 400 already where that was possible.
        context.close(promise: nil)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .inputClosed? = event as? ChannelEvent, head == nil, !isDelayed {
            context.close(promise: nil)
            return
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): begin(head, context)
        case .body(let part): append(part, context)
        case .end: end(context)
        }
    }

    // MARK: A request

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        self.head = head
        body = []
        isAnswered = false
        restartDeadline()
        if let length = head.headers.first(name: "content-length").flatMap({ Int($0) }),
            length > settings.limits.bodyBytes
        {
            refuse(413, "The body may have \(settings.limits.bodyBytes) bytes at most.", context)
            return
        }
        let expectation = head.headers.first(name: "expect")?.lowercased()
        if expectation == "100-continue", head.version.minor >= 1 {
            context.writeAndFlush(
                wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))), promise: nil)
        }
    }

    private func append(_ part: ByteBuffer, _ context: ChannelHandlerContext) {
        guard !isAnswered else { return }
        guard body.count + part.readableBytes <= settings.limits.bodyBytes else {
            refuse(413, "The body may have \(settings.limits.bodyBytes) bytes at most.", context)
            return
        }
        body.append(contentsOf: part.readableBytesView)
    }

    private func end(_ context: ChannelHandlerContext) {
        guard let head, !isAnswered else { return }
        self.head = nil
        restartDeadline()
        // RFC 9112, 3.2: exactly one Host line in HTTP/1.1.
        if head.version.minor >= 1, head.headers["host"].count != 1 {
            refuse(400, "A request of HTTP/1.1 needs exactly one Host header.", context)
            return
        }
        let hasBody = !body.isEmpty || head.headers.contains(name: "content-length")
        let request = RequestMessage(
            method: head.method.rawValue,
            url: url(head.uri),
            headers: head.headers.map { HeaderField(name: $0.name, value: $0.value) },
            body: hasBody ? body : nil)
        body = []
        let now = settings.now()
        let (response, deliveries) = engine.respond(to: request, at: now)
        for delivery in deliveries { DeliveryClient.send(delivery.request, on: context.eventLoop) }
        guard !disturbances.isNone, !request.path.contains(MockEngine.reserved + "/") else {
            write(response, isHead: head.method == .HEAD, keepAlive: head.isKeepAlive, date: now, context)
            return
        }
        let plan = disturbances.next(engine.operation(of: request))
        guard let delay = plan.delay else {
            write(
                response, isHead: head.method == .HEAD, keepAlive: head.isKeepAlive, date: now, fault: plan.fault,
                context)
            return
        }
        isDelayed = true
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: TimeAmount(delay)) {
            let (handler, context) = bound.value
            handler.isDelayed = false
            guard context.channel.isActive else { return }
            handler.restartDeadline()
            handler.write(
                response, isHead: head.method == .HEAD, keepAlive: head.isKeepAlive, date: now, fault: plan.fault,
                context)
        }
    }

    /// The target as an absolute URL. Its authority is never looked at.
    private func url(_ target: String) -> String {
        let slash = UInt8(ascii: "/")
        if target.utf8.first == slash { return "http://mock" + target }
        return target.contains("://") ? target : "http://mock/" + target
    }

    // MARK: An answer

    private func refuse(_ status: Int, _ message: String, _ context: ChannelHandlerContext) {
        let response = ResponseMessage(
            status: status, headers: [HeaderField(name: "Content-Type", value: "text/plain; charset=utf-8")],
            body: Array((message + "\n").utf8))
        write(response, isHead: false, keepAlive: false, date: settings.now(), context)
    }

    private func write(
        _ response: ResponseMessage, isHead: Bool, keepAlive: Bool, date: Instant, fault: TransportFault? = nil,
        _ context: ChannelHandlerContext
    ) {
        isAnswered = true
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
        let channel = context.channel
        written.futureResult.whenComplete { _ in channel.close(promise: nil) }
    }

    /// Head, body and the pause before the next request may each take the idle time: that ends silent clients as well
    /// as those that send byte by byte.
    private func restartDeadline() {
        silentAt = .now() + TimeAmount(settings.limits.idleTime)
    }

    /// Looks again when the silence would be too long: a timer of its own for each request costs more than answering.
    private func watchSilence(_ context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        silenceWatch = context.eventLoop.scheduleTask(deadline: silentAt) {
            let (handler, context) = bound.value
            guard handler.silentAt <= .now() else { return handler.watchSilence(context) }
            context.channel.close(promise: nil)
        }
    }
}
