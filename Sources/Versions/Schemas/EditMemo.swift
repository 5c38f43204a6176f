import JSONSchema

/// The identity of a list of schemas in its contract.
struct SchemaListKey: Hashable {
    // Most lists have one schema; an array for each of them would be an allocation.
    private let first: SchemaIdentity?
    private let rest: [SchemaIdentity]

    init(_ views: [SchemaView]) {
        first = views.first?.identity
        rest = views.count > 1 ? views.dropFirst().map(\.identity) : []
    }
}

/// A cache of the edits between pairs, and the pairs in progress.
///
/// A pair that recurs inside itself changed only as found by the comparison in progress. Results that depend on such a
/// pair lack its edits, so they count only until that pair is finished.
struct EditMemo<Key: Hashable> {
    /// Edits and their dependencies.
    struct Entry {
        var edits: [SchemaEdit]
        /// Whether they differ between requests and responses.
        var isDirected: Bool
        /// The level of the outermost pair in progress that the edits depend on; `.max` for none.
        var level = Int.max
    }

    private struct Slots {
        var request: Entry?
        var response: Entry?
    }

    private var slots: [Key: Slots] = [:]
    private var open: [Key: Int] = [:]
    private var provisional: [Key] = []
    /// The maximum number of discarded results. In a network of schemas that all refer to each other, each result is
    /// computed again for every entry point. Further results are kept, although they lack edits that are reported
    /// elsewhere.
    private var evictionsLeft = 10_000

    /// The cached edits of a pair.
    func known(_ key: Key, _ direction: ChangeRule.Direction) -> Entry? {
        guard let slot = slots[key] else { return nil }
        return direction == .response ? slot.response : slot.request
    }

    /// The level of a pair in progress.
    func openLevel(_ key: Key) -> Int? { open[key] }

    /// Starts a pair; returns what ``finish(_:_:_:since:isKept:)`` needs.
    mutating func start(_ key: Key, level: Int) -> Int {
        open[key] = level
        return provisional.count
    }

    /// Finishes a pair; results that depended on it are discarded.
    mutating func finish(
        _ key: Key, _ entry: Entry, _ direction: ChangeRule.Direction, since start: Int, isKept: Bool
    ) {
        open[key] = nil
        if entry.level == .max, provisional.count > start {
            for dependent in provisional[start...] where evictionsLeft > 0 {
                slots[dependent] = nil
                evictionsLeft -= 1
            }
            provisional.removeLast(provisional.count - start)
        }
        guard isKept else { return }
        if entry.level != .max { provisional.append(key) }
        if entry.isDirected {
            if direction == .response {
                slots[key, default: Slots()].response = entry
            } else {
                slots[key, default: Slots()].request = entry
            }
        } else {
            slots[key] = Slots(request: entry, response: entry)
        }
    }
}
