/// Values by member name, for loops over the members of many objects. A lookup creates no string.
///
/// Use it for tables that live as long as the program. Modules that compile a document index its content themselves.
public struct JSONNameTable<Value: Sendable>: Sendable {
    /// A name, as a range of `bytes`, and its value, as an index of `values`; plain integers keep lookups cheap.
    private struct Slot {
        var tag: UInt16 = 0
        var length: UInt16 = 0
        var start: UInt32 = 0
        /// -1 in a free slot.
        var value: Int32 = -1
    }

    private var slots: [Slot]
    private var bytes: [UInt8] = []
    private var values: [Value] = []

    /// Creates a table of names; if a name is repeated, the first value counts.
    public init(_ entries: [(String, Value)]) {
        var size = 8
        while size < 4 * entries.count { size *= 2 }
        slots = Array(repeating: Slot(), count: size)
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
        slots[place] = Slot(
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

    private func equals(_ slot: Slot, _ tag: UInt16, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard slot.tag == tag, Int(slot.length) == text.count else { return false }
        return bytes.withUnsafeBufferPointer { bytes in
            let start = Int(slot.start)
            return JSONTape.sameBytes(UnsafeBufferPointer(rebasing: bytes[start..<start + text.count]), text)
        }
    }
}
