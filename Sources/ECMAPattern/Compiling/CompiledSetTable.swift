/// The sets of a program, and the tables that they refer to.
struct CompiledSets {
    fileprivate(set) var sets: [CompiledSet] = []
    fileprivate(set) var ranges: [ClosedRange<UInt32>] = []
    fileprivate(set) var properties: [PropertyTerm] = []
}

/// Collects the distinct sets of a program.
struct CompiledSetTable {
    private(set) var compiled = CompiledSets()
    private var indices: [ScalarSet: Int] = [:]

    /// Returns the index of a set, which is added if it is new.
    mutating func index(of set: ScalarSet) -> Int {
        if let known = indices[set] { return known }
        let index = compiled.sets.count
        compiled.sets.append(compile(set))
        indices[set] = index
        return index
    }

    private mutating func compile(_ set: ScalarSet) -> CompiledSet {
        var low: UInt64 = 0
        var high: UInt64 = 0
        for value in UInt32(0)..<128 where set.contains(value) {
            if value < 64 { low |= 1 << UInt64(value) } else { high |= 1 << UInt64(value - 64) }
        }
        let others = set.ranges.filter { $0.upperBound >= 0x80 }
        let beyond: CompiledSet.Beyond
        if !set.properties.isEmpty {
            beyond = .tables
        } else if others.isEmpty {
            beyond = set.isInverted ? .everything : .nothing
        } else if others.count == 1, others[0].lowerBound <= 0x80, others[0].upperBound == ScalarSet.highest {
            beyond = set.isInverted ? .nothing : .everything
        } else {
            beyond = .tables
        }
        let result = CompiledSet(
            low: low,
            high: high,
            beyond: beyond,
            isInverted: set.isInverted,
            firstRange: Int32(compiled.ranges.count),
            rangeCount: Int32(others.count),
            firstProperty: Int32(compiled.properties.count),
            propertyCount: Int32(set.properties.count)
        )
        compiled.ranges += others
        compiled.properties += set.properties
        return result
    }
}
