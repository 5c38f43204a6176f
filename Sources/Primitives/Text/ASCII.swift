/// ASCII characters by class, without regard to locale.
extension UInt8 {
    /// `0` to `9`.
    @inlinable public var isASCIIDigit: Bool { self &- 0x30 < 10 }

    /// `A` to `Z` and `a` to `z`.
    @inlinable public var isASCIILetter: Bool { (self | 0x20) &- 0x61 < 26 }

    /// A letter or a digit.
    @inlinable public var isASCIIAlphanumeric: Bool { isASCIIDigit || isASCIILetter }

    /// 0 to 15 for `0`–`9`, `A`–`F`, `a`–`f`.
    @inlinable public var hexadecimalValue: UInt8? {
        switch self {
        case 0x30...0x39: self &- 0x30
        case 0x41...0x46: self &- 0x41 &+ 10
        case 0x61...0x66: self &- 0x61 &+ 10
        default: nil
        }
    }

    /// `0`–`9`, `A`–`F`, `a`–`f`.
    @inlinable public var isHexadecimalDigit: Bool { hexadecimalValue != nil }

    /// The lower case of a letter; every other byte is itself.
    @inlinable public var lowercasedASCII: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }

    /// A character that never needs percent-encoding (RFC 3986, section 2.3).
    @inlinable public var isUnreserved: Bool {
        isASCIIAlphanumeric || self == 0x2D || self == 0x2E || self == 0x5F || self == 0x7E
    }

    /// A character of a token, such as a method or the name of a header (RFC 9110, section 5.6.2).
    @inlinable public var isTokenCharacter: Bool {
        switch self {
        // The signs ! # $ % & ' * + - . ^ _ ` | ~
        case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E...0x60, 0x7C, 0x7E: true
        default: isASCIIAlphanumeric
        }
    }

    /// A space or a tab.
    @inlinable public var isBlank: Bool { self == 0x20 || self == 0x09 }
}

// The bodies are visible to other modules, so that each use is compiled for its own type of text: a request builds and
// compares dozens of names (`assay-bench run`: 5 % of a step).
extension StringProtocol {
    /// The text with ASCII letters in lower case; every other character is itself.
    @inlinable public var lowercasedASCII: String {
        guard utf8.contains(where: { $0 &- 0x41 < 26 }) else { return String(self) }
        return String(decoding: utf8.map(\.lowercasedASCII), as: UTF8.self)
    }

    /// Whether two texts are equal but for the case of ASCII letters, as names of headers are (RFC 9110, section 5.1).
    @inlinable public func equalsIgnoringASCIICase(_ other: some StringProtocol) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        // This runs for every declared header and every line of every response.
        var others = other.utf8.makeIterator()
        for byte in utf8 {
            guard let other = others.next(), byte == other || byte.lowercasedASCII == other.lowercasedASCII else {
                return false
            }
        }
        return true
    }

    /// Whether the text is a token (RFC 9110, section 5.6.2).
    @inlinable public var isToken: Bool { !utf8.isEmpty && utf8.allSatisfy(\.isTokenCharacter) }
}
