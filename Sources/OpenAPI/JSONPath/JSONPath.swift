internal import JSONDocument

/// A query over a JSON value (RFC 9535).
struct JSONPath: Sendable {
    /// A mistake in the text of a query, or a part of the language that is not supported.
    struct Problem: Error, Equatable {
        let message: String
        /// Where it is, in Unicode scalars from 0.
        let offset: Int
    }

    /// A step of a query (section 2.5).
    struct Segment: Sendable {
        var selectors: [Selector]
        /// Whether it looks at all descendants too: `..`.
        var isDescendant: Bool
    }

    /// What a segment takes (section 2.3).
    indirect enum Selector: Sendable {
        case name(String)
        case wildcard
        case index(Int)
        case slice(start: Int?, end: Int?, step: Int)
        case filter(Expression)
    }

    /// A condition (section 2.3.5).
    indirect enum Expression: Sendable {
        case or([Expression])
        case and([Expression])
        case not(Expression)
        case exists(Query)
        case compare(Comparable, Comparison, Comparable)
        case test(Function, Comparable, Comparable)
    }

    /// A query inside of a condition: from the root (`$`) or from the value looked at (`@`).
    struct Query: Sendable {
        var isAbsolute: Bool
        var segments: [Segment]

        /// Whether it finds one value at most (section 2.3.5.1, "singular query").
        var isSingular: Bool {
            segments.allSatisfy { segment in
                guard !segment.isDescendant, segment.selectors.count == 1 else { return false }
                switch segment.selectors[0] {
                case .name, .index: return true
                default: return false
                }
            }
        }
    }

    /// One side of a comparison.
    indirect enum Comparable: Sendable {
        case literal(JSONValue)
        case query(Query)
        case call(Function, Comparable)
    }

    enum Comparison: String, Sendable {
        case equal = "=="
        case notEqual = "!="
        case lessOrEqual = "<="
        case greaterOrEqual = ">="
        case less = "<"
        case greater = ">"
    }

    /// The functions of section 2.4.
    enum Function: String, Sendable {
        case length
        case count
        case match
        case search
        case value
    }

    let segments: [Segment]
}
