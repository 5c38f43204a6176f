/// Short stable names for lists of texts (FNV-1a, 64 bit): for telling findings apart, not for security.
public enum Fingerprint {
    /// 16 hexadecimal digits; the same list gives the same digits on every machine.
    public static func hex(of parts: [String]) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for part in parts {
            // A separator that no UTF-8 text holds keeps ["ab", "c"] and ["a", "bc"] apart.
            for byte in [UInt8](part.utf8) + [0xFF] {
                hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
            }
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
