import Primitives

/// Short stable names for lists of texts (FNV-1a, 64 bit): for telling findings apart, not for security.
public enum Fingerprint {
    /// 16 hexadecimal digits; the same list gives the same digits on every machine.
    public static func hex(of parts: [String]) -> String {
        StableHash(parts).digits
    }
}
