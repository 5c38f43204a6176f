/// Percent-encoding of text and its reversal (RFC 3986, section 2.1).
///
/// There are two ways to decode: strictly, where a broken escape is a mistake to report, and leniently, for what was sent
/// and received, where a broken escape stays as it is.
public enum PercentEncoding {
    // MARK: Decoding

    /// The octet that the escape at `index` represents; `nil` when there is no complete escape.
    public static func octet(at index: Int, of bytes: ArraySlice<UInt8>) -> UInt8? {
        guard index + 2 < bytes.endIndex, bytes[index] == UInt8(ascii: "%") else { return nil }
        guard let high = bytes[index + 1].hexadecimalValue, let low = bytes[index + 2].hexadecimalValue else {
            return nil
        }
        return high << 4 | low
    }

    /// The octets with every escape replaced; `nil` when a `%` starts no escape.
    ///
    /// - Parameter plusIsBlank: Whether `+` is a space, as in forms.
    public static func decoded(_ bytes: ArraySlice<UInt8>, plusIsBlank: Bool = false) -> [UInt8]? {
        decoded(bytes, plusIsBlank: plusIsBlank, isLenient: false)
    }

    /// The text of percent-encoded octets; `nil` when an escape is broken or the text is not UTF-8.
    public static func text(_ bytes: ArraySlice<UInt8>, plusIsBlank: Bool = false) -> String? {
        decoded(bytes, plusIsBlank: plusIsBlank).flatMap { String(validating: $0, as: UTF8.self) }
    }

    /// The text of percent-encoded text; `nil` when an escape is broken or the text is not UTF-8.
    public static func text(_ text: String) -> String? {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        return Self.text(Array(text.utf8)[...])
    }

    /// The octets with every complete escape replaced.
    public static func decodedLeniently(
        bytes: some Collection<UInt8>, plusIsBlank: Bool = false
    ) -> [UInt8] {
        decoded(Array(bytes)[...], plusIsBlank: plusIsBlank, isLenient: true) ?? []
    }

    /// The text with every complete escape replaced; the text itself when the result is not UTF-8.
    @inlinable public static func decodedLeniently(
        _ text: some StringProtocol, plusIsBlank: Bool = false
    ) -> String {
        // Most texts have nothing to replace.
        let mayDiffer = text.utf8.contains { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }
        guard mayDiffer else { return String(text) }
        return String(validating: decodedLeniently(bytes: text.utf8, plusIsBlank: plusIsBlank), as: UTF8.self)
            ?? String(text)
    }

    private static func decoded(_ bytes: ArraySlice<UInt8>, plusIsBlank: Bool, isLenient: Bool) -> [UInt8]? {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "%") {
                if let octet = octet(at: index - 1, of: bytes) {
                    result.append(octet)
                    index += 2
                } else if isLenient {
                    result.append(byte)
                } else {
                    return nil
                }
            } else {
                result.append(plusIsBlank && byte == UInt8(ascii: "+") ? 0x20 : byte)
            }
        }
        return result
    }

    // MARK: Encoding

    /// The text with every character escaped that is not unreserved (RFC 3986, section 2.3) and not in `kept`.
    public static func encoded(_ text: String, keeping kept: String = "") -> String {
        var result: [UInt8] = []
        for byte in text.utf8 {
            if byte.isUnreserved || kept.utf8.contains(byte) { result.append(byte) } else { append(byte, to: &result) }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The same, with escapes that are already in the text left as they are (RFC 6570, section 3.2.3).
    public static func encodedKeepingEscapes(_ text: String, keeping kept: String) -> String {
        let bytes = Array(text.utf8)[...]
        var result: [UInt8] = []
        for index in bytes.indices {
            let byte = bytes[index]
            if byte.isUnreserved || kept.utf8.contains(byte) || octet(at: index, of: bytes) != nil {
                result.append(byte)
            } else {
                append(byte, to: &result)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// A name or value of a form, spaces as `+` (WHATWG URL, application/x-www-form-urlencoded).
    public static func formEncoded(_ text: String) -> String {
        var result: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x2A, 0x2D, 0x2E, 0x5F: result.append(byte)
            case 0x20: result.append(UInt8(ascii: "+"))
            case _ where byte.isASCIIAlphanumeric: result.append(byte)
            default: append(byte, to: &result)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static let digits = Array("0123456789ABCDEF".utf8)

    private static func append(_ byte: UInt8, to result: inout [UInt8]) {
        result.append(UInt8(ascii: "%"))
        result.append(digits[Int(byte >> 4)])
        result.append(digits[Int(byte & 15)])
    }
}
