import JSONDocument

/// A table of member names. Finding a name costs one hash of its bytes and usually one comparison.
///
/// Names are compared by their UTF-8 bytes, so canonically equivalent names are different.
struct NameTable {
    private let slots: UnsafeMutablePointer<Slot>
    private let mask: Int
    private let text: UnsafeMutablePointer<UInt8>
    /// Whether names are found by the tag computed by the parser, which saves hashing them again.
    private let usesTags: Bool
    /// The number of names; they are numbered from 0 in the given order.
    let count: Int

    private struct Slot {
        var hash: UInt32
        var offset: UInt32
        var length: UInt32
        var name: Int32
    }

    /// The longest probe sequence for which tags are good enough; tags ignore the middle of long names.
    private static let longestTaggedWalk = 8

    /// Creates a table of member names; of equal names, the first counts. Call `release()` afterwards.
    static func ofMembers(_ names: [[UInt8]]) -> NameTable {
        let table = NameTable(names, usesTags: true)
        guard table.longestWalk > longestTaggedWalk else { return table }
        table.release()
        return NameTable(names)
    }

    /// Creates a table of `names`; of equal names, the first counts. Call `release()` afterwards.
    init(_ names: [[UInt8]]) {
        self.init(names, usesTags: false)
    }

    private init(_ names: [[UInt8]], usesTags: Bool) {
        self.usesTags = usesTags
        var capacity = 4
        while capacity < names.count * 2 { capacity *= 2 }
        mask = capacity - 1
        slots = .allocate(capacity: capacity)
        slots.initialize(repeating: Slot(hash: 0, offset: 0, length: 0, name: -1), count: capacity)
        text = .allocate(capacity: max(1, names.reduce(0) { $0 + $1.count }))
        count = names.count
        var offset = 0
        for (index, name) in names.enumerated() {
            name.withUnsafeBufferPointer { bytes in
                let hash = usesTags ? UInt32(JSONNameKey.tag(bytes)) : Self.hash(bytes)
                var place = Int(hash) & mask
                while slots[place].name >= 0 {
                    if matches(slots[place], hash, bytes) { return }
                    place = (place + 1) & mask
                }
                if let base = bytes.baseAddress { (text + offset).initialize(from: base, count: bytes.count) }
                slots[place] = Slot(
                    hash: hash, offset: UInt32(offset), length: UInt32(bytes.count), name: Int32(index))
                offset += bytes.count
            }
        }
    }

    /// Frees the memory.
    func release() {
        slots.deallocate()
        text.deallocate()
    }

    /// The number of the name with these bytes, or -1.
    @inline(__always)
    func find(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        find(bytes, hash: usesTags ? UInt32(JSONNameKey.tag(bytes)) : Self.hash(bytes))
    }

    @inline(__always)
    private func find(_ bytes: UnsafeBufferPointer<UInt8>, hash: UInt32) -> Int {
        var place = Int(hash) & mask
        while true {
            let slot = slots[place]
            if slot.name < 0 { return -1 }
            if matches(slot, hash, bytes) { return Int(slot.name) }
            place = (place + 1) & mask
        }
    }

    /// The number of the member name at `entry`, or -1.
    @inline(__always)
    func findMember(_ tape: JSONTape, _ entry: Int) -> Int {
        guard usesTags else { return find(tape, entry) }
        let hash = UInt32(tape.nameTag(at: entry))
        if tape.needsDecoding(at: entry) { return tape.withText(at: entry) { find($0, hash: hash) } }
        return find(tape.bytes(at: entry), hash: hash)
    }

    /// The number of the text at `entry`, or -1.
    @inline(__always)
    func find(_ tape: JSONTape, _ entry: Int) -> Int {
        if tape.needsDecoding(at: entry) { return tape.withText(at: entry) { find($0) } }
        return find(tape.bytes(at: entry))
    }

    /// The maximum number of slots visited to find a name.
    private var longestWalk: Int {
        (0...mask).reduce(0) { longest, place in
            guard slots[place].name >= 0 else { return longest }
            return max(longest, ((place &- Int(slots[place].hash)) & mask) + 1)
        }
    }

    @inline(__always)
    private func matches(_ slot: Slot, _ hash: UInt32, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard slot.hash == hash, Int(slot.length) == bytes.count else { return false }
        let candidate = text + Int(slot.offset)
        var index = 0
        while index &+ 8 <= bytes.count {
            guard Self.word(candidate, index) == Self.word(bytes.baseAddress, index) else { return false }
            index &+= 8
        }
        while index < bytes.count {
            guard candidate[index] == bytes[index] else { return false }
            index &+= 1
        }
        return true
    }

    /// Mixes eight bytes at a time; every byte counts.
    @inline(__always)
    private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
        var state = UInt64(truncatingIfNeeded: bytes.count) &* 0x9E37_79B9_7F4A_7C15
        var index = 0
        while index &+ 8 <= bytes.count {
            state = (state ^ word(bytes.baseAddress, index)) &* 0xBF58_476D_1CE4_E5B9
            state ^= state >> 29
            index &+= 8
        }
        var tail: UInt64 = 0
        while index < bytes.count {
            tail = tail << 8 | UInt64(bytes[index])
            index &+= 1
        }
        state = (state ^ tail) &* 0x94D0_49BB_1331_11EB
        return UInt32(truncatingIfNeeded: state >> 32)
    }

    @inline(__always)
    private static func word(_ base: UnsafePointer<UInt8>?, _ index: Int) -> UInt64 {
        UnsafeRawPointer(base.unsafelyUnwrapped).loadUnaligned(fromByteOffset: index, as: UInt64.self)
    }
}
