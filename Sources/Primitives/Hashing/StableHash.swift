/// FNV-1a with 64 bits: the same on every machine and in every run.
///
/// It distinguishes equal from different inputs, and derives stable names and seeds. It is not cryptographic: two
/// inputs with the same hash are easy to find.
public struct StableHash: Sendable {
    /// The hash of everything that was added.
    public private(set) var value: UInt64

    /// The hash of nothing, or the continuation of an earlier one.
    public init(continuing value: UInt64 = 0xCBF2_9CE4_8422_2325) {
        self.value = value
    }

    /// The hash of texts in order; `["ab", "c"]` and `["a", "bc"]` differ.
    public init(_ texts: some Sequence<String>) {
        self.init()
        for text in texts { add(text) }
    }

    /// Adds one byte.
    @inline(__always)
    public mutating func add(_ byte: UInt8) {
        value = (value ^ UInt64(byte)) &* 0x100_0000_01B3
    }

    /// Adds a text and an end mark that does not occur in UTF-8.
    public mutating func add(_ text: String) {
        for byte in text.utf8 { add(byte) }
        add(0xFF)
    }

    /// Sixteen hexadecimal digits.
    public var digits: String { Hexadecimal.text(value) }
}
