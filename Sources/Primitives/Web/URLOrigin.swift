extension URIReference {
    /// Splits a URL without changing it; `nil` if it contains a character that is not allowed in URLs. The fragment is
    /// dropped, because it is never sent.
    public init?(url text: String) {
        guard Self.isLegalURL(text) else { return nil }
        self = URIReference(text).withoutFragment
    }

    /// Whether `text` contains only characters allowed in a URL, and every `%` begins an escape (RFC 3986, section 2).
    public static func isLegalURL(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.indices.allSatisfy { index in
            let byte = bytes[index]
            guard byte == UInt8(ascii: "%") else {
                return byte.isASCIIAlphanumeric || "-._~:/?#[]@!$&'()*+,;=".utf8.contains(byte)
            }
            let digits = bytes[(index + 1)...].prefix(2)
            return digits.count == 2 && digits.allSatisfy { $0.isHexadecimalDigit }
        }
    }
}

/// The origin of a URL: scheme, host and port (RFC 6454, section 4).
public struct URLOrigin: Sendable, Hashable, CustomStringConvertible {
    /// `http` or `https`; `http+unix` for a socket.
    public let scheme: String
    /// In lower case; IPv6 addresses in brackets. For a socket, its percent-encoded path.
    public let host: String
    /// The written port, otherwise the scheme's default; 0 for a socket.
    public let port: Int

    /// The origin of `url`; `nil` if its scheme is not http or https, or if it has a user name or an invalid host or
    /// port.
    ///
    /// Two hosts that differ in more than letter case are different origins, even if both resolve to the same machine.
    public init?(_ url: URIReference) {
        if url.scheme == Self.socketScheme, let path = url.authority, path.utf8.starts(with: "%2F".utf8),
            path.utf8.allSatisfy({ $0.isASCIIAlphanumeric || "-._~%".utf8.contains($0) })
        {
            scheme = Self.socketScheme
            host = path
            port = 0
            return
        }
        guard let scheme = url.scheme?.lowercased(), let authority = url.authority?.lowercased(),
            ["http", "https"].contains(scheme), !authority.utf8.contains(UInt8(ascii: "@"))
        else { return nil }
        let bytes = Array(authority.utf8)
        let end = bytes.lastIndex(of: UInt8(ascii: "]")) ?? bytes.startIndex
        var host = bytes[...]
        var port = scheme == "http" ? 80 : 443
        if let colon = bytes[end...].lastIndex(of: UInt8(ascii: ":")) {
            host = bytes[..<colon]
            let digits = bytes[(colon + 1)...]
            if !digits.isEmpty {
                guard digits.allSatisfy(\.isASCIIDigit), let number = Int(String(decoding: digits, as: UTF8.self)),
                    (1...65_535).contains(number)
                else { return nil }
                port = number
            }
        }
        let isAddress = host.first == UInt8(ascii: "[") && host.last == UInt8(ascii: "]") && host.count > 2
        let name = isAddress ? host.dropFirst().dropLast() : host
        guard !name.isEmpty,
            name.allSatisfy({ $0.isASCIIAlphanumeric || (isAddress ? ":." : "-._").utf8.contains($0) })
        else { return nil }
        self.scheme = scheme
        self.host = String(decoding: host, as: UTF8.self)
        self.port = port
    }

    private static let socketScheme = "http+unix"

    /// `https://host`, with the port unless it is the scheme's default.
    public var description: String {
        let isUsual = port == 0 || port == (scheme == "http" ? 80 : 443)
        return "\(scheme)://\(host)" + (isUsual ? "" : ":\(port)")
    }
}
