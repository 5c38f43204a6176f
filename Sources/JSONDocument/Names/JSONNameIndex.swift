/// A repeated member name on the tape: the entry of an earlier member and the entry that repeats it.
struct JSONRepeatedName: Sendable {
    var object: Int
    var earlier: Int
    var later: Int
}

/// Finds repeated names when an object ends, and adds lookup slots to large objects.
struct JSONNameIndex: ~Copyable {
    /// Objects with more members than this have lookup slots. For smaller objects, comparing the tags of all names
    /// costs less than hashing, and most objects are never searched by name.
    @usableFromInline static let linearMembers = 64
    /// The maximum number of members for the filter of 64 bits; above it, the filter has 256 bits.
    private static let fewMembers = 16

    /// Open-addressing tables, one after the other. A slot contains the distance of a name entry from its object; 0
    /// means free.
    var slots: ContiguousArray<UInt32> = []
    var repeated: [JSONRepeatedName] = []
    var maximumRepeated: Int
    /// Whether more names were repeated than ``repeated`` lists.
    var isRepeatedCut = false

    init(maximumRepeated: Int) { self.maximumRepeated = maximumRepeated }

    /// The number of slots for an object of `members` members: a power of two, at most half full.
    @usableFromInline
    static func slotCount(members: Int) -> Int {
        2 << (Int.bitWidth - (members - 1).leadingZeroBitCount)
    }

    /// Checks the names of an object whose entries are complete.
    @inline(__always)
    mutating func close(
        object: Int,
        entries: UnsafeMutablePointer<JSONTapeEntry>,
        content: UnsafePointer<UInt8>
    ) {
        let count = Int(entries[object].length)
        if count <= 1 { return }
        if count > Self.linearMembers {
            fill(object: object, count: count, entries: entries, content: content)
            return
        }
        if count > Self.fewMembers {
            compareMany(object: object, count: count, entries: entries, content: content)
            return
        }
        // Most objects repeat no name. One pass with 64 bits shows it, unless two tags share a bit.
        var seen: UInt64 = 0
        var name = object &+ 1
        for _ in 0..<count {
            let bit: UInt64 = 1 << UInt64(entries[name].tag & 63)
            if seen & bit != 0 { compare(name, object: object, entries: entries, content: content) }
            seen |= bit
            name = Int(entries[name &+ 1].end)
        }
    }

    @inline(never)
    private mutating func compareMany(
        object: Int,
        count: Int,
        entries: UnsafeMutablePointer<JSONTapeEntry>,
        content: UnsafePointer<UInt8>
    ) {
        var seen = SIMD4<UInt64>.zero
        var name = object &+ 1
        for _ in 0..<count {
            let tag = entries[name].tag
            let word = Int(tag >> 6 & 3)
            let bit: UInt64 = 1 << UInt64(tag & 63)
            if seen[word] & bit != 0 { compare(name, object: object, entries: entries, content: content) }
            seen[word] |= bit
            name = Int(entries[name &+ 1].end)
        }
    }

    @inline(never)
    private mutating func compare(
        _ name: Int,
        object: Int,
        entries: UnsafeMutablePointer<JSONTapeEntry>,
        content: UnsafePointer<UInt8>
    ) {
        var earlier = object + 1
        while earlier < name {
            if Self.sameText(entries[earlier], entries[name], content) {
                record(object: object, earlier: earlier, later: name)
                return
            }
            earlier = Int(entries[earlier + 1].end)
        }
    }

    @inline(never)
    private mutating func fill(
        object: Int,
        count: Int,
        entries: UnsafeMutablePointer<JSONTapeEntry>,
        content: UnsafePointer<UInt8>
    ) {
        let start = slots.count
        let size = Self.slotCount(members: count)
        slots.append(contentsOf: repeatElement(0, count: size))
        var name = object + 1
        for _ in 0..<count {
            let entry = entries[name]
            var slot = Self.slotHash(entry, content) & (size - 1)
            while slots[start + slot] != 0 {
                let other = object + Int(slots[start + slot])
                if Self.sameText(entries[other], entry, content) {
                    record(object: object, earlier: other, later: name)
                    break
                }
                slot = (slot + 1) & (size - 1)
            }
            // The last member with a name is the one that counts.
            slots[start + slot] = UInt32(truncatingIfNeeded: name - object)
            name = Int(entries[name + 1].end)
        }
        entries[object].flags.insert(.indexed)
        entries[object + 1].end = UInt32(truncatingIfNeeded: start)
    }

    private mutating func record(object: Int, earlier: Int, later: Int) {
        guard repeated.count < maximumRepeated else {
            isRepeatedCut = true
            return
        }
        repeated.append(JSONRepeatedName(object: object, earlier: earlier, later: later))
    }

    private static func sameText(
        _ left: JSONTapeEntry,
        _ right: JSONTapeEntry,
        _ content: UnsafePointer<UInt8>
    ) -> Bool {
        guard left.tag == right.tag else { return false }
        let leftRaw = UnsafeBufferPointer(start: content + Int(left.offset), count: Int(left.length))
        let rightRaw = UnsafeBufferPointer(start: content + Int(right.offset), count: Int(right.length))
        if left.flags.union(right.flags).contains(.escaped) {
            var leftText: [UInt8] = []
            var rightText: [UInt8] = []
            JSONText.decode(leftRaw, into: &leftText)
            JSONText.decode(rightRaw, into: &rightText)
            return leftText == rightText
        }
        return leftRaw.elementsEqual(rightRaw)
    }

    private static func slotHash(_ entry: JSONTapeEntry, _ content: UnsafePointer<UInt8>) -> Int {
        let raw = UnsafeBufferPointer(start: content + Int(entry.offset), count: Int(entry.length))
        guard entry.flags.contains(.escaped) else { return JSONNameKey.slotHash(raw) }
        var text: [UInt8] = []
        JSONText.decode(raw, into: &text)
        return text.withUnsafeBufferPointer(JSONNameKey.slotHash)
    }
}
