internal import JSONDocument

/// The targets of references, and everything inside them: the values that may be read more than once.
struct ReferredPlaces {
    /// Disjoint ranges of the tape in order, by document.
    private var ranges: [Int: [Range<Int>]] = [:]

    init(_ targets: some Sequence<DocumentNode>) {
        for target in targets {
            let range = target.node.withTape { tape, own in own..<tape.end(of: own) }
            ranges[target.document, default: []].append(range)
        }
        ranges = ranges.mapValues { ranges in
            var outermost: [Range<Int>] = []
            for range in ranges.sorted(by: { ($0.lowerBound, $1.upperBound) < ($1.lowerBound, $0.upperBound) }) {
                // Values are either nested or disjoint.
                if let last = outermost.last, range.lowerBound < last.upperBound { continue }
                outermost.append(range)
            }
            return outermost
        }
    }

    /// Whether a value is the target of a reference, or is inside one.
    func contains(_ place: NodeKey) -> Bool {
        guard let ranges = ranges[place.document] else { return false }
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound <= place.index { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(place.index)
    }
}
