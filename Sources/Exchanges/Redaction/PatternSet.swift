/// Many secrets at once, and where a text shows one of them.
struct PatternSet: Sendable {
    private(set) var patterns: [SecretPattern] = []
    /// What stands in the place of secrets; never looked into again.
    private var masks: Set<[UInt8]> = []
    private var maskLengths: Set<Int> = []
    /// For each first byte the patterns that may begin with it.
    private var starts = [[Int]](repeating: [], count: 256)

    var isEmpty: Bool { patterns.isEmpty }

    /// Looks for one more secret from now on.
    mutating func insert(_ pattern: SecretPattern) {
        for byte in pattern.firstBytes { starts[Int(byte)].append(patterns.count) }
        patterns.append(pattern)
        insert(mask: pattern.mask)
    }

    /// Passes over one more mask from now on.
    mutating func insert(mask: [UInt8]) {
        masks.insert(mask)
        maskLengths.insert(mask.count)
    }

    struct Trace {
        var range: Range<Int>
        var mask: [UInt8]
        /// The longest single trace in `range`, which gives the mask.
        var longest: Int
    }

    /// Every trace of a secret, in order, overlapping ones as one.
    func traces(in text: UnsafeBufferPointer<UInt8>) -> [Trace] {
        guard !patterns.isEmpty else { return [] }
        var traces: [Trace] = []
        var place = 0
        while place < text.count {
            if let length = lengthOfMask(in: text, at: place) {
                place += length
                continue
            }
            for index in starts[Int(text[place])] {
                if let range = patterns[index].match(in: text, at: place) {
                    traces.append(Trace(range: range, mask: patterns[index].mask, longest: range.count))
                }
            }
            place += 1
        }
        return Self.merged(traces)
    }

    private func lengthOfMask(in text: UnsafeBufferPointer<UInt8>, at place: Int) -> Int? {
        // The first byte of the opening quotation mark.
        guard text[place] == 0xE2 else { return nil }
        return maskLengths.first { length in
            place + length <= text.count && masks.contains(Array(text[place..<(place + length)]))
        }
    }

    private static func merged(_ traces: [Trace]) -> [Trace] {
        var merged: [Trace] = []
        for trace in traces.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            guard var last = merged.last, trace.range.lowerBound < last.range.upperBound else {
                merged.append(trace)
                continue
            }
            if trace.longest > last.longest {
                last.mask = trace.mask
                last.longest = trace.longest
            }
            last.range = last.range.lowerBound..<max(last.range.upperBound, trace.range.upperBound)
            merged[merged.count - 1] = last
        }
        return merged
    }
}
