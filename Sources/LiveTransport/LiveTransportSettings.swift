internal import AsyncHTTPClient
internal import NIOCore

/// What a user may choose about the live transport; everything else is fixed.
public struct LiveTransportSettings: Sendable, Hashable {
    /// The most connections to one host at a time, at least 1: as many as there are parallel jobs.
    public var connections: Int
    /// The most bytes of a response's body, default 16 MiB.
    public var bodyLimit: Int

    /// Settings for so many parallel jobs.
    public init(connections: Int = 8, bodyLimit: Int = 16 << 20) {
        self.connections = max(1, connections)
        self.bodyLimit = max(0, bodyLimit)
    }

    /// Every setting of the HTTP client, each decided here and nowhere else.
    func clientConfiguration() -> HTTPClient.Configuration {
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
        // One protocol version for every target, so that runs can be compared.
        configuration.httpVersion = .http1Only
        // The library's own: certificates and host names are verified.
        configuration.tlsConfiguration = nil
        // Nothing of the environment changes where a request goes.
        configuration.proxy = nil
        // Only the deadline over the whole exchange counts; these would end it earlier.
        configuration.timeout.connect = .seconds(60)
        configuration.timeout.read = nil
        configuration.timeout.write = nil
        return configuration
    }
}
