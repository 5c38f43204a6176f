import Exchanges
import Mocking
import NIOCore
import NIOHTTP1
import NIOPosix

/// Sends callbacks and webhooks to receivers on this machine, once each; their responses are ignored.
///
/// Addresses come from requests, so only this machine is ever called.
enum DeliveryClient {
    private static let deadline = TimeAmount.seconds(10)

    /// Sends a request asynchronously. A request that cannot be sent is dropped.
    static func send(_ request: RequestMessage, on loop: any EventLoop) {
        guard let (host, port) = receiver(of: request.url) else { return }
        ClientBootstrap(group: loop)
            .connectTimeout(deadline)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    try channel.pipeline.syncOperations.addHandler(ConnectionCloser())
                }
            }
            .connect(host: host, port: port)
            .whenSuccess { channel in
                write(request, host: "\(host):\(port)", channel)
                let late = loop.scheduleTask(in: deadline) { channel.close(promise: nil) }
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

    /// Closes the connection after the response.
    private final class ConnectionCloser: ChannelInboundHandler {
        typealias InboundIn = HTTPClientResponsePart

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            if case .end = unwrapInboundIn(data) { context.close(promise: nil) }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }
}
