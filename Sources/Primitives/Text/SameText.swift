extension StringProtocol {
    /// Whether both texts have the same bytes in UTF-8.
    ///
    /// `==` also accepts texts that only look alike: `é` has two spellings, which are two names in JSON and in URLs.
    @inlinable
    public func isSame(as other: some StringProtocol) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        let isSame = utf8.withContiguousStorageIfAvailable { one in
            other.utf8.withContiguousStorageIfAvailable { sameBytes(one, $0) }
        }
        return (isSame ?? nil) ?? utf8.elementsEqual(other.utf8)
    }
}

/// Whether two texts of the same length have the same bytes. Eight are compared at once: runs and mocks compare several
/// hundred names for each request (`assay-bench run`).
@inlinable
func sameBytes(_ one: UnsafeBufferPointer<UInt8>, _ other: UnsafeBufferPointer<UInt8>) -> Bool {
    let (one, other) = (UnsafeRawBufferPointer(one), UnsafeRawBufferPointer(other))
    var place = 0
    while place &+ 8 <= one.count {
        let word = one.loadUnaligned(fromByteOffset: place, as: UInt64.self)
        guard word == other.loadUnaligned(fromByteOffset: place, as: UInt64.self) else { return false }
        place &+= 8
    }
    while place < one.count {
        guard one[place] == other[place] else { return false }
        place &+= 1
    }
    return true
}

/// Text as a key, compared byte by byte: two spellings that only look alike are two keys.
public struct TextKey: Hashable, Sendable {
    /// The text.
    public let text: String

    /// The key for a text.
    public init(_ text: String) {
        self.text = text
    }

    /// Whether both texts have the same bytes.
    public static func == (left: TextKey, right: TextKey) -> Bool {
        left.text.isSame(as: right.text)
    }

    /// Feeds the bytes.
    public func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        // Two keys in a row differ from their texts in a row.
        hasher.combine(0xFF as UInt8)
    }
}
