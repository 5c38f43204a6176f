/// A low-level view of a document for hot loops: no allocation, no reference counting.
///
/// The entries are in reading order. A value is one entry; a container is followed by its contents. Inside an object,
/// each member is a name entry `n` followed by its value at `n + 1`:
///
/// ```swift
/// var element = tape.firstChild(of: array)
/// while element < tape.end(of: array) {
///     visit(element)
///     element = tape.end(of: element)
/// }
/// var name = tape.firstChild(of: object)
/// while name < tape.end(of: object) {
///     visit(name, name + 1)
///     name = tape.end(of: name + 1)
/// }
/// ```
///
/// A tape is valid only inside the closure that receives it (``JSONDocument/withTape(_:)``). Pass only indexes from the
/// tape itself; other indexes are a programming error and are not checked.
public struct JSONTape {
    @usableFromInline let content: UnsafePointer<UInt8>?
    @usableFromInline let entries: UnsafeMutablePointer<JSONTapeEntry>
    @usableFromInline let slots: UnsafePointer<UInt32>?
    /// Whether any object of the document repeats a name, so that its members must be checked for duplicates.
    @usableFromInline let hasRepeatedNames: Bool
    /// The number of entries, at least 1; the root is entry 0.
    public let count: Int

    @inlinable
    @inline(__always)
    init(
        content: UnsafePointer<UInt8>?,
        entries: UnsafeMutablePointer<JSONTapeEntry>,
        count: Int,
        slots: UnsafePointer<UInt32>?,
        hasRepeatedNames: Bool
    ) {
        self.content = content
        self.entries = entries
        self.count = count
        self.slots = slots
        self.hasRepeatedNames = hasRepeatedNames
    }

    /// The kind of a value; `.string` for a name.
    @inlinable
    public func kind(at index: Int) -> JSONKind { entries[index].kind }

    /// The value of a boolean; false for other kinds.
    @inlinable
    public func boolean(at index: Int) -> Bool { entries[index].flags.contains(.yes) }

    /// The number of elements or members; 0 for scalars.
    @inlinable
    public func childCount(at index: Int) -> Int {
        let entry = entries[index]
        return entry.kind == .array || entry.kind == .object ? Int(entry.length) : 0
    }

    /// The first element of an array or the name of an object's first member; for an empty container, its end.
    @inlinable
    public func firstChild(of index: Int) -> Int { index &+ 1 }

    /// The index after the last entry of a value: its next sibling or, in an object, the next name.
    @inlinable
    public func end(of index: Int) -> Int { Int(entries[index].end) }

    /// The raw content of a string or name between its quotes, or the digits of a number; empty for other kinds.
    @inlinable
    public func bytes(at index: Int) -> UnsafeBufferPointer<UInt8> {
        let entry = entries[index]
        guard let content, entry.kind == .string || entry.kind == .number else {
            return UnsafeBufferPointer(start: nil, count: 0)
        }
        return UnsafeBufferPointer(start: content + Int(entry.offset), count: Int(entry.length))
    }

    /// The ``JSONNameKey/tag(_:)`` of the decoded text of a name entry, computed while parsing; 0 for values.
    @inlinable
    public func nameTag(at index: Int) -> UInt16 { entries[index].tag }

    /// Whether the bytes of a string or name contain escapes, and so differ from its text.
    @inlinable
    public func needsDecoding(at index: Int) -> Bool { entries[index].flags.contains(.escaped) }
}
