/// The immutable parts of a document: the text, the tape over it and the slots of large objects.
@usableFromInline
final class JSONStorage: @unchecked Sendable {
    /// The original text; empty for a document built from events.
    let source: [UInt8]
    /// The bytes that the tape's offsets refer to.
    @usableFromInline let content: [UInt8]
    /// Owned by this object and never written after `init`; sharing it is therefore safe.
    @usableFromInline let entries: UnsafeMutablePointer<JSONTapeEntry>
    @usableFromInline let count: Int
    @usableFromInline let slots: ContiguousArray<UInt32>
    /// One position per entry for a document built from events, otherwise empty.
    let positions: ContiguousArray<JSONEventPosition>
    let repeated: [JSONRepeatedName]
    let isRepeatedCut: Bool
    @usableFromInline let hasRepeatedNames: Bool
    private let lines = JSONLineTable()

    /// Takes ownership of `entries`, which must have been allocated with capacity for at least `count` entries, all
    /// initialised.
    init(
        source: [UInt8],
        content: [UInt8],
        entries: UnsafeMutablePointer<JSONTapeEntry>,
        count: Int,
        names: consuming JSONNameIndex,
        positions: ContiguousArray<JSONEventPosition> = []
    ) {
        self.source = source
        self.content = content
        self.entries = entries
        self.count = count
        self.slots = names.slots
        self.repeated = names.repeated
        self.isRepeatedCut = names.isRepeatedCut
        self.hasRepeatedNames = names.isRepeatedCut || !names.repeated.isEmpty
        self.positions = positions
    }

    /// The document `null`.
    static func null() -> JSONStorage {
        let entries = UnsafeMutablePointer<JSONTapeEntry>.allocate(capacity: 1)
        entries.initialize(to: JSONTapeEntry(offset: 0, length: 4, end: 1, kind: .null))
        let text = Array("null".utf8)
        let names = JSONNameIndex(maximumRepeated: 0)
        return JSONStorage(source: text, content: text, entries: entries, count: 1, names: names)
    }

    deinit { entries.deallocate() }

    /// The position of the value or name of an entry, including its quote.
    func position(of index: Int) -> TextPosition {
        if !positions.isEmpty { return positions[index].position }
        let entry = entries[index]
        return lines.position(of: Int(entry.offset) - (entry.kind == .string ? 1 : 0), in: source)
    }

    /// Calls `body` with the tape; pointers are valid only inside `body`.
    @inlinable
    @inline(__always)
    func withTape<Result, Failure: Error>(
        _ body: (JSONTape) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try content.withUnsafeBufferPointer { (bytes) throws(Failure) -> Result in
            try slots.withUnsafeBufferPointer { (slots) throws(Failure) -> Result in
                try body(
                    JSONTape(
                        content: bytes.baseAddress,
                        entries: entries,
                        count: count,
                        slots: slots.baseAddress,
                        hasRepeatedNames: hasRepeatedNames
                    )
                )
            }
        }
    }
}
