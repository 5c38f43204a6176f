internal import Primitives

/// The address of an HTTP proxy, with its credentials.
public struct ProxyAddress: Sendable, Hashable {
    /// The host; an IPv6 address has no brackets.
    public var host: String
    /// The port.
    public var port: Int
    /// The name and the password; `nil` if the proxy needs none.
    public var user: User?
    /// Where it is configured, as messages name it: `HTTPS_PROXY`, `--proxy`.
    public var source: String

    /// The credentials of a proxy.
    public struct User: Sendable, Hashable {
        /// The user name.
        public var name: String
        /// The password; empty if there is none.
        public var password: String
    }

    /// Why a text is not the address of a proxy. No message contains the text, which may contain a password.
    public struct Problem: Error, Sendable {
        /// A clause after the name of the source: "has no port".
        public var message: String
        /// The text to write instead.
        public var help: String
    }

    /// Parses `http://user:password@host:port`. The scheme can be left out, and the port is 8080 by default.
    ///
    /// Name and password are percent-decoded.
    ///
    /// - Throws: ``Problem`` for other schemes, and for texts without a valid host and port.
    public init(_ text: String, source: String) throws(Problem) {
        let help = "write http://HOST:PORT or http://USER:PASSWORD@HOST:PORT"
        var rest = text[...]
        if let mark = text.firstRange(of: "://") {
            guard text[..<mark.lowerBound].lowercased().isSame(as: "http") else {
                throw Problem(message: "has a scheme that is not supported: only HTTP proxies are", help: help)
            }
            rest = text[mark.upperBound...]
        }
        if rest.utf8.last == UInt8(ascii: "/") { rest = rest.dropLast() }
        user = nil
        if let at = rest.utf8.lastIndex(of: UInt8(ascii: "@")) {
            let parts = rest[..<at].utf8.split(
                separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
            let decoded = parts.map { PercentEncoding.text(String(Substring($0))) }
            guard let name = decoded[0], let password = decoded.count > 1 ? decoded[1] : "" else {
                throw Problem(message: "has credentials that are not percent-encoded correctly", help: help)
            }
            user = User(name: name, password: password)
            rest = rest[rest.utf8.index(after: at)...]
        }
        // The origin of a URL has the same rules for host and port.
        let url = "http://\(rest)"
        guard !rest.utf8.contains(UInt8(ascii: "/")), let reference = URIReference(url: url),
            let origin = URLOrigin(reference)
        else { throw Problem(message: "has no valid host and port", help: help) }
        host = origin.host.utf8.first == UInt8(ascii: "[") ? String(origin.host.dropFirst().dropLast()) : origin.host
        let hasPort = origin.port != 80 || rest.utf8.suffix(3).elementsEqual(":80".utf8)
        port = hasPort ? origin.port : 8080
        self.source = source
    }

    /// `host:port`, without credentials.
    public var shown: String { host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]:\(port)" : "\(host):\(port)" }

    /// The value of `proxy-authorization` (RFC 7617); `nil` without credentials.
    public var authorization: String? {
        user.map { "Basic " + Base64.text(Array("\($0.name):\($0.password)".utf8)) }
    }
}

/// Which requests go through which proxy.
public struct ProxyRules: Sendable, Hashable {
    /// The proxy for `http` URLs; `nil` for none.
    public var http: ProxyAddress?
    /// The proxy for `https` URLs; `nil` for none.
    public var https: ProxyAddress?
    /// The hosts that are reached directly.
    public var exceptions = NoProxyList("")

    /// No proxies.
    public init() {}

    /// The proxy for a URL; `nil` for a direct connection.
    public func proxy(for url: String) -> ProxyAddress? {
        guard http != nil || https != nil, let origin = URIReference(url: url).flatMap(URLOrigin.init),
            !exceptions.contains(host: origin.host, port: origin.port)
        else { return nil }
        // A socket is on this machine.
        guard origin.port != 0 else { return nil }
        return origin.scheme == "https" ? https : http
    }

    /// Every proxy of the rules, each once.
    public var all: [ProxyAddress] {
        let found = [http, https].compactMap { $0 }
        return found.count == 2 && found[0] == found[1] ? [found[0]] : found
    }
}
