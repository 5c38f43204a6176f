/// Masks secret values wherever they stand: raw, percent-encoded, JSON-escaped (or a mixture of these), and in
/// base64 at any of its three alignments and in either alphabet.
///
/// The mask is `‹secret NAME›`; where the traces of several secrets overlap, all of it becomes one mask, named after
/// the longest trace. A mask is never masked again, so redacting twice changes nothing.
///
/// A secret shorter than six bytes would eat innocent text, so it is masked only where requests place credentials: a
/// whole header value (also behind a scheme word, and as the password of `Basic`), a whole cookie value, a whole query
/// value. `shortSecrets` names them, so that a warning can be given. An empty secret is ignored.
public struct Redactor: Sendable {
    /// The fewest bytes that a secret needs to be masked everywhere.
    public static let shortestMaskedEverywhere = 6

    /// The names of the secrets that are too short to be masked everywhere, in the order given.
    public let shortSecrets: [String]

    private let patterns: [SecretPattern]
    private let short: [(mask: [UInt8], bytes: [UInt8])]
    /// For each first byte the patterns that may begin with it.
    private let starts: [[Int]]
    private let masks: [[UInt8]]

    /// A redactor of `secrets`; one value under two names is masked by the first.
    public init(secrets: [(name: String, value: String)]) {
        let long = secrets.filter { $0.value.utf8.count >= Self.shortestMaskedEverywhere }
        let brief = secrets.filter { (1..<Self.shortestMaskedEverywhere).contains($0.value.utf8.count) }
        patterns = long.map { SecretPattern(name: $0.name, value: $0.value) }
        short = brief.map { (SecretPattern.mask($0.name), Array($0.value.utf8)) }
        shortSecrets = brief.map(\.name)
        masks = patterns.map(\.mask) + short.map(\.mask)
        var starts = [[Int]](repeating: [], count: 256)
        for (index, pattern) in patterns.enumerated() {
            for byte in pattern.firstBytes { starts[Int(byte)].append(index) }
        }
        self.starts = starts
    }

    /// A redactor that knows no secret and changes nothing.
    public static let none = Redactor(secrets: [])

    /// `text` with every secret masked.
    public func redact(_ text: String) -> String {
        var copy = text
        let masked = copy.withUTF8 { redacted($0) }
        return masked.map { String(decoding: $0, as: UTF8.self) } ?? text
    }

    /// `bytes` with every secret masked.
    public func redact(_ bytes: [UInt8]) -> [UInt8] {
        bytes.withUnsafeBufferPointer { redacted($0) } ?? bytes
    }

    /// The mask of the short secret that `bytes` are, if they are one.
    func mask(ofWholeValue bytes: some Sequence<UInt8>) -> String? {
        short.first { $0.bytes.elementsEqual(bytes) }.map { String(decoding: $0.mask, as: UTF8.self) }
    }

    /// `nil` when there is nothing to mask, which is the usual case.
    private func redacted(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        let traces = merged(traces(in: text))
        guard !traces.isEmpty else { return nil }
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var place = 0
        for trace in traces {
            result.append(contentsOf: text[place..<trace.range.lowerBound])
            result.append(contentsOf: patterns[trace.pattern].mask)
            place = trace.range.upperBound
        }
        result.append(contentsOf: text[place...])
        return result
    }

    private struct Trace {
        var range: Range<Int>
        var pattern: Int
        /// The longest single trace in `range`, which gives the name.
        var longest: Int
    }

    private func traces(in text: UnsafeBufferPointer<UInt8>) -> [Trace] {
        guard !patterns.isEmpty else { return [] }
        var traces: [Trace] = []
        var place = 0
        while place < text.count {
            if let mask = mask(in: text, at: place) {
                place += mask.count
                continue
            }
            for index in starts[Int(text[place])] {
                if let range = patterns[index].match(in: text, at: place) {
                    traces.append(Trace(range: range, pattern: index, longest: range.count))
                }
            }
            place += 1
        }
        return traces
    }

    private func mask(in text: UnsafeBufferPointer<UInt8>, at place: Int) -> [UInt8]? {
        // The first byte of the opening quotation mark.
        guard text[place] == 0xE2 else { return nil }
        return masks.first { text[place...].starts(with: $0) }
    }

    private func merged(_ traces: [Trace]) -> [Trace] {
        var merged: [Trace] = []
        for trace in traces.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            guard var last = merged.last, trace.range.lowerBound < last.range.upperBound else {
                merged.append(trace)
                continue
            }
            if trace.longest > last.longest {
                last.pattern = trace.pattern
                last.longest = trace.longest
            }
            last.range = last.range.lowerBound..<max(last.range.upperBound, trace.range.upperBound)
            merged[merged.count - 1] = last
        }
        return merged
    }
}
