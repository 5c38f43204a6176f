import Primitives

/// `uri` and `uri-reference` (RFC 3986), `iri` and `iri-reference` (RFC 3987).
enum URIFormats {
    static func accepts(_ text: UnsafeBufferPointer<UInt8>, requiresScheme: Bool, international: Bool) -> Bool {
        var rest = text[...]
        var hasScheme = false
        if let colon = rest.firstIndex(where: { !isSchemeCharacter($0) }), rest[colon] == UInt8(ascii: ":"),
            let first = rest.first, first.isASCIILetter
        {
            hasScheme = true
            rest = rest[(colon + 1)...]
        }
        guard hasScheme || !requiresScheme else { return false }
        // Most URIs have neither query nor fragment, so one search looks for both.
        if let end = rest.firstIndex(where: { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }) {
            let hash = rest[end...].firstIndex(of: UInt8(ascii: "#")) ?? rest.endIndex
            guard isMade(rest[hash...].dropFirst(), of: .fragment, international),
                isMade(rest[end..<hash].dropFirst(), of: .fragment, international, allowsPrivate: true)
            else { return false }
            rest = rest[..<end]
        }
        let slash = UInt8(ascii: "/")
        if rest.starts(with: "//".utf8) {
            rest = rest.dropFirst(2)
            let end = rest.firstIndex(of: slash) ?? rest.endIndex
            guard isAuthority(rest[..<end], international) else { return false }
            rest = rest[end...]
        } else if !hasScheme {
            // A colon in the first segment would turn the segment into a scheme (RFC 3986, section 4.2).
            guard !rest.prefix(while: { $0 != slash }).contains(UInt8(ascii: ":")) else { return false }
        }
        return isMade(rest, of: .path, international)
    }

    private static func isAuthority(_ text: Bytes, _ international: Bool) -> Bool {
        var host = text
        if let at = text.firstIndex(of: UInt8(ascii: "@")) {
            guard isMade(text[..<at], of: .userInformation, international) else { return false }
            host = text[(at + 1)...]
        }
        if host.first == UInt8(ascii: "[") {
            guard let end = host.firstIndex(of: UInt8(ascii: "]")) else { return false }
            return isLiteral(host[(host.startIndex + 1)..<end]) && isPort(host[(end + 1)...])
        }
        let colon = host.firstIndex(of: UInt8(ascii: ":")) ?? host.endIndex
        return isMade(host[..<colon], of: .host, international) && isPort(host[colon...])
    }

    /// Nothing, or a colon and digits.
    private static func isPort(_ text: Bytes) -> Bool {
        guard let first = text.first else { return true }
        return first == UInt8(ascii: ":") && text.dropFirst().allSatisfy { $0 &- 0x30 < 10 }
    }

    /// The content of brackets: an IPv6 address or an address of a later version.
    private static func isLiteral(_ text: Bytes) -> Bool {
        guard let first = text.first, first | 0x20 == UInt8(ascii: "v") else { return AddressFormats.isIPv6(text) }
        let parts = text.dropFirst().split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && parts[0].allSatisfy { $0.hexadecimalValue != nil }
            && !parts[1].isEmpty && parts[1].allSatisfy { $0.isUnreserved || isSubDelimiter($0) || $0 == 0x3A }
    }

    /// Whether the text consists of allowed characters and percent-encoded bytes.
    private static func isMade(
        _ text: Bytes, of allowed: URICharacters, _ international: Bool, allowsPrivate: Bool = false
    ) -> Bool {
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            if allowed.contains(byte) {
                index += 1
                continue
            }
            if byte >= 0x80 {
                guard international, let scalar = UTF8Scalar(text, at: index),
                    scalar.isUCSCharacter || (allowsPrivate && scalar.isPrivate)
                else { return false }
                index += scalar.length
                continue
            }
            if byte == UInt8(ascii: "%") {
                guard index + 2 < text.endIndex, (text[index + 1]).hexadecimalValue != nil,
                    (text[index + 2]).hexadecimalValue != nil
                else { return false }
                index += 3
                continue
            }
            return false
        }
        return true
    }

    private static func isSubDelimiter(_ byte: UInt8) -> Bool {
        !byte.isUnreserved && URICharacters.host.contains(byte)
    }

    private static func isSchemeCharacter(_ byte: UInt8) -> Bool {
        byte.isASCIIAlphanumeric || byte == 0x2B || byte == 0x2D || byte == 0x2E
    }
}

/// The ASCII characters allowed unescaped in a part of a URI, one bit each. A bit test replaces a search for every
/// character (`assay-bench validate`).
private struct URICharacters {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    /// Unreserved characters and sub-delimiters (RFC 3986, sections 2.2 and 2.3), and the characters in `others`.
    private init(and others: String) {
        let letters = (UInt8(ascii: "a")...UInt8(ascii: "z")).flatMap { [$0, $0 & 0xDF] }
        for byte in letters + Array("0123456789-._~!$&'()*+,;=\(others)".utf8) {
            if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte - 64) }
        }
    }

    static let host = URICharacters(and: "")
    static let userInformation = URICharacters(and: ":")
    static let path = URICharacters(and: ":@/")
    static let fragment = URICharacters(and: ":@/?")

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        guard byte < 0x80 else { return false }
        return (byte < 64 ? low : high) &>> UInt64(byte & 63) & 1 == 1
    }
}

/// One scalar above ASCII in valid UTF-8.
struct UTF8Scalar {
    let value: UInt32
    let length: Int

    init?(_ text: Bytes, at index: Bytes.Index) {
        let first = text[index]
        length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        guard index + length <= text.endIndex else { return nil }
        var value = UInt32(first & (0xFF >> UInt8(length + 1)))
        for offset in 1..<length { value = value << 6 | UInt32(text[index + offset] & 0x3F) }
        self.value = value
    }

    /// `ucschar` (RFC 3987, section 2.2).
    var isUCSCharacter: Bool {
        switch value {
        case 0xA0...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFEF: true
        case 0x10000...0xDFFFD: value & 0xFFFF <= 0xFFFD
        case 0xE1000...0xEFFFD: true
        default: false
        }
    }

    /// `iprivate` (RFC 3987, section 2.2).
    var isPrivate: Bool {
        switch value {
        case 0xE000...0xF8FF, 0xF0000...0xFFFFD, 0x100000...0x10FFFD: true
        default: false
        }
    }
}
