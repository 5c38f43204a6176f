package import Exchanges
internal import NIOSSL

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

extension LiveTransport {
    /// The problems with the files that `settings` name: missing files, files without a certificate or key, and a key
    /// that does not belong to its certificate.
    package static func problems(with settings: ConnectionSettings) -> [ConnectionProblem] {
        var problems = [settings.trust.roots, settings.trust.additional].compactMap { file in
            file.flatMap(certificateProblem)
        }
        if let identity = settings.identity { problems += identityProblems(identity, settings) }
        return problems
    }

    private static func certificateProblem(_ file: ConfiguredFile) -> ConnectionProblem? {
        if let problem = accessProblem(file) { return problem }
        guard (try? NIOSSLCertificate.fromPEMFile(file.path))?.isEmpty != false else { return nil }
        return ConnectionProblem(
            file, "contains no certificate in PEM",
            help: "name a file with -----BEGIN CERTIFICATE-----; convert DER with: openssl x509 -inform DER -in FILE")
    }

    private static func identityProblems(
        _ identity: ClientIdentity, _ settings: ConnectionSettings
    ) -> [ConnectionProblem] {
        if let problem = certificateProblem(identity.certificate) { return [problem] }
        if let problem = accessProblem(identity.key) { return [problem] }
        // Without a callback, the library would read the password of an encrypted key from the terminal.
        guard let key = try? NIOSSLPrivateKey(file: identity.key.path, format: .pem, passphraseCallback: { $0([0]) })
        else {
            return [
                ConnectionProblem(
                    identity.key, "contains no private key in PEM, or an encrypted one",
                    help: "name a file with -----BEGIN PRIVATE KEY-----; decrypt a key with: openssl pkey -in FILE")
            ]
        }
        guard let chain = try? NIOSSLCertificate.fromPEMFile(identity.certificate.path) else { return [] }
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateChain = chain.map { .certificate($0) }
        configuration.privateKey = .privateKey(key)
        guard (try? NIOSSLContext(configuration: configuration)) == nil else { return [] }
        return [
            ConnectionProblem(
                identity.key, "does not belong to the certificate '\(identity.certificate.shown)'",
                help: "name the key that the certificate was made for")
        ]
    }

    private static func accessProblem(_ file: ConfiguredFile) -> ConnectionProblem? {
        guard access(file.path, R_OK) != 0 else { return nil }
        let reason = errno == ENOENT ? "does not exist" : "cannot be read"
        return ConnectionProblem(file, reason, help: "check the path; paths are relative to the project")
    }
}
