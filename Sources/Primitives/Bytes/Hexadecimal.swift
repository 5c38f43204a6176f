/// Hexadecimal digits of bytes and numbers.
public enum Hexadecimal {
    private static let lowercase = Array("0123456789abcdef".utf8)

    /// Two lower-case digits for each byte.
    @inlinable public static func text(_ bytes: some Sequence<UInt8>) -> String { text(Array(bytes)) }

    /// Two lower-case digits for each byte.
    public static func text(_ bytes: [UInt8]) -> String {
        var digits: [UInt8] = []
        digits.reserveCapacity(2 * bytes.count)
        for byte in bytes {
            digits.append(lowercase[Int(byte >> 4)])
            digits.append(lowercase[Int(byte & 15)])
        }
        return String(decoding: digits, as: UTF8.self)
    }

    /// Sixteen lower-case digits of a number.
    public static func text(_ number: UInt64) -> String {
        text(stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> UInt64($0)) })
    }
}
