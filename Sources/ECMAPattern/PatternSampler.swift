/// Generates texts that probably match a pattern.
///
/// Anchors, word boundaries and look-arounds are ignored, so the caller must test each text.
public struct PatternSampler {
    private let root: PatternNode
    private let referencedGroups: [Int]

    /// Nested groups and repetitions make texts long quickly; a text ends at this many scalars.
    private static let maximumLength = 10_000

    /// Parses a pattern.
    ///
    /// - Throws: ``ECMAPatternSyntaxError``, like ``ECMAPattern/inEitherGrammar(_:)``.
    public init(_ source: String) throws(ECMAPatternSyntaxError) {
        let parsed: ParsedPattern
        do {
            parsed = try PatternParser.parse(source, grammar: .unicode)
        } catch {
            guard let other = try? PatternParser.parse(source, grammar: .withoutUnicodeFlag) else { throw error }
            parsed = other
        }
        root = parsed.root
        referencedGroups = parsed.referencedGroups
    }

    /// Generates one text.
    ///
    /// - Parameters:
    ///   - length: The target number of scalars: repetitions are used as far as the length allows.
    ///   - random: Chooses alternatives, members of classes and counts.
    public func text(length: Int, using random: inout some RandomNumberGenerator) -> String {
        var writing = SampleWriter(referencedGroups: referencedGroups, limit: Self.maximumLength)
        writing.spare = max(0, length - root.shortestLength)
        writing.write(root, &random)
        return String(writing.text)
    }

    private struct SampleWriter {
        let referencedGroups: [Int]
        let limit: Int
        var text = String.UnicodeScalarView()
        var groups: [Int: String.UnicodeScalarView] = [:]
        /// The number of scalars that may be written beyond the required ones.
        var spare = 0

        mutating func write(_ node: PatternNode, _ random: inout some RandomNumberGenerator) {
            guard text.count < limit else { return }
            switch node {
            case .empty, .textStart, .textEnd, .wordBoundary, .lookaround: break
            case .scalar(let value): append(value)
            case .set(let set):
                if let value = set.member(using: &random) { append(value) }
            case .sequence(let parts):
                for part in parts { write(part, &random) }
            case .alternatives(let parts):
                if let part = parts.randomElement(using: &random) { write(part, &random) }
            case .group(let body, let number):
                let start = text.count
                write(body, &random)
                groups[number] = String.UnicodeScalarView(text.dropFirst(start))
            case .repetition(let repetition):
                for _ in 0..<count(of: repetition, &random) { write(repetition.body, &random) }
            case .backreference(let index):
                guard referencedGroups.indices.contains(index) else { return }
                text.append(contentsOf: groups[referencedGroups[index]] ?? String.UnicodeScalarView())
            }
        }

        private mutating func append(_ value: UInt32) {
            if let scalar = Unicode.Scalar(value) { text.append(scalar) }
        }

        /// How often a body is written: as often as required, plus a part of the spare length.
        private mutating func count(of repetition: Repetition, _ random: inout some RandomNumberGenerator) -> Int {
            let length = max(1, repetition.body.shortestLength)
            let room = spare / length
            let possible = min(room, (repetition.maximum ?? .max) - repetition.minimum)
            guard possible > 0 else { return min(repetition.minimum, limit) }
            // All of the spare length is used half of the time, so that one repetition alone can reach the target
            // length.
            let extra = Bool.random(using: &random) ? possible : Int.random(in: 0...possible, using: &random)
            spare -= extra * length
            return min(repetition.minimum + extra, limit)
        }
    }
}

extension PatternNode {
    /// The minimum number of scalars of a match, bounded; look-arounds are ignored.
    fileprivate var shortestLength: Int {
        let length =
            switch self {
            case .empty, .textStart, .textEnd, .wordBoundary, .lookaround, .backreference: 0
            case .scalar, .set: 1
            case .sequence(let parts): parts.reduce(0) { min($0 + $1.shortestLength, 1_000_000) }
            case .alternatives(let parts): parts.map(\.shortestLength).min() ?? 0
            case .group(let body, _): body.shortestLength
            case .repetition(let repetition):
                min(repetition.minimum, 1_000) * min(repetition.body.shortestLength, 1_000)
            }
        return min(length, 1_000_000)
    }
}

extension ScalarSet {
    /// Preferred scalars of a class: plain letters and digits, then the rest of ASCII, then some letters of other
    /// scripts.
    private static let preferred: [[ClosedRange<UInt32>]] = [
        [0x61...0x7A, 0x30...0x39, 0x41...0x5A], [0x21...0x7E], [0x20...0x20],
        [0xC0...0x17F, 0x391...0x44F, 0x4E00...0x4E80],
        [0x09...0x0D],
    ]

    /// A member, readable if possible; `nil` if none was found.
    fileprivate func member(using random: inout some RandomNumberGenerator) -> UInt32? {
        for ranges in Self.preferred {
            let members = ranges.joined().filter { contains($0) }
            if let member = members.randomElement(using: &random) { return member }
        }
        for range in ranges.shuffled(using: &random) {
            for value in [range.lowerBound, range.upperBound] where contains(value) && Unicode.Scalar(value) != nil {
                return value
            }
        }
        return (0xA0...0x2_FFFF).first { contains($0) && Unicode.Scalar($0) != nil }
    }
}
