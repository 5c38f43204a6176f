internal import AsyncHTTPClient
internal import Exchanges

extension TransportFailure {
    /// The failure of a request through `proxy`. Failures of the connection to the proxy itself name it; others are kept.
    func through(_ proxy: ProxyAddress, after error: any Error) -> TransportFailure {
        let name = "the proxy \(proxy.shown) (\(proxy.source))"
        switch error as? HTTPClientError {
        case .proxyAuthenticationRequired?: return .unauthorized(proxy)
        case .invalidProxyResponse?:
            return TransportFailure(.proxy, "\(name) refused the connection to the server (CONNECT)")
        case .httpProxyHandshakeTimeout?:
            return TransportFailure(.proxy, "\(name) did not respond to CONNECT in time")
        default: break
        }
        return switch `class` {
        case .connectionRefused: TransportFailure(.proxy, "\(name) cannot be reached: nothing listens at the address")
        case .unresolved: TransportFailure(.proxy, "\(name) cannot be reached: its host name cannot be resolved")
        case .connectTimedOut: TransportFailure(.proxy, "no connection through \(name) was established in time")
        default: self
        }
    }

    /// The failure of a request for which a proxy requires other credentials (RFC 9110, section 15.5.8).
    static func unauthorized(_ proxy: ProxyAddress) -> TransportFailure {
        let name = "the proxy \(proxy.shown) (\(proxy.source))"
        return TransportFailure(
            .proxy,
            proxy.user == nil
                ? "\(name) requires credentials (407): write http://USER:PASSWORD@\(proxy.shown)"
                : "\(name) rejected its credentials (407)")
    }
}
