import ECMAPattern
import JSONDocument
import Primitives

/// Candidate texts for a schema.
enum TextCandidates {
    /// The maximum length of texts that a schema requires; other texts are shorter.
    private static let maximumLength = 100_000

    static func candidates(_ constraints: Constraints, _ random: StableRandom) -> [String] {
        var random = random
        let minimum = min(constraints.highest("minLength") ?? 0, maximumLength)
        let maximum = max(0, constraints.lowest("maxLength") ?? .max)
        var found: [String] = []
        for format in constraints.all("format").compactMap(\.string) {
            found += FormatText.candidates(format, minimum: minimum, maximum: maximum, &random)
        }
        let formatted = found
        let patterns = constraints.all("pattern").compactMap(\.string)
        var samples: [String] = []
        for pattern in patterns {
            guard let sampler = try? PatternSampler(pattern) else { continue }
            let lengths = [max(minimum, min(8, maximum)), minimum, max(minimum, min(maximum, 16)), min(maximum, 64)]
            for attempt in 0..<60 {
                let length = lengths[attempt % lengths.count]
                let text = sampler.text(length: length, using: &random)
                found.append(text)
                found.append(fitted(text, minimum, maximum, &random))
                if attempt < 8 { samples.append(text) }
            }
        }
        for sample in samples {
            for text in formatted.prefix(8) { found += joined(text, sample, &random) }
        }
        if patterns.isEmpty, found.isEmpty {
            let length = max(minimum, min(8, maximum))
            found.append(word(length, &random))
        }
        let plain = ["text", "a", "A", "0", "1", "abc", "ABC", "abc-123", "123", "true", "", "+00", "a@b.example"]
        return found + plain.map { fitted($0, minimum, maximum, &random) }
    }

    /// A text of a format with a sample of a pattern at its start or end, for patterns that are open at the other end
    /// (`^2024-`, `\.pdf$`, `@example\.org$`), and in upper case.
    private static func joined(_ text: String, _ sample: String, _ random: inout StableRandom) -> [String] {
        let length = sample.unicodeScalars.count
        let isShorter = length < text.unicodeScalars.count
        let replaced =
            isShorter
            ? [sample + text.unicodeScalars.dropFirst(length).text, text.unicodeScalars.dropLast(length).text + sample]
            : []
        return replaced + [text + sample, word(6, &random) + sample, sample + text, text.uppercased()]
    }

    /// Lower-case letters.
    static func word(_ length: Int, _ random: inout StableRandom) -> String {
        let letters = Array("abcdefghijklmnopqrstuvwxyz".unicodeScalars)
        var text = String.UnicodeScalarView()
        for _ in 0..<length { text.append(letters[Int.random(in: 0..<letters.count, using: &random)]) }
        return String(text)
    }

    /// The text cut or extended to the bounds, in Unicode scalars.
    private static func fitted(_ text: String, _ minimum: Int, _ maximum: Int, _ random: inout StableRandom) -> String {
        var scalars = String.UnicodeScalarView(text.unicodeScalars.prefix(maximum))
        if scalars.count < minimum {
            let last = scalars.last ?? "x"
            for _ in scalars.count..<minimum { scalars.append(last) }
        }
        return String(scalars)
    }
}

extension Substring.UnicodeScalarView {
    fileprivate var text: String { String(Substring(self)) }
}
