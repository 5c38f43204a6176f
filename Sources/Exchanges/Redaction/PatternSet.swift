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
        if patterns.isEmpty {
            for pair in UInt16.min...UInt16.max
            where EscapedText.begins(UInt8(pair >> 8), UInt8(truncatingIfNeeded: pair)) {
                pairs[Int(pair)] = true
            }
        }
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

        init(_ range: Range<Int>, _ mask: [UInt8]) {
            self.range = range
            self.mask = mask
            longest = range.count
        }
    }

    /// Every trace of a secret, in order, overlapping ones as one.
    ///
    /// - Parameter isCut: Whether the text is one for people, which may have been cut: what an ellipsis has left of a
    ///   secret is a trace, too.
    func traces(in text: UnsafeBufferPointer<UInt8>, isCut: Bool = false) -> [Trace] {
        guard !patterns.isEmpty else { return [] }
        var traces = pairs.withUnsafeBufferPointer { self.traces(in: text, pairs: $0) }
        if isCut { traces += cutTraces(in: text) }
        return Self.merged(traces)
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
            for index in candidates(in: text, at: place, next: next) {
                if let range = patterns[index].match(in: text, at: place) {
                    traces.append(Trace(range, patterns[index].mask))
                }
            }
            place += 1
        }
        return traces
    }

    /// The patterns that may begin at a place, escapes undone.
    private func candidates(in text: UnsafeBufferPointer<UInt8>, at place: Int, next: UInt8) -> [Int] {
        let plain = starts[Int(text[place])]
        guard EscapedText.begins(text[place], next) else { return plain }
        let third = place + 2 < text.count ? text[place + 2] : 0
        if let byte = EscapedText.simple(text[place], next, third) {
            return starts[Int(byte)].isEmpty ? plain : Array(Set(plain + starts[Int(byte)])).sorted()
        }
        var found = plain
        for unit in EscapedText.units(in: text, at: place) where unit.end > place + 1 {
            switch unit.value {
            case .byte(let byte): found += starts[Int(byte)]
            case .scalar(let value):
                let first = Unicode.Scalar(value).flatMap { UTF8.encode($0)?.first }
                found += first.map { starts[Int($0)] } ?? []
            }
        }
        return found.count > plain.count ? Array(Set(found)).sorted() : plain
    }

    /// What ellipses have left of secrets. Texts for people are short; longer ones were not cut.
    private func cutTraces(in text: UnsafeBufferPointer<UInt8>) -> [Trace] {
        let ellipsis = Array("…".utf8)
        guard text.count <= 1 << 14, text.count >= ellipsis.count else { return [] }
        var traces: [Trace] = []
        for place in 0...(text.count - ellipsis.count)
        where text[place] == ellipsis[0] && text[place..<(place + ellipsis.count)].elementsEqual(ellipsis) {
            for pattern in patterns {
                let found = [
                    pattern.cutMatch(in: text, endingAt: place),
                    pattern.cutMatch(in: text, startingAt: place + ellipsis.count),
                ]
                traces += found.compactMap { $0.map { Trace($0, pattern.mask) } }
            }
        }
        return traces
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
