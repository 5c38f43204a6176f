internal import JSONDocument

/// The places that references lead to, and everything inside: what may be read more than once.
struct ReferredPlaces {
    /// By document: ranges of the tape in order, none of which touches another.
    private var ranges: [Int: [Range<Int>]] = [:]

    init(_ targets: some Sequence<DocumentNode>) {
        for target in targets {
            let range = target.node.withTape { tape, own in own..<tape.end(of: own) }
            ranges[target.document, default: []].append(range)
        }
        ranges = ranges.mapValues { ranges in
            var outermost: [Range<Int>] = []
            for range in ranges.sorted(by: { ($0.lowerBound, $1.upperBound) < ($1.lowerBound, $0.upperBound) }) {
                // Values stand inside each other or apart.
                if let last = outermost.last, range.lowerBound < last.upperBound { continue }
                outermost.append(range)
            }
            return outermost
        }
    }

    /// Whether a value is one that a reference leads to, or stands inside of one.
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
