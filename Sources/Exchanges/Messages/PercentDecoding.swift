/// Decodes percent-encoding in sent and received text (RFC 3986, section 2.1). An invalid escape is kept as it is.
///
/// `OpenAPI` and `JSONSchema` have their own decoders, which report invalid escapes.
public enum PercentDecoding {
    /// Returns the decoded bytes of `text`.
    ///
    /// - Parameter plusIsBlank: Whether `+` means a space, as in forms.
    public static func bytes(_ text: some Collection<UInt8>, plusIsBlank: Bool = false) -> [UInt8] {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(text.count)
        var rest = text[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let octet = octet(rest.prefix(2)) {
                decoded.append(octet)
                rest = rest.dropFirst(2)
            } else {
                decoded.append(plusIsBlank && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return decoded
    }

    /// Returns the decoded text; `text` itself if the result is not UTF-8.
    public static func text(_ text: some StringProtocol, plusIsBlank: Bool = false) -> String {
        // Most texts contain nothing to decode.
        let mayDiffer = text.utf8.contains { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }
        guard mayDiffer else { return String(text) }
        return String(validating: bytes(text.utf8, plusIsBlank: plusIsBlank), as: UTF8.self) ?? String(text)
    }

    private static func octet(_ digits: some Collection<UInt8>) -> UInt8? {
        guard digits.count == 2, let high = digits.first.flatMap(hexadecimal),
            let low = digits.dropFirst().first.flatMap(hexadecimal)
        else { return nil }
        return high << 4 | low
    }
}
