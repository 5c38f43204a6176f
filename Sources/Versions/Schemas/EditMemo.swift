import JSONSchema

/// A list of schemas, told from all others of its contract.
struct SchemaListKey: Hashable {
    // Most lists have one schema: an array for each of them would be an allocation.
    private let first: SchemaIdentity?
    private let rest: [SchemaIdentity]

    init(_ views: [SchemaView]) {
        first = views.first?.identity
        rest = views.count > 1 ? views.dropFirst().map(\.identity) : []
    }
}

/// Edits of pairs that were worked out before, and the pairs that are being worked out.
///
/// A pair that is met inside of itself changed in no other way than the one that is being worked out. What is worked out
/// on such a way lacks the edits of that pair, so it counts only until that pair is done.
struct EditMemo<Key: Hashable> {
    /// Edits with what they depend on.
    struct Entry {
        var edits: [SchemaEdit]
        /// Whether they differ between requests and responses.
        var isDirected: Bool
        /// The level of the outermost open pair that they were worked out inside of and depend on; `.max` for none.
        var level = Int.max
    }

    private struct Slots {
        var request: Entry?
        var response: Entry?
    }

    private var slots: [Key: Slots] = [:]
    private var open: [Key: Int] = [:]
    private var provisional: [Key] = []
    /// Results that are thrown away at most: in a net of schemas that all refer to each other, each is worked out again
    /// for every schema that the net is entered by. Further ones are kept although they lack what is reported elsewhere.
    private var evictionsLeft = 10_000

    /// What is known of a pair.
    func known(_ key: Key, _ direction: ChangeRule.Direction) -> Entry? {
        guard let slot = slots[key] else { return nil }
        return direction == .response ? slot.response : slot.request
    }

    /// The level of a pair that is being worked out.
    func openLevel(_ key: Key) -> Int? { open[key] }

    /// Starts a pair; returns what ``finish(_:_:_:since:isKept:)`` needs.
    mutating func start(_ key: Key, level: Int) -> Int {
        open[key] = level
        return provisional.count
    }

    /// Ends a pair; what depended on it does not count any longer.
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
