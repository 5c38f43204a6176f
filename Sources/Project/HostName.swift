import Exchanges
import Primitives

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The host of an address, in one spelling for all equivalent ones.
package struct HostName: Sendable, Hashable {
    /// A name in lower case without trailing dots, or an IP address in its numeric form.
    package let text: String
    /// Whether it is an IP address.
    package let isAddress: Bool

    /// The host of an absolute or scheme-relative URL; `nil` when it has none.
    ///
    /// Differences in scheme, user name, port, letter case, percent-encoding and trailing dots are ignored, and so are
    /// the spellings of an IP address (`0x7f.1`, `2130706433`, `[::ffff:127.0.0.1]`).
    package init?(ofURL url: String) {
        let bytes = Array(url.utf8)
        guard let mark = bytes.firstRange(of: "//".utf8) else { return nil }
        let ends = Set("/?#\\".utf8)
        var authority = bytes[mark.upperBound...].prefix { !ends.contains($0) }
        if let at = authority.lastIndex(of: UInt8(ascii: "@")) { authority = authority[(at + 1)...] }
        if authority.first == UInt8(ascii: "["), let end = authority.firstIndex(of: UInt8(ascii: "]")) {
            authority = authority[(authority.startIndex + 1)..<end]
        } else if let colon = authority.firstIndex(of: UInt8(ascii: ":")) {
            authority = authority[..<colon]
        }
        self.init(String(decoding: PercentEncoding.decodedLeniently(bytes: authority), as: UTF8.self))
    }

    /// A host without port and brackets; `nil` when it is empty.
    package init?(_ written: String) {
        var name = written.lowercased()
        while name.utf8.last == UInt8(ascii: ".") { name.removeLast() }
        guard !name.isEmpty else { return nil }
        let address = Self.address(name)
        text = address ?? name
        isAddress = address != nil
    }

    /// Whether the host is this machine or in its private network, and so never production.
    package var isLocal: Bool {
        // The path of a socket.
        if text.hasPrefix("/") { return true }
        guard isAddress else { return text == "localhost" || text.hasSuffix(".localhost") }
        if text.contains(":") {
            // Link-local addresses are fe80::/10 (RFC 4291, section 2.5.6), unique local ones fc00::/7 (RFC 4193).
            let first = text.split(separator: ":", omittingEmptySubsequences: false)[0]
            return text == "::1" || text == "::"
                || first.count == 4 && ["fe8", "fe9", "fea", "feb", "fc", "fd"].contains(where: first.hasPrefix)
        }
        let parts = text.split(separator: ".").compactMap { Int($0) }
        guard parts.count == 4 else { return false }
        return parts[0] == 127 || parts[0] == 10 || parts[0] == 0 || parts[0] == 192 && parts[1] == 168
            || parts[0] == 172 && (16...31).contains(parts[1]) || parts[0] == 169 && parts[1] == 254
    }

    /// The number of labels at the end of a name that its owner registers: two for `acme.com`, three for `acme.co.uk`.
    ///
    /// Second-level registries are recognised by their usual names under a country's domain.
    package var registrableLabels: Int {
        let labels = text.utf8.split(separator: UInt8(ascii: "."))
        guard labels.count > 2, let country = labels.last, country.count == 2 else { return 2 }
        let second = String(decoding: labels[labels.count - 2], as: UTF8.self)
        return ["ac", "co", "com", "edu", "go", "gob", "gov", "gv", "mil", "ne", "net", "nom", "or", "org"].contains(
            second)
            ? 3 : 2
    }

    /// An IP address as `inet_ntop` writes it; `nil` for a name.
    private static func address(_ name: String) -> String? {
        var four = in_addr()
        // Every form that resolvers accept: parts can be hexadecimal or octal, and there can be fewer than four.
        if inet_aton(name, &four) != 0 { return text(of: &four, AF_INET) }
        var six = in6_addr()
        guard inet_pton(AF_INET6, name, &six) == 1, let text = text(of: &six, AF_INET6) else { return nil }
        return text.hasPrefix("::ffff:") && text.contains(".") ? String(text.dropFirst(7)) : text
    }

    private static func text(of address: UnsafeRawPointer, _ family: Int32) -> String? {
        var buffer = [CChar](repeating: 0, count: 64)
        guard inet_ntop(family, address, &buffer, socklen_t(buffer.count)) != nil else { return nil }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

extension HostName {
    /// The addresses of the name, as the system resolves it; empty when there are none.
    package func addresses() -> [HostName] {
        if isAddress { return [self] }
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(text, nil, nil, &list) == 0, let list else { return [] }
        defer { freeaddrinfo(list) }
        var found: [HostName] = []
        var next: UnsafeMutablePointer<addrinfo>? = list
        while let entry = next?.pointee {
            var buffer = [CChar](repeating: 0, count: 128)
            if getnameinfo(
                entry.ai_addr, entry.ai_addrlen, &buffer, socklen_t(buffer.count), nil, 0, NI_NUMERICHOST) == 0
            {
                let text = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
                if let host = HostName(text), !found.contains(host) { found.append(host) }
            }
            next = entry.ai_next
        }
        return found
    }
}
