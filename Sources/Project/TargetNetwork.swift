package import Exchanges
package import Scenarios

/// How the servers of a target are reached, as the configuration says. Paths are relative to the project.
package struct TargetNetwork: Sendable, Equatable {
    /// The proxy of a target.
    package enum Proxy: Sendable, Equatable {
        /// Connections are direct, whatever the environment says.
        case off
        /// The address of a proxy; it can contain `{{env.X}}`, `{{var.x}}` and `{{secret.X}}`.
        case address(Template)
    }

    /// The proxy; `nil` for that of the environment.
    package var proxy: Proxy?
    /// A file of certificates (PEM) that are trusted in addition to the system's.
    package var trustedCertificates: String?
    /// The client's certificate (PEM).
    package var certificate: String?
    /// The private key of the client's certificate (PEM).
    package var key: String?
    /// Whether any certificate of a server is accepted.
    package var isInsecure = false
    /// The content codings that requests accept.
    package var codings: [ContentCoding] = []
    /// Whether HTTP/1.1 is used even where HTTP/2 is available.
    package var isHTTP1Only = false
    /// The address as the file writes it, if a value in it is missing. Nothing can be sent; the target then has the
    /// address ``Target/unknownAddress``.
    package var addressTemplate: String?

    /// The defaults: the proxies of the environment, the system's certificates, and no content coding.
    package init() {}

    /// The secrets of the proxy's address.
    package var secrets: [String] {
        if case .address(let template) = proxy { template.secrets } else { [] }
    }
}
