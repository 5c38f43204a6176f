internal import JSONDocument

/// A query over a JSON value (RFC 9535).
struct JSONPath: Sendable {
    /// A mistake in the text of a query, or an unsupported part of the language.
    struct Problem: Error, Equatable {
        let message: String
        /// The offset of the mistake, in Unicode scalars from 0.
        let offset: Int
    }

    /// A segment of a query (RFC 9535, section 2.5).
    struct Segment: Sendable {
        var selectors: [Selector]
        /// Whether it also applies to all descendants: `..`.
        var isDescendant: Bool
    }

    /// The children that a segment selects (RFC 9535, section 2.3).
    indirect enum Selector: Sendable {
        case name(String)
        case wildcard
        case index(Int)
        case slice(start: Int?, end: Int?, step: Int)
        case filter(Expression)
    }

    /// A condition (RFC 9535, section 2.3.5).
    indirect enum Expression: Sendable {
        case or([Expression])
        case and([Expression])
        case not(Expression)
        case exists(Query)
        case compare(Comparable, Comparison, Comparable)
        case test(Function, Comparable, Comparable)
    }

    /// A query inside a condition: from the root (`$`) or from the current value (`@`).
    struct Query: Sendable {
        var isAbsolute: Bool
        var segments: [Segment]

        /// Whether it finds at most one value (RFC 9535, section 2.3.5.1, "singular query").
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

    /// The functions (RFC 9535, section 2.4).
    enum Function: String, Sendable {
        case length
        case count
        case match
        case search
        case value
    }

    let segments: [Segment]
}
