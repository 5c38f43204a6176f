/// Many secrets at once, and where a text shows one of them.
struct PatternSet: Sendable {
    private(set) var patterns: [SecretPattern] = []
    /// What stands in the place of secrets; never looked into again.
    private var masks: Set<[UInt8]> = []
    private var maskLengths: Set<Int> = []
    /// For each first byte the patterns that may begin with it.
    private var starts = [[Int]](repeating: [], count: 256)
    /// For each pair of bytes whether a pattern may begin with it: nearly every place of a text is passed over by this
    /// alone.
    private var pairs = [Bool](repeating: false, count: 1 << 16)

    var isEmpty: Bool { patterns.isEmpty }

    /// Looks for one more secret from now on.
    mutating func insert(_ pattern: SecretPattern) {
        for byte in pattern.firstBytes { starts[Int(byte)].append(patterns.count) }
        for pair in pattern.firstPairs { pairs[Int(pair)] = true }
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
        return pairs.withUnsafeBufferPointer { traces(in: text, pairs: $0) }
    }

    private func traces(in text: UnsafeBufferPointer<UInt8>, pairs: UnsafeBufferPointer<Bool>) -> [Trace] {
        var traces: [Trace] = []
        var place = 0
        while place < text.count {
            let next = place + 1 < text.count ? text[place + 1] : 0
            guard text[place] == Self.firstOfMask || pairs[Int(text[place]) << 8 | Int(next)] else {
                place += 1
                continue
            }
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

    /// The first byte of the opening quotation mark.
    private static let firstOfMask: UInt8 = 0xE2

    private func lengthOfMask(in text: UnsafeBufferPointer<UInt8>, at place: Int) -> Int? {
        guard text[place] == Self.firstOfMask else { return nil }
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
