/// Text compared by Unicode scalars. `String`'s own equality treats "é" and "e\u{301}" as equal.
extension String {
    /// Whether both are the same Unicode scalars.
    public func sameScalars(as other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        let isSame = utf8.withContiguousStorageIfAvailable { one in
            other.utf8.withContiguousStorageIfAvailable { JSONTape.sameBytes(one, $0) }
        }
        return (isSame ?? nil) ?? utf8.elementsEqual(other.utf8)
    }
}

extension Hasher {
    /// Feeds the UTF-8 of a text and its length.
    mutating func combineScalars(of text: String) {
        var text = text
        combine(text.utf8.count)
        text.withUTF8 { combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
