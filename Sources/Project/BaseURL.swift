import Exchanges

/// The address below which requests are sent.
package enum BaseURL {
    /// The form of a base URL.
    package static let help = "write https://host:port/path"

    /// The problem with `text` as the address of a target; `nil` when it is valid.
    ///
    /// The scheme must be http or https, and a host is required. With `http+unix`, the host is the percent-encoded path of
    /// a socket. User names are rejected, because clients handle them
    /// differently. So are queries, fragments and characters that RFC 3986 does not allow.
    package static func problem(with text: String) -> String? {
        guard let rest = afterScheme(text) else { return "does not start with http:// or https://" }
        do throws(SocketAddress.Problem) {
            let isSocket = try SocketAddress(url: text) != nil
            let authority = rest.prefix { $0 != UInt8(ascii: "/") }
            if isSocket, authority.contains(UInt8(ascii: ":")) { return "has a port, which a socket does not have" }
        } catch {
            return error.message
        }
        let authority = rest.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        if rest.contains(UInt8(ascii: "?")) { return "has a query" }
        if rest.contains(UInt8(ascii: "#")) { return "has a fragment" }
        if authority.contains(UInt8(ascii: "@")) { return "contains a user name or password" }
        guard let host = host(in: authority) else { return "has no valid host and port" }
        if host.isEmpty { return "has no host" }
        let unbracketed = rest.dropFirst(host.first == UInt8(ascii: "[") ? host.count : 0)
        return isWritten(host) && isWritten(unbracketed, brackets: false)
            ? nil : "contains a character that must be percent-encoded"
    }

    /// The host of a base URL in lower case, without port and trailing dots; empty when there is none.
    package static func host(of text: String) -> String {
        guard let rest = afterScheme(text) else { return "" }
        let authority = rest.prefix { $0 != UInt8(ascii: "/") }
        var host = Array(host(in: authority) ?? []).map { byte in
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte + 32 : byte
        }
        while host.last == UInt8(ascii: ".") { host.removeLast() }
        return String(decoding: host, as: UTF8.self)
    }

    private static func afterScheme(_ text: String) -> ArraySlice<UInt8>? {
        let bytes = Array(text.utf8)
        return ["https://", "http://", SocketAddress.prefix].first { bytes.starts(with: $0.utf8) }.map {
            bytes.dropFirst($0.utf8.count)
        }
    }

    /// The host of `authority`; `nil` when its port is not a number from 1 to 65535 or its brackets do not match.
    private static func host(in authority: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        var host = authority
        var port: ArraySlice<UInt8>?
        if authority.first == UInt8(ascii: "[") {
            guard let end = authority.firstIndex(of: UInt8(ascii: "]")) else { return nil }
            host = authority[...end]
            let tail = authority[(end + 1)...]
            guard tail.isEmpty || tail.first == UInt8(ascii: ":") else { return nil }
            port = tail.isEmpty ? nil : tail.dropFirst()
        } else if let colon = authority.firstIndex(of: UInt8(ascii: ":")) {
            host = authority[..<colon]
            port = authority[(colon + 1)...]
        }
        if let port {
            // Int also accepts a sign.
            guard port.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains),
                let number = Int(String(decoding: port, as: UTF8.self)), (1...65535).contains(number)
            else { return nil }
        }
        return host
    }

    /// Whether every byte is allowed in a URL and every `%` begins an escape.
    private static func isWritten(_ bytes: ArraySlice<UInt8>, brackets: Bool = true) -> Bool {
        let allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/%"
        guard bytes.allSatisfy({ allowed.utf8.contains($0) || brackets && "[]".utf8.contains($0) }) else {
            return false
        }
        return bytes.indices.allSatisfy { index in
            guard bytes[index] == UInt8(ascii: "%") else { return true }
            let digits = bytes[index...].dropFirst().prefix(2)
            return digits.count == 2 && digits.allSatisfy { "0123456789abcdefABCDEF".utf8.contains($0) }
        }
    }
}
