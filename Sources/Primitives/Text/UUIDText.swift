/// UUIDs as text.
public enum UUIDText {
    /// A version 4 UUID in lower case (RFC 9562, section 5.4).
    ///
    /// - Parameter random: At least 16 bytes.
    public static func version4(from random: [UInt8]) -> String {
        var bytes = Array(random.prefix(16))
        bytes[6] = bytes[6] & 0x0f | 0x40
        bytes[8] = bytes[8] & 0x3f | 0x80
        let digits = Array(Hexadecimal.text(bytes).utf8)
        let groups = [digits[0..<8], digits[8..<12], digits[12..<16], digits[16..<20], digits[20..<32]]
        return String(decoding: Array(groups.joined(separator: "-".utf8)), as: UTF8.self)
    }
}
