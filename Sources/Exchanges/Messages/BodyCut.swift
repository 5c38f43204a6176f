import Primitives

/// What is known of a body of which only the first part was kept.
public struct BodyCut: Sendable, Hashable {
    /// The length of the whole body in bytes.
    public var length: Int
    /// FNV-1a of the whole body, 64 bits as 16 hexadecimal digits. Tells equal bodies apart; proves nothing.
    public var hash: String

    /// Describes a body of `length` bytes.
    public init(length: Int, hash: String) {
        self.length = length
        self.hash = hash
    }

    /// Describes a body of which nothing is known, not even whether there was one: a recording does not contain it.
    public static let unrecorded = BodyCut(length: 0, hash: "")

    /// Describes a body of which nothing may be kept, not even a hash.
    static func unkept(_ body: [UInt8]) -> BodyCut {
        BodyCut(length: body.count, hash: String(repeating: "0", count: 16))
    }

    /// Describes `body`.
    public init(of body: [UInt8]) {
        var hash = StableHash()
        for byte in body { hash.add(byte) }
        self.init(length: body.count, hash: hash.digits)
    }
}
