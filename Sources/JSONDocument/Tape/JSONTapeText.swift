/// Strings and names.
extension JSONTape {
    /// Calls `body` with the text of a string or name in UTF-8; allocates only if ``needsDecoding(at:)``.
    @inlinable
    public func withText<Result, Failure: Error>(
        at index: Int,
        _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        guard needsDecoding(at: index) else { return try body(bytes(at: index)) }
        return try decoded(at: index).withUnsafeBufferPointer { (text) throws(Failure) -> Result in try body(text) }
    }

    /// The text of a string or name.
    public func string(at index: Int) -> String {
        if needsDecoding(at: index) { return String(decoding: decoded(at: index), as: UTF8.self) }
        return String(decoding: bytes(at: index), as: UTF8.self)
    }

    /// The number of Unicode scalars of a string or name, as counted by `minLength` and `maxLength`.
    public func scalarCount(at index: Int) -> Int {
        JSONText.scalarCount(bytes(at: index), escaped: needsDecoding(at: index))
    }

    /// Whether the number of Unicode scalars of a string or name is within two limits.
    ///
    /// The number of bytes decides for most texts: a scalar has one to four of them, and up to twelve as escapes.
    public func hasScalars(at index: Int, atLeast minimum: Int, atMost maximum: Int) -> Bool {
        let bytes = bytes(at: index)
        let isEscaped = needsDecoding(at: index)
        let widest = isEscaped ? 12 : 4
        if bytes.count <= maximum, (bytes.count &+ widest &- 1) / widest >= minimum { return true }
        let count = JSONText.scalarCount(bytes, escaped: isEscaped)
        return count >= minimum && count <= maximum
    }

    /// Whether a string or name has the same Unicode scalars as `key`.
    @inlinable
    public func text(at index: Int, equals key: JSONNameKey) -> Bool {
        withText(at: index) { text in
            text.count == key.utf8.count && key.utf8.withUnsafeBufferPointer { JSONTape.sameBytes(text, $0) }
        }
    }

    /// The value of the last member with this name; by hash in large objects. Nil if absent or not an object.
    @inlinable
    public func value(of object: Int, named key: JSONNameKey) -> Int? {
        let entry = entries[object]
        guard entry.kind == .object, entry.length > 0 else { return nil }
        if entry.flags.contains(.indexed) { return slotValue(of: object, named: key) }
        var found: Int?
        var name = object &+ 1
        let end = Int(entry.end)
        while name < end {
            // The tag rejects most names without comparing their bytes.
            if entries[name].tag == key.tag, text(at: name, equals: key) { found = name &+ 1 }
            name = Int(entries[name &+ 1].end)
        }
        return found
    }

    /// The same for a name that is looked up only once and is not prepared.
    func value(of object: Int, named text: UnsafeBufferPointer<UInt8>) -> Int? {
        let entry = entries[object]
        guard entry.kind == .object, entry.length > 0 else { return nil }
        if entry.flags.contains(.indexed) {
            return slotValue(of: object, named: JSONNameKey(String(decoding: text, as: UTF8.self)))
        }
        let tag = JSONNameKey.tag(text)
        var found: Int?
        var name = object &+ 1
        let end = Int(entry.end)
        while name < end {
            if entries[name].tag == tag, withText(at: name, { JSONTape.sameBytes($0, text) }) { found = name &+ 1 }
            name = Int(entries[name &+ 1].end)
        }
        return found
    }

    @usableFromInline
    func slotValue(of object: Int, named key: JSONNameKey) -> Int? {
        guard let slots else { return nil }
        let table = slots + Int(entries[object &+ 1].end)
        let mask = JSONNameIndex.slotCount(members: Int(entries[object].length)) - 1
        var slot = key.slotHash & mask
        while table[slot] != 0 {
            let name = object + Int(table[slot])
            if entries[name].tag == key.tag, text(at: name, equals: key) { return name + 1 }
            slot = (slot + 1) & mask
        }
        return nil
    }

    @usableFromInline
    func decoded(at index: Int) -> [UInt8] {
        var text: [UInt8] = []
        let raw = bytes(at: index)
        text.reserveCapacity(raw.count)
        JSONText.decode(raw, into: &text)
        return text
    }

    @inlinable
    @inline(__always)
    static func sameBytes(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        for index in 0..<left.count where left[index] != right[index] { return false }
        return true
    }
}
