import Primitives

/// A path template in the form used for matching paths: its texts are decoded.
struct RoutedTemplate: Sendable {
    private enum Piece: Sendable {
        case text([UInt8])
        case expression(String)

        init(_ piece: PathTemplate.Piece) {
            switch piece {
            case .expression(let name):
                self = .expression(name)
            case .text(let text):
                let bytes = Array(text.utf8)
                self = .text(PercentEncoding.decoded(bytes[...]) ?? bytes)
            }
        }
    }

    private let segments: [[Piece]]
    /// Whether a segment has several expressions, so that a path may be split in more than one way.
    let isAmbiguous: Bool

    /// The number of segments of a matching path.
    var count: Int { segments.count }

    init(_ template: PathTemplate) {
        segments = template.segments.map { pieces in pieces.map(Piece.init) }
        isAmbiguous = template.segments.contains { pieces in
            pieces.count { if case .expression = $0 { true } else { false } } > 1
        }
    }

    /// The ways to split a path into the values of the expressions; the one from ``values(in:)`` comes first.
    ///
    /// The number is bounded: a long path with many dots is not split in every way.
    func splits(of path: some Collection<ArraySlice<UInt8>>) -> [[(name: String, text: String)]] {
        guard path.count == segments.count else { return [] }
        var found: [[(name: String, text: String)]] = [[]]
        for (pieces, segment) in zip(segments, path) {
            var budget = 2_000
            var own: [[(name: String, text: String)]] = []
            Self.collect(pieces[...], segment, [], &own, &budget)
            found = Array(found.flatMap { start in own.map { start + $0 } }.prefix(Self.mostSplits))
        }
        return found
    }

    private static let mostSplits = 64

    private static func collect(
        _ pieces: ArraySlice<Piece>, _ segment: ArraySlice<UInt8>, _ before: [(name: String, text: String)],
        _ found: inout [[(name: String, text: String)]], _ budget: inout Int
    ) {
        budget -= 1
        guard budget > 0, found.count < mostSplits else { return }
        guard let piece = pieces.first else {
            if segment.isEmpty { found.append(before) }
            return
        }
        switch piece {
        case .text(let text):
            guard let rest = dropping(text, from: segment) else { return }
            collect(pieces.dropFirst(), rest, before, &found, &budget)
        case .expression(let name):
            guard !segment.isEmpty else { return }
            let ends = pieces.count == 1 ? [segment.endIndex] : Array(segment.indices.dropFirst())
            for end in ends {
                let value = (name, String(decoding: segment[..<end], as: UTF8.self))
                collect(pieces.dropFirst(), segment[end...], before + [value], &found, &budget)
            }
        }
    }

    /// The text of every expression in a path with the same number of segments; `nil` if the path does not match.
    func values(in path: some Collection<ArraySlice<UInt8>>) -> [(name: String, text: String)]? {
        guard path.count == segments.count else { return nil }
        var values: [(name: String, text: String)] = []
        for (pieces, segment) in zip(segments, path) {
            var failed: [Int: Int] = [:]
            guard let found = Self.match(pieces[...], segment, failed: &failed) else { return nil }
            values += found
        }
        return values
    }

    /// The values of a segment's expressions. An expression is never empty and is as short as possible, so
    /// `{name}.{format}` splits at the first dot after which the rest matches.
    ///
    /// If an expression finds no match from some byte on, it finds none from a later byte either. `failed` stores the
    /// first such byte for each expression, so the work is bounded by pieces times bytes.
    private static func match(
        _ pieces: ArraySlice<Piece>,
        _ segment: ArraySlice<UInt8>,
        failed: inout [Int: Int]
    ) -> [(name: String, text: String)]? {
        guard let piece = pieces.first else { return segment.isEmpty ? [] : nil }
        switch piece {
        case .text(let text):
            guard let rest = dropping(text, from: segment) else { return nil }
            return match(pieces.dropFirst(), rest, failed: &failed)
        case .expression(let name):
            guard !segment.isEmpty else { return nil }
            let text: (ArraySlice<UInt8>) -> String = { String(decoding: $0, as: UTF8.self) }
            if pieces.count == 1 { return [(name, text(segment))] }
            guard segment.startIndex < failed[pieces.startIndex] ?? .max else { return nil }
            for end in segment.indices.dropFirst() {
                if let rest = match(pieces.dropFirst(), segment[end...], failed: &failed) {
                    return [(name, text(segment[..<end]))] + rest
                }
            }
            failed[pieces.startIndex] = segment.startIndex
            return nil
        }
    }

    /// The rest of a segment after `text`; both may percent-encode any character.
    private static func dropping(_ text: [UInt8], from segment: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        var rest = segment
        for byte in text {
            guard let first = rest.first else { return nil }
            if first == UInt8(ascii: "%"), let decoded = PercentEncoding.octet(at: rest.startIndex, of: rest) {
                guard decoded == byte else { return nil }
                rest = rest.dropFirst(3)
            } else {
                guard first == byte else { return nil }
                rest = rest.dropFirst()
            }
        }
        return rest
    }
}
