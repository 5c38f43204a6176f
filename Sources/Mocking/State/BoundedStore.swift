import Primitives

/// A store of values by key. It removes the oldest values when there are too many or their total cost is too high.
struct BoundedStore<Value: Sendable>: Sendable {
    private struct Slot {
        var value: Value
        let cost: Int
        let serial: Int
    }

    private let maximumCount: Int
    private let maximumCost: Int
    private var slots: [TextKey: Slot] = [:]
    /// Keys by age. A key is obsolete when its serial differs from that of its slot.
    private var ages: [(key: TextKey, serial: Int)] = []
    private var oldest = 0
    private var serial = 0
    private var cost = 0

    init(maximumCount: Int, maximumCost: Int) {
        self.maximumCount = maximumCount
        self.maximumCost = maximumCost
    }

    var count: Int { slots.count }

    subscript(key: String) -> Value? { slots[TextKey(key)]?.value }

    /// The values, oldest first.
    var entries: [(key: String, value: Value)] {
        ages[oldest...].compactMap { age in
            guard let slot = slots[age.key], slot.serial == age.serial else { return nil }
            return (age.key.text, slot.value)
        }
    }

    /// The keys of the values for which `isWanted` is true, oldest first.
    func keys(where isWanted: (Value) -> Bool) -> [String] {
        ages[oldest...].compactMap { age in
            guard let slot = slots[age.key], slot.serial == age.serial, isWanted(slot.value) else { return nil }
            return age.key.text
        }
    }

    /// Adds a value, which becomes the youngest. An earlier value under the same key is removed.
    mutating func insert(_ value: Value, for key: String, cost: Int) {
        remove(key)
        serial += 1
        let key = TextKey(key)
        slots[key] = Slot(value: value, cost: cost, serial: serial)
        ages.append((key, serial))
        self.cost += cost
        while slots.count > maximumCount || (self.cost > maximumCost && slots.count > 1) { removeOldest() }
        compact()
    }

    /// Changes the value under `key`, which keeps its age; does nothing when there is none.
    mutating func replace(_ value: Value, for key: String) {
        slots[TextKey(key)]?.value = value
    }

    /// Removes the value under `key`.
    mutating func remove(_ key: String) {
        if let slot = slots.removeValue(forKey: TextKey(key)) { cost -= slot.cost }
    }

    private mutating func removeOldest() {
        while oldest < ages.count {
            let age = ages[oldest]
            oldest += 1
            if let slot = slots[age.key], slot.serial == age.serial {
                slots[age.key] = nil
                cost -= slot.cost
                return
            }
        }
    }

    /// Removes the ages of removed values when they are the greater part, so the list stays bounded.
    private mutating func compact() {
        guard ages.count > 64, ages.count > 2 * slots.count else { return }
        ages = ages[oldest...].filter { slots[$0.key]?.serial == $0.serial }
        oldest = 0
    }
}
