public import Primitives

/// The cookies of one scenario (a subset of RFC 6265: domain, path, secure, max-age and expires).
///
/// A cookie is only sent to the origin that set it. `Domain` never widens that: a cookie whose domain does not include
/// the host is ignored.
public struct CookieJar: Sendable {
    /// The maximum number of cookies; more are ignored.
    static let mostCookies = 64
    /// The maximum length of a `set-cookie` line in bytes; longer ones are ignored.
    static let longestLine = 4_096

    private struct Cookie: Sendable {
        var name: String
        var value: String
        var origin: URLOrigin
        var path: String
        var isSecure: Bool
        /// `nil` until the end of the scenario.
        var expires: Instant?
    }

    private var cookies: [Cookie] = []

    /// An empty jar.
    public init() {}

    /// Keeps the cookies that a response sets, and removes those that it expires.
    ///
    /// - Parameters:
    ///   - url: The URL of the request.
    ///   - now: The time of the response.
    public mutating func store(_ response: ResponseMessage, from url: String, now: Instant) {
        guard let reference = URIReference(url: url), let origin = URLOrigin(reference) else { return }
        for line in response.header("set-cookie") where line.utf8.count <= Self.longestLine {
            guard let cookie = Self.cookie(line, reference, origin, now) else { continue }
            cookies.removeAll { other in
                other.origin == origin && other.path == cookie.path && other.name.isSame(as: cookie.name)
            }
            let isOver = cookie.expires.map { $0 <= now } ?? false
            if !isOver, cookies.count < Self.mostCookies { cookies.append(cookie) }
        }
    }

    /// The request with the jar's cookies. Cookies that the request already sends take precedence over those with the
    /// same name.
    public func applied(to request: RequestMessage, now: Instant) -> RequestMessage {
        guard !cookies.isEmpty, let reference = URIReference(url: request.url),
            let origin = URLOrigin(reference)
        else { return request }
        let own = request.header("cookie").joined(separator: "; ")
        let pairs = cookies.filter { cookie in
            cookie.origin == origin && cookie.expires.map { now < $0 } ?? true
                && Self.matches(reference.path, cookie.path)
                && (!cookie.isSecure || origin.scheme == "https" || Self.isLoopback(origin.host))
                && CookiePairs.value(of: cookie.name, in: own) == nil
        }
        // RFC 6265, section 5.4: longer paths first.
        let sorted = pairs.sorted { $0.path.utf8.count > $1.path.utf8.count }
        guard !sorted.isEmpty else { return request }
        var request = request
        let line = ([own] + sorted.map { "\($0.name)=\($0.value)" }).filter { !$0.isEmpty }.joined(separator: "; ")
        request.headers.removeAll { $0.isNamed("cookie") }
        request.headers.append(HeaderField(name: "cookie", value: line))
        return request
    }

    private static func cookie(
        _ line: String, _ url: URIReference, _ origin: URLOrigin, _ now: Instant
    ) -> Cookie? {
        let parts = line.utf8.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map(Self.pair)
        guard let (name, value) = parts.first, let value, !name.isEmpty,
            (name + value).utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        var cookie = Cookie(
            name: name, value: value, origin: origin, path: defaultPath(url.path), isSecure: false, expires: nil)
        var maximumAge: Int64?
        for (attribute, value) in parts.dropFirst() {
            let value = value ?? ""
            switch attribute.lowercased() {
            case "domain" where !value.isEmpty: guard includes(value, origin.host) else { return nil }
            case "path" where value.utf8.first == UInt8(ascii: "/"): cookie.path = value
            case "secure": cookie.isSecure = true
            // RFC 6265, section 5.2.2: the first character is a digit or a minus sign.
            case "max-age" where value.utf8.first != UInt8(ascii: "+"): maximumAge = Int64(value) ?? maximumAge
            case "expires": cookie.expires = Instant(httpDate: value, reference: now) ?? cookie.expires
            default: break
            }
        }
        // RFC 6265, section 5.3: max-age takes precedence. A year is longer than any run.
        if let maximumAge { cookie.expires = now.advanced(by: .seconds(min(maximumAge, 31_536_000))) }
        if let maximumAge, maximumAge <= 0 { cookie.expires = now }
        return cookie
    }

    private static func pair(_ part: Substring.UTF8View) -> (name: String, value: String?) {
        let equals = part.firstIndex(of: UInt8(ascii: "="))
        return (
            CookiePairs.trimmed(Substring(part[..<(equals ?? part.endIndex)])),
            equals.map { CookiePairs.trimmed(Substring(part[part.index(after: $0)...])) }
        )
    }

    /// RFC 6265, section 5.1.4.
    private static func defaultPath(_ path: String) -> String {
        guard path.utf8.first == UInt8(ascii: "/"), let last = path.utf8.lastIndex(of: UInt8(ascii: "/")),
            last > path.startIndex
        else { return "/" }
        return String(path[..<last])
    }

    /// Whether `path` is `prefix` or below it (RFC 6265, section 5.1.4).
    private static func matches(_ path: String, _ prefix: String) -> Bool {
        let path = path.isEmpty ? "/" : path
        guard path.utf8.starts(with: prefix.utf8) else { return false }
        let rest = path.utf8.dropFirst(prefix.utf8.count)
        return rest.isEmpty || prefix.utf8.last == UInt8(ascii: "/") || rest.first == UInt8(ascii: "/")
    }

    /// Whether a host belongs to a domain (RFC 6265, section 5.1.3). An IP address is only its own domain.
    private static func includes(_ domain: String, _ host: String) -> Bool {
        let domain = domain.lowercased().drop { $0 == "." }
        let isAddress = host.utf8.allSatisfy { $0.isASCIIDigit || $0 == UInt8(ascii: ".") } || host.hasPrefix("[")
        return host.isSame(as: domain) || !isAddress && host.hasSuffix(".\(domain)")
    }

    /// Whether a host is this machine, where secure cookies are sent without TLS as well.
    private static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "[::1]" || host.hasPrefix("127.")
    }
}
