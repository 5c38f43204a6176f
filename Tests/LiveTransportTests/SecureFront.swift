import NIOCore
import NIOPosix
import NIOSSL

/// Ends TLS in front of a server that speaks none, and passes on every byte.
final class SecureFront: Sendable {
    let port: Int
    private let channel: any Channel
    private let group: MultiThreadedEventLoopGroup

    var url: String { "https://127.0.0.1:\(port)/" }

    /// Passes on to the port `backend`; speaks TLS up to `newest`, and only to clients with a certificate signed by
    /// `clients`, if that is given.
    init(
        of backend: Int, _ certificate: TestCertificate, newest: TLSVersion? = nil, protocols: [String] = ["http/1.1"],
        clients: TestCertificate? = nil
    ) async throws {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(certificate.path).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: certificate.key, format: .pem)))
        configuration.applicationProtocols = protocols
        configuration.minimumTLSVersion = .tlsv1
        configuration.maximumTLSVersion = newest
        if let clients {
            configuration.trustRoots = .file(clients.path)
            configuration.certificateVerification = .noHostnameVerification
        }
        let context = try NIOSSLContext(configuration: configuration)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        self.group = group
        channel = try await ServerBootstrap(group: group)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { front in
                ClientBootstrap(group: front.eventLoop)
                    .connect(host: "127.0.0.1", port: backend)
                    .flatMap { back in
                        front.eventLoop.makeCompletedFuture {
                            let pipeline = front.pipeline.syncOperations
                            try pipeline.addHandler(NIOSSLServerHandler(context: context))
                            try pipeline.addHandler(Passing(to: back))
                            try back.pipeline.syncOperations.addHandler(Passing(to: front))
                        }
                    }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = channel.localAddress?.port ?? 0
    }

    func stop() async {
        try? await channel.close().get()
        try? await group.shutdownGracefully()
    }
}

/// Writes what is read to another channel, and closes it in the end.
private final class Passing: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let other: any Channel

    init(to other: any Channel) {
        self.other = other
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        other.writeAndFlush(unwrapInboundIn(data), promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        other.close(promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
