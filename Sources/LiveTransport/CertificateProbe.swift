internal import Exchanges
internal import JSONDocument
internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import Primitives
internal import Synchronization

/// The validity period of a certificate.
struct CertificateValidity: Sendable {
    let from: Instant
    let until: Instant

    var isPresent: Bool { from <= .now && .now <= until }

    var sentence: String {
        .now < from
            ? "the server's certificate is not valid before \(from.dateText)"
            : "the server's certificate expired on \(until.dateText)"
    }
}

/// Reads the certificate of an untrusted server. Only the handshake is performed.
enum CertificateProbe {
    /// The validity period of the server's certificate; `nil` if the server sends none within five seconds.
    static func validity(of url: String) async -> CertificateValidity? {
        guard let origin = URIReference(url: url).flatMap(URLOrigin.init),
            let context = try? NIOSSLContext(configuration: configuration)
        else { return nil }
        let isBracketed = origin.host.utf8.first == UInt8(ascii: "[")
        let host = isBracketed ? String(origin.host.dropFirst().dropLast()) : origin.host
        let seen = SeenCertificate()
        let isName = !isBracketed && host.unicodeScalars.contains { !("0"..."9").contains($0) && $0 != "." }
        let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.seconds(5))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = try NIOSSLClientHandler(
                        context: context, serverHostname: isName ? host : nil,
                        customVerificationCallback: { certificates, promise in
                            seen.keep(certificates.first)
                            promise.succeed(.failed)
                        })
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
        guard let channel = try? await bootstrap.connect(host: host, port: origin.port).get() else { return nil }
        let timeout = channel.eventLoop.scheduleTask(in: .seconds(5)) { channel.close(promise: nil) }
        try? await channel.closeFuture.get()
        timeout.cancel()
        return seen.validity
    }

    private static var configuration: TLSConfiguration {
        // The callback reads the certificate and always rejects it.
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        return configuration
    }
}

/// The certificate from the handshake, for the callers that wait for it.
private final class SeenCertificate: Sendable {
    private let state = Mutex<CertificateValidity?>(nil)

    var validity: CertificateValidity? { state.withLock { $0 } }

    func keep(_ certificate: NIOSSLCertificate?) {
        guard let certificate else { return }
        state.withLock {
            $0 = CertificateValidity(
                from: Instant(microsecondsSinceEpoch: Int64(certificate.notValidBefore) * 1_000_000),
                until: Instant(microsecondsSinceEpoch: Int64(certificate.notValidAfter) * 1_000_000))
        }
    }
}
