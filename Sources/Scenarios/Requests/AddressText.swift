internal import Exchanges
internal import JSONDocument

/// Builds URLs from encoded parts (RFC 3986).
enum AddressText {
    /// The base URL without slashes at its end.
    static func base(_ url: String) throws(ValueFailure) -> String {
        let bytes = Array(url.utf8)
        let rest: ArraySlice<UInt8>
        if starts(bytes, "http://") {
            rest = bytes.dropFirst(7)
        } else if starts(bytes, "https://") {
            rest = bytes.dropFirst(8)
        } else {
            throw .invalid("the base URL does not start with http:// or https://")
        }
        let host = rest.prefix { $0 != UInt8(ascii: "/") }
        guard !host.isEmpty else { throw .invalid("the base URL has no host") }
        guard !host.contains(UInt8(ascii: "@")) else {
            throw .invalid("the base URL contains a user name; credentials belong in an auth profile")
        }
        guard !bytes.contains(UInt8(ascii: "?")), !bytes.contains(UInt8(ascii: "#")) else {
            throw .invalid("the base URL has a query or a fragment")
        }
        guard URIReference.isLegalURL(url) else {
            throw .invalid("the base URL contains characters that must be percent-encoded")
        }
        var end = bytes.endIndex
        while end > 0, bytes[end - 1] == UInt8(ascii: "/") { end -= 1 }
        return String(decoding: bytes[..<end], as: UTF8.self)
    }

    /// A path as written by a user, with all characters encoded that are not allowed in a path; escapes are kept.
    static func path(_ text: String) -> String {
        encoded(text, besides: "/@!$&'()*+,;=:")
    }

    /// A query as written by a user, with all characters encoded that are not allowed in a query; escapes are kept.
    static func query(_ text: String) -> String {
        encoded(text, besides: "/?@!$&'()*+,;=:")
    }

    /// A name or value in a query: everything except unreserved characters is encoded.
    static func component(_ text: String) -> String {
        encoded(text, besides: nil)
    }

    private static func encoded(_ text: String, besides kept: String?) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        for index in bytes.indices {
            if isLegal(bytes, at: index, besides: kept) {
                result.append(bytes[index])
            } else {
                result += [UInt8(ascii: "%"), digits[Int(bytes[index] >> 4)], digits[Int(bytes[index] & 15)]]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// - Parameter kept: Reserved characters that stay unencoded; with `nil`, escapes are encoded too.
    private static func isLegal(_ bytes: [UInt8], at index: Int, besides kept: String?) -> Bool {
        let byte = bytes[index]
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: return true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): return true
        case UInt8(ascii: "%"):
            guard kept != nil, index + 2 < bytes.count else { return false }
            return isHexadecimal(bytes[index + 1]) && isHexadecimal(bytes[index + 2])
        default: return kept?.utf8.contains(byte) ?? false
        }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
        default: false
        }
    }

    private static func starts(_ bytes: [UInt8], _ prefix: String) -> Bool {
        let lowered = bytes.prefix(prefix.utf8.count).map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
        return lowered.elementsEqual(prefix.utf8)
    }
}
