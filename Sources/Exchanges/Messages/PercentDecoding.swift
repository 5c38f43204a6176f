/// Percent-encoding undone in what was sent and received (RFC 3986, 2.1): a broken escape stands for itself.
///
/// Where a broken escape is a mistake to be told, `OpenAPI` and `JSONSchema` read the text themselves.
public enum PercentDecoding {
    /// The bytes that `text` stands for.
    ///
    /// - Parameter plusIsBlank: Whether `+` is a blank, as in forms.
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

    /// The text that `text` stands for; `text` itself when that is no UTF-8.
    public static func text(_ text: some StringProtocol, plusIsBlank: Bool = false) -> String {
        // Most texts have nothing to undo.
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
