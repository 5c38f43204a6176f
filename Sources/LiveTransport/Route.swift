internal import AsyncHTTPClient
internal import Exchanges
internal import NIOCore
internal import NIOHTTP1
internal import Primitives

/// How a request reaches its server.
enum Route: Sendable, Hashable {
    /// Without a proxy.
    case direct
    /// An https request through a tunnel: the proxy passes on bytes (CONNECT; RFC 9110, section 9.3.6).
    case tunnel(ProxyAddress)
    /// An http request that the proxy sends on (RFC 9112, section 3.2.2).
    case forward(ProxyAddress)

    /// The route of a request to `url`.
    init(to url: String, by rules: ProxyRules) {
        guard let proxy = rules.proxy(for: url) else {
            self = .direct
            return
        }
        self = url.lowercased().utf8.starts(with: "https:".utf8) ? .tunnel(proxy) : .forward(proxy)
    }

    /// Every route that requests can take.
    static func all(_ rules: ProxyRules) -> [Route] {
        [.direct] + [rules.https.map(Route.tunnel), rules.http.map(Route.forward)].compactMap { $0 }
    }

    /// The proxy; `nil` for a direct connection.
    var proxy: ProxyAddress? {
        switch self {
        case .direct: nil
        case .tunnel(let proxy), .forward(let proxy): proxy
        }
    }

    /// The client's own setting for a tunnel.
    var tunnel: HTTPClient.Configuration.Proxy? {
        guard case .tunnel(let proxy) = self else { return nil }
        return .server(
            host: proxy.host, port: proxy.port,
            authorization: proxy.user.map { .basic(username: $0.name, password: $0.password) })
    }

    /// The URL and headers with which the client sends a request on this route.
    func addressed(
        _ request: RequestMessage, _ headers: [(String, String)]
    ) -> (url: String, headers: [(String, String)]) {
        guard case .forward(let proxy) = self, let slashes = request.url.firstRange(of: "://") else {
            return (request.url, headers)
        }
        let rest = request.url[slashes.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let host = request.header("host").isEmpty ? [("host", String(authority))] : []
        return (
            "http://\(proxy.shown)\(rest[authority.endIndex...])",
            host + headers + [(ForwardedRequests.authorityHeader, String(authority))]
        )
    }
}

/// Turns requests into those that a proxy forwards: with an absolute URL and the proxy's credentials.
///
/// The client connects to the proxy as if it were the server, because it cannot send absolute URLs itself.
final class ForwardedRequests: ChannelOutboundHandler {
    typealias OutboundIn = HTTPClientRequestPart
    typealias OutboundOut = HTTPClientRequestPart

    /// The header that contains the authority of the server up to this handler. It is never sent.
    static let authorityHeader = "assay-forward-authority"

    private let proxy: ProxyAddress

    private init(_ proxy: ProxyAddress) {
        self.proxy = proxy
    }

    /// Adds the handler to a connection on `route`, if the route needs it.
    static func add(to channel: any Channel, on route: Route) -> EventLoopFuture<Void> {
        guard case .forward(let proxy) = route else { return channel.eventLoop.makeSucceededVoidFuture() }
        return channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPResponseDecoder>.self)
            try pipeline.addHandler(ForwardedRequests(proxy), position: .after(decoder))
        }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .head(var head) = unwrapOutboundIn(data),
            let authority = head.headers[Self.authorityHeader].last
        else { return context.write(data, promise: promise) }
        head.headers.remove(name: Self.authorityHeader)
        head.uri = "http://\(authority)\(head.uri)"
        if let authorization = proxy.authorization {
            head.headers.add(name: "proxy-authorization", value: authorization)
        }
        context.write(wrapOutboundOut(.head(head)), promise: promise)
    }
}

@available(*, unavailable)
extension ForwardedRequests: Sendable {}
