/// A set of code points in a form for fast tests: a bitmap for ASCII, and indices into the shared tables for the rest.
struct CompiledSet {
    /// How members beyond ASCII are found.
    enum Beyond: UInt8 {
        case nothing
        case everything
        case tables
    }

    let low: UInt64
    let high: UInt64
    let beyond: Beyond
    let isInverted: Bool
    let firstRange: Int32
    let rangeCount: Int32
    let firstProperty: Int32
    let propertyCount: Int32

    /// Whether an ASCII byte is a member.
    @inline(__always)
    func containsASCII(_ byte: UInt8) -> Bool {
        ((byte < 64 ? low : high) &>> UInt64(byte & 63)) & 1 != 0
    }

    /// Whether the ASCII members of two sets overlap, or both have others.
    func mayOverlap(_ leading: LeadingBytes) -> Bool {
        low & leading.low != 0 || high & leading.high != 0 || (beyond != .nothing && leading.hasOthers)
    }
}

/// The bytes that a match can begin with at some place of a program.
struct LeadingBytes: Hashable {
    var low: UInt64 = 0
    var high: UInt64 = 0
    /// Whether a match can begin with a code point beyond ASCII.
    var hasOthers = false
    /// Whether a match can be empty, at the end of the text only or anywhere.
    var isNullableAtEnd = false
    var isNullable = false
    /// Whether the match also depends on an assertion or a progress check.
    var isConditional = false

    static let everything = LeadingBytes(
        low: .max, high: .max, hasOthers: true, isNullableAtEnd: true, isNullable: true)

    /// Whether a match can begin before this byte.
    @inline(__always)
    func admits(_ byte: UInt8) -> Bool {
        if byte < 0x80 { return ((byte < 64 ? low : high) &>> UInt64(byte & 63)) & 1 != 0 }
        return hasOthers
    }
}
