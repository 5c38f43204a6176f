package import Mocking
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A mock on a socket of this machine: HTTP/1.1 with keep-alive, one engine for all clients.
package final class MockServer: Sendable {
    /// `http://127.0.0.1:PORT`, followed by the path of the first contract's first server.
    package let baseURL: String
    /// The port that it listens on.
    package let port: Int

    private let listener: any Channel
    let connections: ConnectionRegistry
    private let stopTime: Duration

    private init(
        baseURL: String, port: Int, listener: any Channel, connections: ConnectionRegistry, stopTime: Duration
    ) {
        self.baseURL = baseURL
        self.port = port
        self.listener = listener
        self.connections = connections
        self.stopTime = stopTime
    }

    /// Starts to listen. Responds to requests until `stop()`.
    ///
    /// - Throws: ``MockServerError`` if the mock cannot listen on the address.
    package static func start(
        versions: [MockVersion], settings: MockSettings
    ) async throws(MockServerError) -> MockServer {
        try await start(
            SharedEngine(MockEngine(versions: versions, settings: settings)), settings,
            path: versions.first.map { MockEngine.basePath(of: $0.contract) } ?? "")
    }

    /// Starts to listen on behalf of `engine`.
    ///
    /// - Parameter path: The path of ``baseURL``.
    static func start(
        _ engine: any RequestResponder, _ settings: MockSettings, path: String
    ) async throws(MockServerError) -> MockServer {
        let disturbances = Disturbances(settings)
        let deliveries = DeliveryQueue()
        let connections = ConnectionRegistry(maximum: settings.limits.connections)
        let unknownMethods = MethodTranslation.unknown(among: engine.methods)
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            // An option of TCP, not of the socket: its number means SO_DEBUG there, which needs root (tcp(7), socket(7)).
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                guard connections.add(channel) else { return channel.close() }
                return channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    let translation = unknownMethods.isEmpty ? nil : MethodTranslation(unknownMethods)
                    if let translation { try pipeline.addHandler(MethodTranslator(translation)) }
                    try pipeline.configureHTTPServerPipeline(
                        withEncoderConfiguration: HTTPResponseEncoder.Configuration(),
                        withDecoderLimitConfiguration: decoderLimits(settings.limits))
                    if let translation {
                        let parser = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
                        try pipeline.addHandler(MethodRestorer(translation), position: .after(parser))
                    }
                    try pipeline.addHandler(
                        ConnectionHandler(
                            engine: engine, settings: settings, disturbances: disturbances, deliveries: deliveries))
                }
            }
        let listener: any Channel
        do {
            listener = try await bootstrap.bind(host: settings.host, port: settings.port).get()
        } catch {
            throw MockServerError(host: settings.host, port: settings.port, error: error)
        }
        // Only a socket of another family has no port, and `host` always names an IP socket.
        let port = listener.localAddress?.port ?? settings.port
        let host = settings.host.contains(":") ? "[\(settings.host)]" : settings.host
        return MockServer(
            baseURL: "http://\(host):\(port)\(path)", port: port, listener: listener, connections: connections,
            stopTime: settings.limits.stopTime)
    }

    private static func decoderLimits(_ limits: ServerLimits) -> NIOHTTPDecoderLimitConfiguration {
        var configuration = NIOHTTPDecoderLimitConfiguration()
        configuration.maxHeaderFieldSize = limits.headerBytes
        configuration.maxHeaderListSize = limits.headerBytes
        return configuration
    }

    /// Stops listening, waits for requests in progress, and closes every connection.
    package func stop() async throws {
        if listener.isActive { try await listener.close().get() }
        let open = connections.refuseMore()
        let time = TimeAmount(stopTime)
        for channel in open {
            channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
            let forced = channel.eventLoop.scheduleTask(in: time) { channel.close(promise: nil) }
            channel.closeFuture.whenComplete { _ in forced.cancel() }
        }
        for channel in open { try? await channel.closeFuture.get() }
    }
}

/// The open connections of a server.
final class ConnectionRegistry: Sendable {
    private struct State {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var takesMore = true
    }

    private let maximum: Int
    private let state = Mutex(State())

    init(maximum: Int) {
        self.maximum = maximum
    }

    /// Registers a connection until it closes; `false` when there are too many, or when the server stops.
    func add(_ channel: any Channel) -> Bool {
        let added = state.withLock { state in
            guard state.takesMore, state.channels.count < maximum else { return false }
            state.channels[ObjectIdentifier(channel)] = channel
            return true
        }
        guard added else { return false }
        let id = ObjectIdentifier(channel)
        channel.closeFuture.whenComplete { _ in
            self.state.withLock { _ = $0.channels.removeValue(forKey: id) }
        }
        return true
    }

    /// The connections that are open now.
    var open: [any Channel] { state.withLock { Array($0.channels.values) } }

    /// Rejects new connections; returns the connections that are open when the server stops.
    func refuseMore() -> [any Channel] {
        state.withLock { state in
            state.takesMore = false
            return Array(state.channels.values)
        }
    }
}
