/// What a ``Backtracker`` may have to come back to. The first entries live in memory that the caller lends.
struct BacktrackStack {
    struct Entry {
        enum Kind: UInt8 {
            /// Go on at the instruction `place` from `position`.
            case alternative
            /// Take one less in the greedy loop `place`, whose run ended at `position`, and at least at `limit`.
            case greedy
            /// Take one more in the lazy loop `place`, which took `limit` up to `position`.
            case lazy
            /// Put `position` back into the register `place`.
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

    /// Frees what was allocated beyond the lent memory.
    mutating func finish() {
        if isOwned { entries.deallocate() }
        isOwned = false
    }

    /// Adds an entry; false when there would be too many.
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

    /// Drops the ways not tried above an entry, but keeps what undoes changes of registers.
    mutating func dropAlternatives(above base: Int) {
        var kept = base
        for index in base..<count where entries[index].kind == .restore {
            entries[kept] = entries[index]
            kept += 1
        }
        count = kept
    }
}
