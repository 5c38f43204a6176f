/// How servers are reached, as options say. Paths are relative to the project.
package struct NetworkChoice: Sendable, Equatable {
    /// The proxy.
    package enum Proxy: Sendable, Equatable {
        /// Connections are direct, whatever the target and the environment say.
        case off
        /// The URL of a proxy.
        case address(String)
    }

    /// The proxy; `nil` for that of the target or the environment.
    package var proxy: Proxy?
    /// A file of certificates (PEM) that are trusted in addition to the system's.
    package var trustedCertificates: String?
    /// The client's certificate (PEM).
    package var certificate: String?
    /// The private key of the client's certificate (PEM); by default in the file of the certificate.
    package var key: String?
    /// Whether any certificate of a server is accepted.
    package var isInsecure = false

    /// Nothing differs from the configuration.
    package init() {}
}
