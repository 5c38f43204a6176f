/// The tape while it is built from events. Its texts contain no escapes.
struct JSONEventTape: Sendable {
    private(set) var entries: ContiguousArray<JSONTapeEntry> = []
    private(set) var positions: ContiguousArray<JSONEventPosition> = []
    private(set) var content: [UInt8] = []
    private(set) var values = 0
    private(set) var depth = 0
    /// Whether the order of the events was invalid.
    var isBroken = false

    private var open = -1
    /// Whether a name is waiting for its value.
    private var isNamed = false

    /// Makes room for the events of a text of `bytes` bytes. Unused room costs no memory; growing step by step costs twice
    /// the memory.
    init(expecting bytes: Int) {
        entries.reserveCapacity(bytes / 8)
        positions.reserveCapacity(bytes / 8)
        content.reserveCapacity(bytes)
    }

    mutating func begin(_ kind: JSONKind, at position: TextPosition) {
        guard startValue() else { return }
        let parent = open
        open = entries.count
        depth += 1
        push(kind, offset: content.count, length: 0, end: UInt32(truncatingIfNeeded: parent), at: position)
    }

    mutating func end(_ kind: JSONKind) {
        guard open >= 0, entries[open].kind == kind, !isNamed else {
            isBroken = true
            return
        }
        let parent = Int(Int32(bitPattern: entries[open].end))
        entries[open].end = UInt32(truncatingIfNeeded: entries.count)
        open = parent
        depth -= 1
    }

    mutating func name(_ name: UnsafeBufferPointer<UInt8>, at position: TextPosition) {
        guard open >= 0, entries[open].kind == .object, !isNamed else {
            isBroken = true
            return
        }
        isNamed = true
        add(.string, name, .name, JSONNameKey.tag(name), at: position)
    }

    mutating func scalar(
        _ kind: JSONKind,
        _ text: UnsafeBufferPointer<UInt8>,
        _ flags: JSONTapeEntry.Flags,
        at position: TextPosition
    ) {
        guard startValue() else { return }
        add(kind, text, flags, 0, at: position)
    }

    /// The size of a complete value; nil if there is no complete value at this index.
    func extent(ofValueAt index: Int) -> (values: Int, depth: Int)? {
        guard entries.indices.contains(index), !entries[index].flags.contains(.name) else { return nil }
        let end = Int(entries[index].end)
        // The end of an open container is the index of its parent.
        guard end > index, end <= entries.count, !isOpen(index) else { return nil }
        var values = 0
        var deepest = 0
        var ends: [Int] = []
        for place in index..<end where !entries[place].flags.contains(.name) {
            while let last = ends.last, last <= place { ends.removeLast() }
            values += 1
            if entries[place].kind == .array || entries[place].kind == .object {
                ends.append(Int(entries[place].end))
                deepest = max(deepest, ends.count)
            }
        }
        return (values, deepest)
    }

    mutating func copyValue(at index: Int, values count: Int, position: TextPosition) {
        guard startValue() else { return }
        values += count - 1
        let end = Int(entries[index].end)
        let distance = UInt32(truncatingIfNeeded: entries.count - index)
        for place in index..<end {
            var entry = entries[place]
            entry.end &+= distance
            entries.append(entry)
            positions.append(place == index ? JSONEventPosition(position) : positions[place])
        }
    }

    /// Returns the finished storage; nil if the events were not a single complete value.
    func storage(maximumRepeated: Int) -> JSONStorage? {
        guard !isBroken, open < 0, let root = entries.first, Int(root.end) == entries.count else { return nil }
        let pointer = UnsafeMutablePointer<JSONTapeEntry>.allocate(capacity: entries.count)
        _ = UnsafeMutableBufferPointer(start: pointer, count: entries.count).initialize(from: entries)
        var names = JSONNameIndex(maximumRepeated: maximumRepeated)
        content.withUnsafeBufferPointer { bytes in
            let base = JSONScanner(bytes).base
            for index in entries.indices where entries[index].kind == .object {
                names.close(object: index, entries: pointer, content: base)
            }
        }
        return JSONStorage(
            source: [],
            content: content,
            entries: pointer,
            count: entries.count,
            names: names,
            positions: positions
        )
    }

    private func isOpen(_ index: Int) -> Bool {
        var container = open
        while container > index { container = Int(Int32(bitPattern: entries[container].end)) }
        return container == index
    }

    /// Counts a value into its container; false if no value is allowed here.
    private mutating func startValue() -> Bool {
        if open < 0 {
            isBroken = isBroken || !entries.isEmpty
        } else if entries[open].kind == .object {
            isBroken = isBroken || !isNamed
            isNamed = false
        }
        guard !isBroken else { return false }
        if open >= 0 { entries[open].length += 1 }
        values += 1
        return true
    }

    private mutating func add(
        _ kind: JSONKind,
        _ text: UnsafeBufferPointer<UInt8>,
        _ flags: JSONTapeEntry.Flags,
        _ tag: UInt16,
        at position: TextPosition
    ) {
        let offset = content.count
        content.append(contentsOf: text)
        let end = UInt32(truncatingIfNeeded: entries.count + 1)
        push(kind, offset: offset, length: content.count - offset, end: end, flags, tag, at: position)
    }

    private mutating func push(
        _ kind: JSONKind,
        offset: Int,
        length: Int,
        end: UInt32,
        _ flags: JSONTapeEntry.Flags = [],
        _ tag: UInt16 = 0,
        at position: TextPosition
    ) {
        positions.append(JSONEventPosition(position))
        entries.append(
            JSONTapeEntry(
                offset: UInt32(truncatingIfNeeded: offset),
                length: UInt32(truncatingIfNeeded: length),
                end: end,
                kind: kind,
                flags: flags,
                tag: tag
            )
        )
    }
}

/// A line and a column from 1. A large document has a million of them, so they are stored in 8 bytes.
struct JSONEventPosition: Sendable {
    private let line: UInt32
    private let column: UInt32

    init(_ position: TextPosition) {
        line = UInt32(clamping: position.line)
        column = UInt32(clamping: position.column)
    }

    var position: TextPosition { TextPosition(line: Int(line), column: Int(column)) }
}
