/// Values by member name, for loops over the members of many objects. A lookup creates no string.
///
/// Use it for tables that live as long as the program. Modules that compile a document index its content themselves.
public struct JSONNameTable<Value: Sendable>: Sendable {
    private var slots: [JSONNameSlot]
    private var bytes: [UInt8] = []
    private var values: [Value] = []

    /// Creates a table of names; if a name is repeated, the first value counts.
    public init(_ entries: [(String, Value)]) {
        var size = 8
        while size < 4 * entries.count { size *= 2 }
        slots = Array(repeating: JSONNameSlot(), count: size)
        for (name, value) in entries {
            let text = Array(name.utf8)
            text.withUnsafeBufferPointer { insert($0, value) }
        }
    }

    private mutating func insert(_ text: UnsafeBufferPointer<UInt8>, _ value: Value) {
        let tag = JSONNameKey.tag(text)
        var place = Int(tag) & (slots.count - 1)
        while slots[place].value >= 0 {
            if equals(slots[place], tag, text) { return }
            place = (place + 1) & (slots.count - 1)
        }
        slots[place] = JSONNameSlot(
            tag: tag, length: UInt16(text.count), start: UInt32(bytes.count), value: Int32(values.count))
        bytes += text
        values.append(value)
    }

    /// The value for the name at tape index `name`.
    public func value(ofName name: Int, on tape: JSONTape) -> Value? {
        let tag = tape.nameTag(at: name)
        var place = Int(tag) & (slots.count - 1)
        while slots[place].value >= 0 {
            let slot = slots[place]
            if slot.tag == tag, tape.withText(at: name, { equals(slot, tag, $0) }) { return values[Int(slot.value)] }
            place = (place + 1) & (slots.count - 1)
        }
        return nil
    }

    private func equals(_ slot: JSONNameSlot, _ tag: UInt16, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard slot.tag == tag, Int(slot.length) == text.count else { return false }
        return bytes.withUnsafeBufferPointer { bytes in
            let start = Int(slot.start)
            return JSONTape.sameBytes(UnsafeBufferPointer(rebasing: bytes[start..<start + text.count]), text)
        }
    }
}

/// A name, as a range of the table's bytes, and its value, as an index of the table's values; plain integers keep
/// look-ups cheap. Inside of the generic table, each look-up would also search for the type.
private struct JSONNameSlot {
    var tag: UInt16 = 0
    var length: UInt16 = 0
    var start: UInt32 = 0
    /// -1 in a free slot.
    var value: Int32 = -1
}
