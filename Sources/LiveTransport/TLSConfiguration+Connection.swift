internal import Exchanges
internal import NIOSSL

extension TLSConfiguration {
    /// The TLS settings of a client. Files that cannot be loaded are left out; ``LiveTransport/problems(with:)`` reports
    /// them first.
    static func client(_ connection: ConnectionSettings) -> TLSConfiguration {
        // Certificates and host names are verified, which is the library's default.
        var configuration = TLSConfiguration.makeClientConfiguration()
        // TLS 1.0 and 1.1 must not be negotiated (RFC 9325, section 3.1.1). The library's default is 1.0.
        configuration.minimumTLSVersion = .tlsv12
        if let roots = connection.trust.roots { configuration.trustRoots = .file(roots.path) }
        configuration.additionalTrustRoots = [connection.trust.additional].compactMap { $0.map { .file($0.path) } }
        if connection.trust.acceptsEverything { configuration.certificateVerification = .none }
        if let identity = connection.identity,
            let chain = try? NIOSSLCertificate.fromPEMFile(identity.certificate.path),
            let key = try? NIOSSLPrivateKey(file: identity.key.path, format: .pem)
        {
            configuration.certificateChain = chain.map { .certificate($0) }
            configuration.privateKey = .privateKey(key)
        }
        return configuration
    }
}
