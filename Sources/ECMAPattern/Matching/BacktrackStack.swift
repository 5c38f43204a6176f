/// The stack of a ``Backtracker``. The first entries use memory provided by the caller.
struct BacktrackStack {
    struct Entry {
        enum Kind: UInt8 {
            /// Continue at the instruction `place` from `position`.
            case alternative
            /// Take one round less in the greedy loop `place`, whose run ended at `position`, down to `limit`.
            case greedy
            /// Take one round more in the lazy loop `place`, which took `limit` rounds up to `position`.
            case lazy
            /// Restore `position` in the register `place`.
            case restore
        }
        var kind: Kind
        var place: Int32
        var position: Int
        var limit: Int
    }

    private(set) var count = 0
    private var entries: UnsafeMutablePointer<Entry>
    private var capacity: Int
    private var isOwned = false
    private let maximum: Int

    init(lent: UnsafeMutablePointer<Entry>, capacity: Int, maximum: Int) {
        entries = lent
        self.capacity = capacity
        self.maximum = maximum
    }

    /// Frees the memory that was allocated beyond the provided memory.
    mutating func finish() {
        if isOwned { entries.deallocate() }
        isOwned = false
    }

    /// Adds an entry; false if there would be too many.
    @inline(__always)
    mutating func push(_ entry: Entry) -> Bool {
        if count == capacity, !grow() { return false }
        (entries + count).initialize(to: entry)
        count += 1
        return true
    }

    @inline(__always)
    mutating func pop() -> Entry {
        count -= 1
        return entries[count]
    }

    private mutating func grow() -> Bool {
        guard capacity < maximum else { return false }
        let larger = UnsafeMutablePointer<Entry>.allocate(capacity: capacity * 4)
        larger.moveInitialize(from: entries, count: count)
        finish()
        entries = larger
        capacity *= 4
        isOwned = true
        return true
    }

    /// Removes the alternatives above an entry, but keeps the entries that restore registers.
    mutating func dropAlternatives(above base: Int) {
        var kept = base
        for index in base..<count where entries[index].kind == .restore {
            entries[kept] = entries[index]
            kept += 1
        }
        count = kept
    }
}
