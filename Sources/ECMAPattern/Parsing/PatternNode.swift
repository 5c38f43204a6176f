/// The syntax tree of a pattern.
indirect enum PatternNode {
    case empty
    case scalar(UInt32)
    case set(ScalarSet)
    case sequence([PatternNode])
    case alternatives([PatternNode])
    case group(PatternNode, number: Int)
    case repetition(Repetition)
    case textStart
    case textEnd
    case wordBoundary(isNegated: Bool)
    case lookaround(Lookaround)
    /// The number is an index into ``ParsedPattern/referencedGroups``, because a name may come before its group.
    case backreference(Int)
}

/// A body with a quantifier.
struct Repetition {
    var body: PatternNode
    let minimum: Int
    /// The maximum count; nil if there is none.
    let maximum: Int?
    let isGreedy: Bool
    /// The capturing groups of the body; each new round clears them.
    let groups: Range<Int>
    /// The offset of the quantifier, for errors.
    let offset: Int
}

/// A look-ahead or look-behind.
struct Lookaround {
    var body: PatternNode
    let isAhead: Bool
    let isNegated: Bool
    /// The number of the look-around in the pattern, from 0.
    let number: Int
}

/// The result of parsing, which the compiler takes.
struct ParsedPattern {
    var root: PatternNode
    /// The number of capturing groups; they are numbered from 1.
    let groupCount: Int
    /// The group of each back-reference, in the order of the references.
    let referencedGroups: [Int]
    let lookaroundCount: Int
}

extension PatternNode {
    /// Whether the node can match without consuming anything.
    var isNullable: Bool {
        switch self {
        case .scalar, .set: false
        case .empty, .textStart, .textEnd, .wordBoundary, .lookaround, .backreference: true
        case .sequence(let parts): parts.allSatisfy(\.isNullable)
        case .alternatives(let parts): parts.contains(where: \.isNullable)
        case .group(let body, _): body.isNullable
        case .repetition(let repetition): repetition.minimum == 0 || repetition.body.isNullable
        }
    }

    /// Whether the node tests a position and consumes nothing.
    var isAssertion: Bool {
        switch self {
        case .textStart, .textEnd, .wordBoundary, .lookaround: true
        default: false
        }
    }

    /// Whether the node is a look-ahead.
    var isLookahead: Bool {
        if case .lookaround(let lookaround) = self { return lookaround.isAhead }
        return false
    }

    /// Whether every match begins at the start of the text.
    var isAnchoredAtStart: Bool {
        switch self {
        case .textStart: true
        case .sequence(let parts): parts.first?.isAnchoredAtStart ?? false
        case .alternatives(let parts): parts.allSatisfy(\.isAnchoredAtStart)
        case .group(let body, _): body.isAnchoredAtStart
        case .repetition(let repetition): repetition.minimum > 0 && repetition.body.isAnchoredAtStart
        default: false
        }
    }
}
