internal import AsyncHTTPClient
internal import NIOCore
internal import NIOSSL

/// What a user may choose about the live transport; everything else is fixed.
public struct LiveTransportSettings: Sendable, Hashable {
    /// The most connections to one host at a time, at least 1: as many as there are parallel jobs.
    public var connections: Int
    /// The most bytes of a response's body, default 16 MiB.
    public var bodyLimit: Int
    /// Files of certificates (PEM) that are trusted beside the system's own.
    public var trustedCertificates: [String]
    /// Whether HTTP/1.1 is spoken even where HTTP/2 is offered.
    public var isHTTP1Only: Bool

    /// Settings for so many parallel jobs.
    public init(
        connections: Int = 8, bodyLimit: Int = 16 << 20, trustedCertificates: [String] = [], isHTTP1Only: Bool = false
    ) {
        self.isHTTP1Only = isHTTP1Only
        self.connections = max(1, connections)
        self.bodyLimit = max(0, bodyLimit)
        self.trustedCertificates = trustedCertificates
    }

    private static let connectTimeout = TimeAmount.seconds(10)

    private func tlsConfiguration() -> TLSConfiguration {
        // Certificates and host names are verified, as is the library's default.
        var configuration = TLSConfiguration.makeClientConfiguration()
        // RFC 9325, section 3.1.1: TLS 1.0 and 1.1 must not be negotiated. The library's default is 1.0.
        configuration.minimumTLSVersion = .tlsv12
        configuration.additionalTrustRoots = trustedCertificates.map { .file($0) }
        return configuration
    }

    /// Every setting of the HTTP client, each decided here and nowhere else.
    func clientConfiguration(
        counting count: ConnectionCount = ConnectionCount(), watch: WireWatch? = nil
    ) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration()
        // A redirect is an answer to be judged, and following one would turn POST into GET.
        configuration.redirectConfiguration = .disallow
        // A refused connection is told at once; retrying belongs to the row that asks for it.
        configuration.connectionPool.retryConnectionEstablishment = false
        // The default of 8 would make parallel scenarios wait for each other.
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connections
        configuration.connectionPool.idleTimeout = .seconds(30)
        // Bodies are judged as they came.
        configuration.decompression = .disabled
        // HTTP/2 over TLS, where the server offers it (ALPN), unless the target is held to HTTP/1.1.
        configuration.httpVersion = isHTTP1Only ? .http1Only : .automatic
        configuration.tlsConfiguration = tlsConfiguration()
        // Nothing of the environment changes where a request goes.
        configuration.proxy = nil
        // A host that does not take connections within this time takes none.
        configuration.timeout.connect = Self.connectTimeout
        // Nobody traces a test run, and spans that nobody sees cost time.
        configuration.tracing.tracer = nil
        // Only the deadline over the whole exchange counts; these would end it earlier.
        configuration.timeout.read = nil
        configuration.timeout.write = nil
        // Whether there was a connection tells one late answer from another.
        configuration.http1_1ConnectionDebugInitializer = { channel in
            let counted = count.count(channel)
            guard let watch else { return counted }
            // Nothing but responses to requests reaches the client.
            return counted.flatMap { HTTP1Wire.add(to: channel, watch) }
        }
        configuration.http2ConnectionDebugInitializer = { channel in
            count.countHTTP2(channel).flatMap { HTTP2Connection.watch(channel) }
        }
        // The answer as it came, and no process that ends over one that makes no sense.
        configuration.http2StreamChannelDebugInitializer = { HTTP2Answer.add(to: $0, watch) }
        return configuration
    }
}
