/// A URL in its parts, percent-encoded as it came (RFC 3986, 3). A fragment, which is never sent, is let go.
public struct URLReference: Sendable, Hashable {
    /// `http`; `nil` in a relative reference.
    public var scheme: String?
    /// Host and port, with a user name where there is one; `nil` where there is no `//`.
    public var authority: String?
    /// The path, which may be empty.
    public var path: String
    /// What follows `?`; `nil` where there is none.
    public var query: String?

    /// Takes `text` apart; `nil` when it holds what no URL may.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard Self.isLegal(bytes) else { return nil }
        var rest = bytes.prefix { $0 != UInt8(ascii: "#") }
        if let colon = rest.firstIndex(where: { ":/?".utf8.contains($0) }), rest[colon] == UInt8(ascii: ":"),
            Self.isScheme(rest[..<colon])
        {
            scheme = String(decoding: rest[..<colon], as: UTF8.self)
            rest = rest[(colon + 1)...]
        }
        if rest.starts(with: "//".utf8) {
            let authority = rest.dropFirst(2).prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
            self.authority = String(decoding: authority, as: UTF8.self)
            rest = rest[authority.endIndex...]
        }
        let path = rest.prefix { $0 != UInt8(ascii: "?") }
        self.path = String(decoding: path, as: UTF8.self)
        if path.endIndex < rest.endIndex { query = String(decoding: rest[(path.endIndex + 1)...], as: UTF8.self) }
    }

    /// The URL as it is sent.
    public var text: String {
        (scheme.map { $0 + ":" } ?? "") + (authority.map { "//" + $0 } ?? "") + path + (query.map { "?" + $0 } ?? "")
    }

    /// The URL that this one means where `base` is the present one (RFC 3986, 5.2.2).
    public func resolved(against base: URLReference) -> URLReference {
        var result = self
        if scheme == nil {
            result.scheme = base.scheme
            if authority == nil {
                result.authority = base.authority
                if path.isEmpty {
                    result.path = base.path
                    result.query = query ?? base.query
                    return result
                }
                if path.utf8.first != UInt8(ascii: "/") { result.path = merged(base) }
            }
        }
        result.path = Self.withoutDots(result.path)
        return result
    }

    /// The path of a relative reference below that of `base` (RFC 3986, 5.2.3).
    private func merged(_ base: URLReference) -> String {
        if base.authority != nil, base.path.isEmpty { return "/" + path }
        guard let slash = base.path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
        return String(base.path[...slash]) + path
    }

    /// RFC 3986, 5.2.4, for paths that begin with a slash; others are no paths of http.
    private static func withoutDots(_ path: String) -> String {
        guard path.utf8.first == UInt8(ascii: "/") else { return path }
        let segments = path.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        var kept: [String] = []
        for (index, segment) in segments.enumerated() {
            let isUp = segment.elementsEqual("..".utf8)
            guard isUp || segment.elementsEqual(".".utf8) else {
                kept.append(String(decoding: segment, as: UTF8.self))
                continue
            }
            if isUp { _ = kept.popLast() }
            if index == segments.count - 1 { kept.append("") }
        }
        return "/" + kept.joined(separator: "/")
    }

    private static func isScheme(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first, isLetter(first) else { return false }
        return bytes.allSatisfy { isLetter($0) || isDigit($0) || "+-.".utf8.contains($0) }
    }

    /// RFC 3986, 2: unreserved and reserved characters, and escapes.
    private static func isLegal(_ bytes: [UInt8]) -> Bool {
        bytes.indices.allSatisfy { index in
            let byte = bytes[index]
            guard byte == UInt8(ascii: "%") else {
                return isLetter(byte) || isDigit(byte) || "-._~:/?#[]@!$&'()*+,;=".utf8.contains(byte)
            }
            let digits = bytes[(index + 1)...].prefix(2)
            return digits.count == 2 && digits.allSatisfy { hexadecimal($0) != nil }
        }
    }
}

/// Where a URL leads to: scheme, host and port (RFC 6454, 4).
public struct URLOrigin: Sendable, Hashable, CustomStringConvertible {
    /// `http` or `https`.
    public let scheme: String
    /// In lower case; an address of IPv6 in its brackets.
    public let host: String
    /// The one that is written, else that of the scheme.
    public let port: Int

    /// The origin of `url`; `nil` when it is not one of http or https, has a user name, or a host or port that is none.
    ///
    /// Two hosts that differ in more than letter case are two, even where both lead to one machine.
    public init?(_ url: URLReference) {
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
                guard digits.allSatisfy(isDigit), let number = Int(String(decoding: digits, as: UTF8.self)),
                    (1...65_535).contains(number)
                else { return nil }
                port = number
            }
        }
        let isAddress = host.first == UInt8(ascii: "[") && host.last == UInt8(ascii: "]") && host.count > 2
        let name = isAddress ? host.dropFirst().dropLast() : host
        guard !name.isEmpty,
            name.allSatisfy({ isLetter($0) || isDigit($0) || (isAddress ? ":." : "-._").utf8.contains($0) })
        else { return nil }
        self.scheme = scheme
        self.host = String(decoding: host, as: UTF8.self)
        self.port = port
    }

    /// `https://host`, with the port where it is not that of the scheme.
    public var description: String {
        let isUsual = port == (scheme == "http" ? 80 : 443)
        return "\(scheme)://\(host)" + (isUsual ? "" : ":\(port)")
    }
}

private func isLetter(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
}

private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
