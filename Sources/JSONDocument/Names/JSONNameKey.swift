/// A member name prepared for many lookups; equality is by Unicode scalars.
public struct JSONNameKey: Hashable, Sendable {
    /// The name.
    public let name: String
    /// The name in UTF-8.
    public let utf8: [UInt8]
    @usableFromInline let tag: UInt16
    /// The seed differs per process, so no document can be crafted to make the slots of an object collide.
    @usableFromInline let slotHash: Int

    /// Prepares a name.
    public init(_ name: String) {
        self.name = name
        utf8 = Array(name.utf8)
        tag = utf8.withUnsafeBufferPointer(Self.tag)
        slotHash = utf8.withUnsafeBufferPointer(Self.slotHash)
    }

    /// Whether both names are the same Unicode scalars.
    public static func == (left: JSONNameKey, right: JSONNameKey) -> Bool {
        left.tag == right.tag && left.utf8 == right.utf8
    }

    /// Feeds the hash of the UTF-8 bytes: a dictionary that grows need not read the name again.
    public func hash(into hasher: inout Hasher) { hasher.combine(slotHash) }

    /// A cheap hash of length and both ends of a name: names whose tags differ are different.
    @inline(__always)
    public static func tag(_ text: UnsafeBufferPointer<UInt8>) -> UInt16 {
        let count = text.count
        guard let base = text.baseAddress, count > 0 else { return 0 }
        let raw = UnsafeRawPointer(base)
        var low: UInt64
        var high: UInt64 = 0
        if count >= 8 {
            low = raw.loadUnaligned(as: UInt64.self)
            high = raw.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
        } else if count >= 4 {
            low = UInt64(raw.loadUnaligned(as: UInt32.self))
            high = UInt64(raw.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
        } else {
            low = UInt64(base[0]) | UInt64(base[count >> 1]) << 8 | UInt64(base[count - 1]) << 16
        }
        low = (low ^ UInt64(count)) &* 0x9E37_79B9_7F4A_7C15
        high = (high ^ low >> 29) &* 0xBF58_476D_1CE4_E5B9
        return UInt16(truncatingIfNeeded: high >> 48)
    }

    static func slotHash(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        var hasher = Hasher()
        hasher.combine(bytes: UnsafeRawBufferPointer(text))
        return hasher.finalize()
    }
}

/// Text compared by Unicode scalars. `String`'s own equality treats "é" and "e\u{301}" as equal.
extension Hasher {
    /// Feeds the UTF-8 of a text and its length.
    mutating func combineScalars(of text: String) {
        var text = text
        combine(text.utf8.count)
        text.withUTF8 { combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
