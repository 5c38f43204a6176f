import TestKit

/// The matcher of ECMA-262, section 22.2.2, written down as the standard states it: closures that are handed a state and
/// what comes after. It is slow and has nothing in common with the machines under test.
indirect enum ReferenceNode: Sendable {
    case empty
    case character(Unicode.Scalar)
    case any
    case set(members: [Unicode.Scalar], isNegated: Bool)
    case start
    case end
    case boundary(isNegated: Bool)
    case sequence([ReferenceNode])
    case alternatives([ReferenceNode])
    case group(ReferenceNode, number: Int)
    case plainGroup(ReferenceNode)
    case repeated(ReferenceNode, minimum: Int, maximum: Int?, isGreedy: Bool, groups: ClosedRange<Int>?)
    case look(ReferenceNode, isAhead: Bool, isNegated: Bool)
    case reference(Int)
}

extension ReferenceNode {
    /// The pattern as it is written.
    var text: String {
        switch self {
        case .empty: return ""
        case .character(let scalar): return String(scalar)
        case .any: return "."
        case .set(let members, let isNegated):
            return "[\(isNegated ? "^" : "")\(String(String.UnicodeScalarView(members)))]"
        case .start: return "^"
        case .end: return "$"
        case .boundary(let isNegated): return isNegated ? #"\B"# : #"\b"#
        case .sequence(let parts): return parts.map(\.text).joined()
        case .alternatives(let parts): return parts.map(\.text).joined(separator: "|")
        case .group(let body, _): return "(\(body.text))"
        case .plainGroup(let body): return "(?:\(body.text))"
        case .repeated(let body, let minimum, let maximum, let isGreedy, _):
            let count =
                switch (minimum, maximum) {
                case (0, nil): "*"
                case (1, nil): "+"
                case (0, 1): "?"
                case (_, nil): "{\(minimum),}"
                case (_, let maximum?): minimum == maximum ? "{\(minimum)}" : "{\(minimum),\(maximum)}"
                }
            return body.text + count + (isGreedy ? "" : "?")
        case .look(let body, let isAhead, let isNegated):
            return "(?\(isAhead ? "" : "<")\(isNegated ? "!" : "=")\(body.text))"
        case .reference(let number): return "(?:\\\(number))"
        }
    }
}

/// Looks for a pattern at every place of a text.
struct ReferenceMatcher {
    private struct State {
        var position: Int
        var captures: [Range<Int>?]
    }

    struct TooMuchWork: Error {}

    private let text: [Unicode.Scalar]
    private var steps = 0

    init(_ text: String) { self.text = Array(text.unicodeScalars) }

    /// Whether the text contains a match; throws when that takes too long to find out.
    static func finds(_ node: ReferenceNode, groups: Int, in text: String) throws -> Bool {
        var matcher = ReferenceMatcher(text)
        for start in 0...matcher.text.count {
            let state = State(position: start, captures: Array(repeating: nil, count: groups + 1))
            if try matcher.match(node, state, isForward: true, { _, _ in true }) { return true }
        }
        return false
    }

    private typealias Continuation = (inout ReferenceMatcher, State) throws -> Bool

    private mutating func match(
        _ node: ReferenceNode, _ state: State, isForward: Bool, _ next: Continuation
    ) throws -> Bool {
        steps += 1
        guard steps < 200_000 else { throw TooMuchWork() }
        switch node {
        case .empty: return try next(&self, state)
        case .character(let scalar): return try consume(state, isForward, next) { $0 == scalar }
        case .any: return try consume(state, isForward, next) { !["\n", "\r", "\u{2028}", "\u{2029}"].contains($0) }
        case .set(let members, let isNegated):
            return try consume(state, isForward, next) { members.contains($0) != isNegated }
        case .start: return state.position == 0 ? try next(&self, state) : false
        case .end: return state.position == text.count ? try next(&self, state) : false
        case .boundary(let isNegated):
            let isBoundary = isWord(state.position - 1) != isWord(state.position)
            return isBoundary != isNegated ? try next(&self, state) : false
        case .sequence(let parts): return try sequence(isForward ? parts : parts.reversed(), state, isForward, next)
        case .alternatives(let parts):
            for part in parts where try match(part, state, isForward: isForward, next) { return true }
            return false
        case .plainGroup(let body): return try match(body, state, isForward: isForward, next)
        case .group(let body, let number):
            return try match(body, state, isForward: isForward) { matcher, inner in
                var copy = inner
                copy.captures[number] =
                    isForward ? state.position..<inner.position : inner.position..<state.position
                return try next(&matcher, copy)
            }
        case .repeated(let body, let minimum, let maximum, let isGreedy, let groups):
            let loop = Loop(body: body, isGreedy: isGreedy, groups: groups, isForward: isForward)
            return try repeatBody(loop, minimum, maximum, state, next)
        case .look(let body, let isAhead, let isNegated):
            return try look(body, isAhead: isAhead, isNegated: isNegated, state, next)
        case .reference(let number):
            return try backreference(number, state, isForward, next)
        }
    }

    private func isWord(_ position: Int) -> Bool {
        guard text.indices.contains(position), text[position].isASCII else { return false }
        return text[position] == "_" || text[position].properties.isAlphabetic || ("0"..."9").contains(text[position])
    }

    private mutating func consume(
        _ state: State, _ isForward: Bool, _ next: Continuation, _ accepts: (Unicode.Scalar) -> Bool
    ) throws -> Bool {
        let place = isForward ? state.position : state.position - 1
        guard text.indices.contains(place), accepts(text[place]) else { return false }
        var copy = state
        copy.position = isForward ? place + 1 : place
        return try next(&self, copy)
    }

    private mutating func sequence(
        _ parts: [ReferenceNode], _ state: State, _ isForward: Bool, _ next: Continuation
    ) throws -> Bool {
        guard let first = parts.first else { return try next(&self, state) }
        return try match(first, state, isForward: isForward) { matcher, after in
            try matcher.sequence(Array(parts.dropFirst()), after, isForward, next)
        }
    }

    private struct Loop {
        let body: ReferenceNode
        let isGreedy: Bool
        let groups: ClosedRange<Int>?
        let isForward: Bool
    }

    /// RepeatMatcher.
    private mutating func repeatBody(
        _ loop: Loop, _ minimum: Int, _ maximum: Int?, _ state: State, _ next: Continuation
    ) throws -> Bool {
        if maximum == 0 { return try next(&self, state) }
        func round(_ matcher: inout ReferenceMatcher) throws -> Bool {
            var copy = state
            for group in loop.groups.map(Array.init) ?? [] { copy.captures[group] = nil }
            return try matcher.match(loop.body, copy, isForward: loop.isForward) { matcher, after in
                // An optional round that consumed nothing is not repeated.
                if minimum == 0, after.position == state.position { return false }
                return try matcher.repeatBody(loop, max(0, minimum - 1), maximum.map { $0 - 1 }, after, next)
            }
        }
        if minimum > 0 { return try round(&self) }
        if loop.isGreedy {
            if try round(&self) { return true }
            return try next(&self, state)
        }
        if try next(&self, state) { return true }
        return try round(&self)
    }

    private mutating func look(
        _ body: ReferenceNode, isAhead: Bool, isNegated: Bool, _ state: State, _ next: Continuation
    ) throws -> Bool {
        var found: State?
        let matches = try match(body, state, isForward: isAhead) { _, after in
            found = after
            return true
        }
        if isNegated { return matches ? false : try next(&self, state) }
        guard matches, let found else { return false }
        return try next(&self, State(position: state.position, captures: found.captures))
    }

    private mutating func backreference(
        _ number: Int, _ state: State, _ isForward: Bool, _ next: Continuation
    ) throws -> Bool {
        guard let capture = state.captures[number] else { return try next(&self, state) }
        let start = isForward ? state.position : state.position - capture.count
        guard start >= 0, start + capture.count <= text.count, text[start..<(start + capture.count)] == text[capture]
        else { return false }
        var copy = state
        copy.position = isForward ? start + capture.count : start
        return try next(&self, copy)
    }
}

/// Makes random patterns and texts of the same few characters.
struct ReferencePatterns {
    private var random: SplitMix
    private(set) var groups = 0
    private var mayRefer = false

    init(seed: Int) { random = SplitMix(seed: seed) }

    private static let letters: [Unicode.Scalar] = ["a", "b", "é", "日", "-"]

    mutating func pattern(depth: Int, backreferences: Bool) -> ReferenceNode {
        groups = 0
        mayRefer = backreferences
        return alternatives(depth)
    }

    mutating func text() -> String {
        let letters = Self.letters + ["\n"]
        let count = random.number(below: 8)
        return String(String.UnicodeScalarView((0..<count).map { _ in random.pick(letters) }))
    }

    private mutating func alternatives(_ depth: Int) -> ReferenceNode {
        var parts = [sequence(depth)]
        while random.once(in: 4) { parts.append(sequence(depth)) }
        return parts.count == 1 ? parts[0] : .alternatives(parts)
    }

    private mutating func sequence(_ depth: Int) -> ReferenceNode {
        let count = random.number(below: 4)
        return .sequence((0..<count).map { _ in term(depth) })
    }

    private mutating func term(_ depth: Int) -> ReferenceNode {
        let before = groups
        let atom: ReferenceNode
        switch random.number(below: depth > 0 ? 12 : 6) {
        case 0, 1: atom = .character(random.pick(["a", "b"]))
        case 2: atom = .character(random.pick(Self.letters))
        case 3: atom = .any
        case 4: atom = .set(members: [random.pick(["a", "é"]), "b"], isNegated: random.once(in: 2))
        case 5:
            if mayRefer, groups > 0 { return .reference(1 + random.number(below: groups)) }
            return random.pick([.start, .end, .boundary(isNegated: false), .boundary(isNegated: true)])
        case 6, 7: atom = .plainGroup(alternatives(depth - 1))
        case 8, 9, 10:
            groups += 1
            let number = groups
            atom = .group(alternatives(depth - 1), number: number)
        default:
            return .look(alternatives(depth - 1), isAhead: random.once(in: 2), isNegated: random.once(in: 3))
        }
        guard random.once(in: 2) else { return atom }
        let counts: [(Int, Int?)] = [(0, nil), (1, nil), (0, 1), (2, 2), (1, 2), (0, 2), (2, nil), (0, 0)]
        let (minimum, maximum) = random.pick(counts)
        return .repeated(
            atom, minimum: minimum, maximum: maximum, isGreedy: !random.once(in: 3),
            groups: groups > before ? (before + 1)...groups : nil)
    }
}
