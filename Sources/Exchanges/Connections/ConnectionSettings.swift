/// How a client reaches the servers of a run: through which proxies, and whom it trusts.
public struct ConnectionSettings: Sendable, Hashable {
    /// The proxies; by default none.
    public var proxies = ProxyRules()
    /// How the certificates of servers are verified.
    public var trust = ServerTrust()
    /// The certificate that the client presents; `nil` for none.
    public var identity: ClientIdentity?
    /// The content codings that requests accept, such as `gzip`; bodies in them are decoded. Empty for none.
    public var codings: [ContentCoding] = []
    /// Whether only HTTP/1.1 is used, even if HTTP/2 is offered.
    public var isHTTP1Only = false

    /// Direct connections that trust the system's certificates.
    public init() {}
}

/// A content coding that can be decoded (RFC 9110, section 8.4.1).
public enum ContentCoding: String, Sendable, Hashable, CaseIterable {
    /// RFC 1952.
    case gzip
    /// The zlib format (RFC 1950) around a deflate stream (RFC 1951).
    case deflate
    /// RFC 7932.
    case br

    /// The coding called `name`, ignoring case; `x-gzip` is `gzip`. `nil` for an unsupported one.
    public init?(name: String) {
        let name = name.lowercased()
        self.init(rawValue: name == "x-gzip" ? "gzip" : name)
    }
}

/// How the certificates of servers are verified.
public struct ServerTrust: Sendable, Hashable {
    /// A file that replaces the system's trusted certificates; `nil` for the system's.
    public var roots: ConfiguredFile?
    /// A file of certificates that are trusted as well; `nil` for none.
    public var additional: ConfiguredFile?
    /// Whether any certificate is accepted.
    public var acceptsEverything = false

    /// Trust in the system's certificates.
    public init() {}
}

/// The certificate that a client presents to servers, with its private key.
public struct ClientIdentity: Sendable, Hashable {
    /// The certificate and, after it, those of its issuers, in PEM.
    public var certificate: ConfiguredFile
    /// The private key in PEM, not encrypted.
    public var key: ConfiguredFile

    /// A certificate and its key.
    public init(certificate: ConfiguredFile, key: ConfiguredFile) {
        self.certificate = certificate
        self.key = key
    }
}

/// A file that the user named, and where.
public struct ConfiguredFile: Sendable, Hashable {
    /// The path for opening it.
    public var path: String
    /// Where it is configured, as messages name it: `` `ca` of the target 'sandbox' ``, `--cacert`.
    public var source: String
    /// The path as the user wrote it.
    public var shown: String

    /// Names a file.
    public init(path: String, source: String, shown: String) {
        self.path = path
        self.source = source
        self.shown = shown
    }
}

/// Why a client cannot be made with its settings.
public struct ConnectionProblem: Sendable, Hashable {
    /// A clause that names the file and where it is configured.
    public var message: String
    /// The remedy.
    public var help: String

    /// A problem with a file.
    ///
    /// - Parameter what: The predicate of the clause: "does not exist".
    public init(_ file: ConfiguredFile, _ what: String, help: String) {
        message = "the file '\(file.shown)' (\(file.source)) \(what)"
        self.help = help
    }
}
