/// A path with expressions in braces: `/parcels/{id}/label.{format}`.
struct PathTemplate: Sendable, Hashable {
    enum Piece: Sendable, Hashable {
        case text(String)
        case expression(String)
    }

    /// A mistake in a template.
    struct Problem: Error, Hashable {
        let message: String
    }

    /// The pieces of each segment between slashes.
    let segments: [[Piece]]

    /// The names of the expressions, in order.
    var names: [String] {
        segments.joined().compactMap { piece in
            if case .expression(let name) = piece { name } else { nil }
        }
    }

    /// Parses a template that starts with a slash.
    init(_ text: String) throws(Problem) {
        guard text.utf8.first == UInt8(ascii: "/") else {
            throw Problem(message: "the path '\(text)' does not start with a slash")
        }
        var segments: [[Piece]] = []
        var pieces: [Piece] = []
        let bytes = Array(text.utf8)
        var start = 1
        var isInside = false
        for index in 1...bytes.count {
            let piece = { String(decoding: bytes[start..<index], as: UTF8.self) }
            switch index < bytes.count ? bytes[index] : UInt8(ascii: "/") {
            case UInt8(ascii: "{") where !isInside:
                if start < index { pieces.append(.text(piece())) }
                isInside = true
            case UInt8(ascii: "}") where isInside:
                guard start < index else {
                    throw Problem(message: "the path '\(text)' has an expression without a name")
                }
                pieces.append(.expression(piece()))
                isInside = false
            case UInt8(ascii: "{"), UInt8(ascii: "}"):
                throw Problem(message: "the path '\(text)' has unbalanced braces")
            case UInt8(ascii: "/") where isInside:
                throw Problem(message: "the path '\(text)' has unbalanced braces")
            case UInt8(ascii: "/"):
                if start < index { pieces.append(.text(piece())) }
                segments.append(pieces)
                pieces = []
            default:
                continue
            }
            start = index + 1
        }
        self.segments = segments
    }

    /// The template without the names of its expressions: two paths with the same shape are indistinguishable.
    var shape: [[Piece]] {
        segments.map { pieces in
            pieces.map { piece in
                if case .expression = piece { .expression("") } else { piece }
            }
        }
    }

    /// How concrete each segment is: 2 for text, 1 for text and expressions, 0 for an expression.
    var concreteness: [Int] {
        segments.map { pieces in
            let expressions = pieces.count { piece in
                if case .expression = piece { true } else { false }
            }
            return expressions == 0 ? 2 : expressions == pieces.count ? 0 : 1
        }
    }
}
