internal import Primitives

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The hosts of `NO_PROXY`, which are reached without a proxy.
///
/// An entry is a name (`example.com` includes its subdomains, and so does `.example.com`), an IP address, a network
/// (`10.0.0.0/8`, `fd00::/8`), or `*` for every host. An entry with a port (`example.com:8080`) is only for that port.
public struct NoProxyList: Sendable, Hashable {
    private enum Entry: Sendable, Hashable {
        case everything
        case name(String, port: Int?)
        case network(IPAddress, prefix: Int, port: Int?)
    }

    private let entries: [Entry]

    /// Reads a list separated by commas or spaces. Empty entries are ignored.
    public init(_ text: String) {
        let separators = Set(", \t\r\n".utf8)
        entries = text.utf8.split { separators.contains($0) }.map { Self.entry(String(Substring($0))) }
    }

    /// Whether a host is reached directly.
    ///
    /// - Parameters:
    ///   - host: A name or an address; an IPv6 address may have brackets.
    ///   - port: The port of the request.
    public func contains(host: String, port: Int) -> Bool {
        let host = Self.plain(host)
        let address = IPAddress(host)
        return entries.contains { entry in
            switch entry {
            case .everything: true
            case .name(let name, let own):
                (own ?? port) == port
                    && (host.isSame(as: name) || host.hasSuffix(".\(name)"))
            case .network(let network, let prefix, let own):
                (own ?? port) == port && address.map { network.contains($0, prefix: prefix) } ?? false
            }
        }
    }

    private static func entry(_ text: String) -> Entry {
        guard text != "*" else { return .everything }
        if let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")),
            let network = IPAddress(plain(String(text[..<slash]))),
            let prefix = Int(text[text.utf8.index(after: slash)...]), (0...network.bytes.count * 8).contains(prefix)
        {
            return .network(network, prefix: prefix, port: nil)
        }
        let (host, port) = split(text)
        if let address = IPAddress(host) { return .network(address, prefix: address.bytes.count * 8, port: port) }
        return .name(host.hasPrefix("*.") ? String(host.dropFirst(2)) : String(host.drop { $0 == "." }), port: port)
    }

    /// Splits a port from the end. Colons of an IPv6 address without brackets begin no port.
    private static func split(_ text: String) -> (host: String, port: Int?) {
        guard IPAddress(text) == nil, let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")),
            let port = Int(text[text.utf8.index(after: colon)...])
        else { return (plain(text), nil) }
        return (plain(String(text[..<colon])), port)
    }

    /// A host in lower case, without brackets and without a dot at the end.
    private static func plain(_ host: String) -> String {
        var host = host.lowercased()
        if host.utf8.first == UInt8(ascii: "["), host.utf8.last == UInt8(ascii: "]") {
            host = String(host.dropFirst().dropLast())
        }
        while host.utf8.last == UInt8(ascii: ".") { host.removeLast() }
        return host
    }
}

/// An IP address as bytes: four or sixteen.
private struct IPAddress: Sendable, Hashable {
    let bytes: [UInt8]

    /// Parses a numeric address; `nil` for a name.
    init?(_ text: String) {
        var bytes = [UInt8](repeating: 0, count: 4)
        if inet_pton(AF_INET, text, &bytes) == 1 {
            self.bytes = bytes
            return
        }
        bytes = [UInt8](repeating: 0, count: 16)
        guard inet_pton(AF_INET6, text, &bytes) == 1 else { return nil }
        self.bytes = bytes
    }

    /// Whether the first `prefix` bits are the same.
    func contains(_ other: IPAddress, prefix: Int) -> Bool {
        guard bytes.count == other.bytes.count else { return false }
        return bytes.indices.allSatisfy { index in
            let bits = min(8, max(0, prefix - index * 8))
            return bits == 0 || (bytes[index] ^ other.bytes[index]) >> UInt8(8 - bits) == 0
        }
    }
}
