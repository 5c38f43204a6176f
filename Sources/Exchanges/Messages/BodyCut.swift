/// The length and hash of a body of which only the first part was kept.
public struct BodyCut: Sendable, Hashable {
    /// The length of the whole body in bytes.
    public var length: Int
    /// FNV-1a of the whole body, 64 bits as 16 hexadecimal digits. It distinguishes bodies but is not cryptographic.
    public var hash: String

    /// Describes a body of `length` bytes.
    public init(length: Int, hash: String) {
        self.length = length
        self.hash = hash
    }

    /// Describes a body that a recording does not contain; it may not have existed at all.
    public static let unrecorded = BodyCut(length: 0, hash: "")

    /// Describes a body of which nothing may be kept, not even a hash.
    static func unkept(_ body: [UInt8]) -> BodyCut {
        BodyCut(length: body.count, hash: String(repeating: "0", count: 16))
    }

    /// Describes `body`.
    public init(of body: [UInt8]) {
        var state: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in body {
            state = (state ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        let digits = String(state, radix: 16)
        self.init(length: body.count, hash: String(repeating: "0", count: 16 - digits.utf8.count) + digits)
    }
}
