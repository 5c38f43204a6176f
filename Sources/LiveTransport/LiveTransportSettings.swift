internal import AsyncHTTPClient
package import Exchanges
internal import NIOCore

/// The settings of the live transport that users can change; everything else is fixed.
package struct LiveTransportSettings: Sendable, Hashable {
    /// The maximum number of connections to one host, at least 1: one for each parallel job.
    package var connections: Int
    /// The maximum number of bytes in a response body, by default 16 MiB.
    package var bodyLimit: Int
    /// How servers are reached: proxies, certificates, codings.
    package var connection: ConnectionSettings

    /// Creates settings for `connections` parallel jobs.
    package init(
        connections: Int = 8, bodyLimit: Int = 16 << 20, connection: ConnectionSettings = ConnectionSettings()
    ) {
        self.connections = max(1, connections)
        self.bodyLimit = max(0, bodyLimit)
        self.connection = connection
    }

    private static let connectTimeout = TimeAmount.seconds(10)

    /// Returns all settings of the HTTP client; this is the only place that sets them.
    ///
    /// - Parameter gate: Delays the first request of each connection; `nil` to send requests immediately.
    func clientConfiguration(
        on route: Route = .direct, counting count: ConnectionCount = ConnectionCount(), watch: WireWatch? = nil,
        gate: StartGate? = nil
    ) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration()
        // A redirect is a response to be judged, and following one would turn POST into GET.
        configuration.redirectConfiguration = .disallow
        // A refused connection is reported immediately; only a row can request retries.
        configuration.connectionPool.retryConnectionEstablishment = false
        // The default of 8 would make parallel scenarios wait for each other.
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connections
        configuration.connectionPool.idleTimeout = .seconds(30)
        // Bodies are judged as received.
        configuration.decompression = .disabled
        // HTTP/2 is used with TLS if the server offers it (ALPN), unless the target is restricted to HTTP/1.1.
        configuration.httpVersion = connection.isHTTP1Only ? .http1Only : .automatic
        configuration.tlsConfiguration = .client(connection)
        // The library would use a tunnel for http URLs as well, which few proxies allow.
        configuration.proxy = route.tunnel
        // A host that does not accept a connection within this time is not reachable.
        configuration.timeout.connect = Self.connectTimeout
        // Test runs are not traced, and unused spans cost time.
        configuration.tracing.tracer = nil
        // Only the deadline for the whole exchange applies; these timeouts would end it earlier.
        configuration.timeout.read = nil
        configuration.timeout.write = nil
        // A late response is reported differently if there was a connection.
        configuration.http1_1ConnectionDebugInitializer = { channel in
            let counted = count.count(channel)
            guard let watch else { return counted.flatMap { ForwardedRequests.add(to: channel, on: route) } }
            // Only responses to requests reach the client.
            return counted.flatMap { StartGate.add(gate, to: channel) }
                .flatMap { HTTP1Wire.add(to: channel, watch) }
                .flatMap { ForwardedRequests.add(to: channel, on: route) }
        }
        configuration.http2ConnectionDebugInitializer = { channel in
            count.countHTTP2(channel).flatMap { HTTP2Connection.watch(channel) }
        }
        // This keeps the response as received, and prevents a crash on an invalid one.
        configuration.http2StreamChannelDebugInitializer = { HTTP2Response.add(to: $0, watch) }
        return configuration
    }
}
