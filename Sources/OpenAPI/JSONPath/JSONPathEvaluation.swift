internal import ECMAPattern
internal import JSONDocument
internal import Primitives

extension JSONPath {
    /// The values that match the query, as paths from the root, each once, in the order found.
    ///
    /// - Throws: A problem if the work exceeds its bound.
    func paths(in root: LocatedValue, maximumSteps: Int = 1_000_000) throws(Problem) -> [[LocatedStep]] {
        var evaluation = JSONPathEvaluation(root: root, maximumSteps: maximumSteps)
        let found = try evaluation.run(segments, from: JSONPathEvaluation.Found(path: [], value: root))
        var seen: Set<[LocatedStep]> = []
        return found.map(\.path).filter { seen.insert($0).inserted }
    }
}

/// Runs a query over a value.
struct JSONPathEvaluation {
    struct Found {
        var path: [LocatedStep]
        var value: LocatedValue
    }

    let root: LocatedValue
    private let maximumSteps: Int
    private var steps = 0

    init(root: LocatedValue, maximumSteps: Int) {
        self.root = root
        self.maximumSteps = maximumSteps
    }

    mutating func run(_ segments: [JSONPath.Segment], from start: Found) throws(JSONPath.Problem) -> [Found] {
        var found = [start]
        for segment in segments {
            var next: [Found] = []
            for candidate in found {
                if segment.isDescendant {
                    try descend(candidate, segment.selectors, into: &next)
                } else {
                    try select(segment.selectors, from: candidate, into: &next)
                }
            }
            found = next
        }
        return found
    }

    /// Nesting is bounded by the document's limit.
    private mutating func descend(
        _ candidate: Found,
        _ selectors: [JSONPath.Selector],
        into result: inout [Found]
    ) throws(JSONPath.Problem) {
        try select(selectors, from: candidate, into: &result)
        for child in Self.children(of: candidate) {
            try descend(child, selectors, into: &result)
        }
    }

    private static func children(of found: Found) -> [Found] {
        switch found.value.content {
        case .array(let elements):
            elements.enumerated().map { Found(path: found.path + [.element($0.offset)], value: $0.element) }
        case .object(let members):
            members.enumerated().map { Found(path: found.path + [.member($0.offset)], value: $0.element.value) }
        default:
            []
        }
    }

    private mutating func select(
        _ selectors: [JSONPath.Selector],
        from candidate: Found,
        into result: inout [Found]
    ) throws(JSONPath.Problem) {
        steps += 1
        guard steps <= maximumSteps else {
            throw JSONPath.Problem(message: "the query takes more than \(maximumSteps) steps", offset: 0)
        }
        for selector in selectors {
            switch (selector, candidate.value.content) {
            case (.name(let name), .object(let members)):
                guard let index = members.firstIndex(where: { $0.name.isSame(as: name) }) else { continue }
                result.append(Found(path: candidate.path + [.member(index)], value: members[index].value))
            case (.wildcard, _):
                result += Self.children(of: candidate)
            case (.index(let index), .array(let elements)):
                let place = index < 0 ? elements.count + index : index
                guard elements.indices.contains(place) else { continue }
                result.append(Found(path: candidate.path + [.element(place)], value: elements[place]))
            case (.slice(let start, let end, let step), .array(let elements)):
                for place in Self.indices(start, end, step, count: elements.count) {
                    result.append(Found(path: candidate.path + [.element(place)], value: elements[place]))
                }
            case (.filter(let expression), _):
                for child in Self.children(of: candidate) where try holds(expression, for: child.value) {
                    result.append(child)
                }
            default:
                continue
            }
        }
    }

    /// The indexes of a slice (RFC 9535, section 2.3.4.2.2).
    private static func indices(_ start: Int?, _ end: Int?, _ step: Int, count: Int) -> [Int] {
        func normal(_ index: Int) -> Int { index >= 0 ? index : count + index }
        guard step != 0 else { return [] }
        if step > 0 {
            let lower = min(max(normal(start ?? 0), 0), count)
            let upper = min(max(normal(end ?? count), 0), count)
            return Array(stride(from: lower, to: upper, by: step))
        }
        let upper = min(max(normal(start ?? count - 1), -1), count - 1)
        let lower = min(max(end.map(normal) ?? -1, -1), count - 1)
        return Array(stride(from: upper, to: lower, by: step))
    }

    private mutating func holds(
        _ expression: JSONPath.Expression,
        for value: LocatedValue
    ) throws(JSONPath.Problem) -> Bool {
        switch expression {
        case .or(let parts):
            for part in parts where try holds(part, for: value) { return true }
            return false
        case .and(let parts):
            for part in parts where try !holds(part, for: value) { return false }
            return true
        case .not(let inner):
            return try !holds(inner, for: value)
        case .exists(let query):
            return try !results(of: query, for: value).isEmpty
        case .compare(let left, let comparison, let right):
            let sides = (try operand(left, for: value), try operand(right, for: value))
            return Self.compare(sides.0, comparison, sides.1)
        case .test(let function, let subject, let pattern):
            let sides = (try operand(subject, for: value), try operand(pattern, for: value))
            guard case (.string(let text)?, .string(let source)?) = sides else { return false }
            return try Self.matches(text, source, isWhole: function == .match)
        }
    }

    private static func matches(_ text: String, _ source: String, isWhole: Bool) throws(JSONPath.Problem) -> Bool {
        // An invalid pattern matches nothing (RFC 9535, sections 2.4.6 and 2.4.7).
        guard let pattern = try? ECMAPattern(source) else { return false }
        switch isWhole ? pattern.matchesWhole(text) : pattern.search(text) {
        case .match: return true
        case .noMatch: return false
        case .undecided:
            throw JSONPath.Problem(message: "the pattern '\(source)' takes too many steps", offset: 0)
        }
    }

    private mutating func results(
        of query: JSONPath.Query,
        for value: LocatedValue
    ) throws(JSONPath.Problem) -> [Found] {
        try run(query.segments, from: Found(path: [], value: query.isAbsolute ? root : value))
    }

    /// One side of a comparison; `nil` means "nothing" (RFC 9535, section 2.3.5.2.2).
    private mutating func operand(
        _ side: JSONPath.Comparable,
        for value: LocatedValue
    ) throws(JSONPath.Problem) -> JSONValue? {
        switch side {
        case .literal(let literal): return literal
        case .query(let query): return try results(of: query, for: value).first?.value.value
        case .call(.count, .query(let query)): return .number(JSONNumber(try results(of: query, for: value).count))
        case .call(.value, .query(let query)):
            let found = try results(of: query, for: value)
            return found.count == 1 ? found[0].value.value : nil
        case .call(.length, let argument):
            switch try operand(argument, for: value) {
            case .string(let text)?: return .number(JSONNumber(text.unicodeScalars.count))
            case .array(let elements)?: return .number(JSONNumber(elements.count))
            case .object(let object)?: return .number(JSONNumber(object.count))
            default: return nil
            }
        case .call: return nil
        }
    }

    private static func compare(_ left: JSONValue?, _ comparison: JSONPath.Comparison, _ right: JSONValue?) -> Bool {
        switch comparison {
        case .equal: left == right
        case .notEqual: left != right
        case .less: isLess(left, right)
        case .greater: isLess(right, left)
        case .lessOrEqual: left == right || isLess(left, right)
        case .greaterOrEqual: left == right || isLess(right, left)
        }
    }

    private static func isLess(_ left: JSONValue?, _ right: JSONValue?) -> Bool {
        switch (left, right) {
        case (.number(let a)?, .number(let b)?): a < b
        case (.string(let a)?, .string(let b)?): a.unicodeScalars.lexicographicallyPrecedes(b.unicodeScalars)
        default: false
        }
    }
}
