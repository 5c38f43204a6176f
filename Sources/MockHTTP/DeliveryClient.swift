import Exchanges
import Mocking
import NIOCore
import NIOHTTP1
import NIOPosix
import Primitives

/// Sends callbacks and webhooks, again until they are acknowledged with 2xx.
///
/// Addresses come from requests, so only this machine is ever called, and the URL of the settings.
struct DeliveryClient {
    private static let deadline = TimeAmount.seconds(10)

    private let engine: any RequestResponder
    private let settings: MockSettings
    private let queue: DeliveryQueue
    private let loop: any EventLoop

    init(
        _ engine: any RequestResponder, _ settings: MockSettings, _ queue: DeliveryQueue, _ loop: any EventLoop
    ) {
        self.engine = engine
        self.settings = settings
        self.queue = queue
        self.loop = loop
    }

    /// Sends a delivery asynchronously; inside of this process, before this function returns.
    func begin(_ delivery: Delivery) {
        guard delivery.delay == .zero else {
            loop.scheduleTask(in: TimeAmount(delivery.delay)) { attempt(delivery, 0) {} }
            return
        }
        if delivery.deliveredInside(at: settings.now, note: { engine.note($0, of: delivery) }) { return }
        if queue.add(delivery, to: delivery.request.url) { beginNext(delivery) }
    }

    /// Makes the first attempt of a delivery, and then that of the next one to the same URL.
    private func beginNext(_ delivery: Delivery) {
        attempt(delivery, 0) {
            if let next = queue.next(to: delivery.request.url) { beginNext(next) }
        }
    }

    /// - Parameter then: Called after the result of this attempt.
    private func attempt(_ delivery: Delivery, _ count: Int, then: @escaping @Sendable () -> Void) {
        if delivery.deliveredInside(at: settings.now, note: { engine.note($0, of: delivery) }) { return then() }
        let request = delivery.request(at: settings.now())
        send(request, delivery.settings) { result in
            engine.note(result, of: delivery)
            settings.log?(MockLogEntry(delivery, result))
            if !result.isLast, count < DeliverySchedule.pauses.count {
                loop.scheduleTask(in: TimeAmount(DeliverySchedule.pauses[count])) { attempt(delivery, count + 1) {} }
            }
            then()
        }
    }

    private func send(
        _ request: RequestMessage, _ settings: DeliverySettings, _ done: @escaping @Sendable (DeliveryAttempt) -> Void
    ) {
        if let place = Self.receiver(of: request.url) { return send(request, to: place, done) }
        guard let url = settings.url, url.isSame(as: request.url), let client = settings.client else {
            return done(.refused("the address is not on this machine; allow it with --webhook-url"))
        }
        Task {
            switch await client(request) {
            case .response(let response): done(.status(response.status))
            case .failure(let failure): done(.failed(failure.message))
            }
        }
    }

    private func send(
        _ request: RequestMessage, to place: (host: String, port: Int),
        _ done: @escaping @Sendable (DeliveryAttempt) -> Void
    ) {
        let (host, port) = place
        ClientBootstrap(group: loop)
            .connectTimeout(Self.deadline)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    try channel.pipeline.syncOperations.addHandler(ResponseReader(done))
                }
            }
            .connect(host: host, port: port)
            .whenComplete { result in
                guard case .success(let channel) = result else { return done(.failed("the connection failed")) }
                Self.write(request, host: "\(host):\(port)", channel)
                let late = loop.scheduleTask(in: Self.deadline) { channel.close(promise: nil) }
                channel.closeFuture.whenComplete { _ in late.cancel() }
            }
    }

    /// Host and port of an `http` URL on this machine; `nil` for any other.
    static func receiver(of url: String) -> (host: String, port: Int)? {
        let scheme = "http://"
        guard url.lowercased().utf8.starts(with: scheme.utf8) else { return nil }
        let authority = String(decoding: url.utf8.dropFirst(scheme.utf8.count), as: UTF8.self)
            .prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let isSix = authority.hasPrefix("[")
        let host = isSix ? authority.dropFirst().prefix { $0 != "]" } : authority.prefix { $0 != ":" }
        let rest = authority.dropFirst(host.count + (isSix ? 2 : 0))
        let port = rest.isEmpty ? 80 : rest.first == ":" ? Int(rest.dropFirst()) : nil
        guard let port, (1...65_535).contains(port) else { return nil }
        let isHere = host == "localhost" || host == "::1" || isLoopback(host)
        return isHere ? (host == "localhost" ? "127.0.0.1" : String(host), port) : nil
    }

    /// 127.0.0.0/8 (RFC 1122, section 3.2.1.3), written as four numbers.
    private static func isLoopback(_ host: Substring) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    private static func write(_ request: RequestMessage, host: String, _ channel: any Channel) {
        var target = "/"
        if let start = request.url.dropFirst(7).firstIndex(where: { $0 == "/" || $0 == "?" }) {
            let rest = request.url[start...].prefix { $0 != "#" }
            target = rest.first == "?" ? "/" + rest : String(rest)
        }
        var headers = HTTPHeaders(request.headers.map { (headerSafe($0.name), $0.value) })
        headers.replaceOrAdd(name: "Host", value: host)
        headers.replaceOrAdd(name: "Content-Length", value: String(request.body?.count ?? 0))
        headers.replaceOrAdd(name: "Connection", value: "close")
        let head = HTTPRequestHead(
            version: .http1_1, method: HTTPMethod(rawValue: request.method), uri: target, headers: headers)
        channel.write(HTTPClientRequestPart.head(head), promise: nil)
        if let body = request.body {
            channel.write(HTTPClientRequestPart.body(.byteBuffer(ByteBuffer(bytes: body))), promise: nil)
        }
        channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
    }

    /// Reports the status of the response, and closes the connection after it.
    private final class ResponseReader: ChannelInboundHandler {
        typealias InboundIn = HTTPClientResponsePart

        private let done: (DeliveryAttempt) -> Void
        private var status: Int?
        private var isOver = false

        init(_ done: @escaping (DeliveryAttempt) -> Void) {
            self.done = done
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head): status = Int(head.status.code)
            case .body: break
            case .end: context.close(promise: nil)
            }
        }

        func channelInactive(context: ChannelHandlerContext) {
            if !isOver { done(status.map { .status($0) } ?? .failed("the connection ended without a response")) }
            isOver = true
            context.fireChannelInactive()
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }
}
