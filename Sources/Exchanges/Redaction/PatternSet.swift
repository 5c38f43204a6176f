/// Finds many secrets in a text at once.
struct PatternSet: Sendable {
    private(set) var patterns: [SecretPattern] = []
    /// The masks that replace secrets. They are never searched again.
    private var masks: Set<[UInt8]> = []
    private var maskLengths: Set<Int> = []
    /// The patterns that may begin with each first byte.
    private var starts = [[Int]](repeating: [], count: 256)
    /// Whether a pattern may begin with a pair of bytes. This check alone rejects nearly every position of a text.
    private var pairs = [Bool](repeating: false, count: 1 << 16)

    var isEmpty: Bool { patterns.isEmpty }

    /// Adds a secret to search for.
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

    /// Adds a mask to ignore.
    mutating func insert(mask: [UInt8]) {
        masks.insert(mask)
        maskLengths.insert(mask.count)
    }

    struct Trace {
        var range: Range<Int>
        var mask: [UInt8]
        /// The length of the longest single trace in `range`; that trace decides the mask.
        var longest: Int

        init(_ range: Range<Int>, _ mask: [UInt8]) {
            self.range = range
            self.mask = mask
            longest = range.count
        }
    }

    /// Every trace of a secret, in order; overlapping traces are merged.
    ///
    /// - Parameter isCut: Whether the text is for people and may have been cut. If so, the part of a secret next to an
    ///   ellipsis is a trace as well.
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

    /// The patterns that may begin at a position, with escapes decoded.
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

    /// Parts of secrets next to ellipses. Texts for people are short; longer texts were not cut.
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
