import Diagnostics
import JSONDocument
import JSONSchema

/// A schema as a list of branches, one of which must accept the value: `allOf` and references are merged, `oneOf` and
/// `anyOf` are multiplied out.
final class SchemaShape {
    /// One combination of alternatives.
    struct Branch {
        var facts: SchemaFacts
        /// The kinds that are compared: a branch with several kinds may be split.
        var kinds: KindSet
        /// The chosen alternatives, outermost first.
        var choices: [Choice] = []
    }

    /// An alternative of `oneOf` or `anyOf`.
    struct Choice {
        var keyword: String
        var alternative: SchemaView
        /// The list that contains it.
        var written: WrittenKeyword
        /// The last segment of the reference to it, or its title.
        var name: String?
    }

    /// The maximum number of branches; schemas with more combinations are undecided.
    static let maximumBranches = 200
    /// The maximum nesting of alternatives directly inside alternatives.
    private static let maximumNesting = 6

    /// The facts that apply to every alternative.
    let base: SchemaFacts
    /// The branches without `null`, which is recorded in ``allowsNull``.
    private(set) var branches: [Branch] = []
    private(set) var allowsNull = false
    /// Whether every value is accepted.
    private(set) var isAny = false
    /// Whether there are too many combinations.
    private(set) var isCut = false
    /// The schema, or the first of several that must all accept the value.
    let first: SchemaView?
    /// The location of the schema.
    var location: SourceLocation? { first?.location }

    init(_ views: [SchemaView]) {
        first = views.first
        var expansion = Expansion()
        expansion.flatten(views, depth: 0)
        base = SchemaFacts(expansion.leaves)
        isCut = expansion.isCut
        var combinations: [(leaves: [SchemaView], choices: [Choice])] = [(expansion.leaves, [])]
        for group in expansion.groups {
            var next: [(leaves: [SchemaView], choices: [Choice])] = []
            for combination in combinations {
                for choice in group where next.count <= Self.maximumBranches {
                    for way in Self.ways(choice.alternative, depth: 1, isCut: &isCut) {
                        next.append((combination.leaves + way.leaves, combination.choices + [choice] + way.choices))
                        guard next.count <= Self.maximumBranches else { break }
                    }
                }
            }
            if next.count > Self.maximumBranches {
                isCut = true
                next.removeLast(next.count - Self.maximumBranches)
            }
            combinations = next
        }
        for combination in combinations {
            let facts = combination.choices.isEmpty ? base : SchemaFacts(combination.leaves)
            guard !facts.isNever else { continue }
            if facts.types.kinds.contains(.null) { allowsNull = true }
            let kinds = facts.types.kinds.subtracting(.null)
            if !kinds.isEmpty { branches.append(Branch(facts: facts, kinds: kinds, choices: combination.choices)) }
        }
        if let first = branches.first, branches.count == 1, first.kinds == KindSet.all.subtracting(.null), allowsNull {
            isAny = first.facts.leaves.allSatisfy { $0.node.kind != .object || $0.node.count == 0 }
        }
    }

    /// The kinds of all branches, without null.
    var kinds: KindSet { branches.reduce(into: KindSet()) { $0.formUnion($1.kinds) } }

    /// Whether numbers must be integers in every branch that accepts numbers.
    var integerOnly: Bool {
        let numeric = branches.filter { $0.kinds.contains(.number) }
        return !numeric.isEmpty && numeric.allSatisfy { $0.facts.types.integerOnly }
    }

    /// The combinations of an alternative that has alternatives itself.
    private static func ways(
        _ view: SchemaView, depth: Int, isCut: inout Bool
    ) -> [(leaves: [SchemaView], choices: [Choice])] {
        var expansion = Expansion()
        expansion.flatten([view], depth: depth)
        var ways: [(leaves: [SchemaView], choices: [Choice])] = [(expansion.leaves, [])]
        isCut = isCut || expansion.isCut || depth >= maximumNesting && !expansion.groups.isEmpty
        guard depth < maximumNesting else { return ways }
        for group in expansion.groups {
            var next: [(leaves: [SchemaView], choices: [Choice])] = []
            for way in ways {
                for choice in group where next.count <= maximumBranches {
                    next += Self.ways(choice.alternative, depth: depth + 1, isCut: &isCut).map {
                        (way.leaves + $0.leaves, way.choices + [choice] + $0.choices)
                    }
                }
            }
            ways = next
        }
        return ways
    }

    /// A list of schemas split into schemas without `allOf` and references, and their lists of alternatives.
    private struct Expansion {
        var leaves: [SchemaView] = []
        var groups: [[Choice]] = []
        /// Whether something was nested too deeply.
        var isCut = false
        private var seen: Set<SchemaIdentity> = []
        private static var maximumDepth: Int { 300 }

        mutating func flatten(_ views: [SchemaView], depth: Int) {
            for view in views where seen.insert(view.identity).inserted {
                guard depth < Self.maximumDepth else {
                    isCut = true
                    continue
                }
                leaves.append(view)
                guard view.node.kind == .object else { continue }
                // One pass over the names is cheaper than four searches for keywords that few schemas have.
                for member in view.node.members {
                    switch member.name {
                    case "$ref", "$dynamicRef", "allOf":
                        flatten(view.parts(appliedBy: [member.name]), depth: depth + 1)
                    case "oneOf", "anyOf":
                        guard view.ownKeyword(member.name) != nil, member.value.kind == .array else { continue }
                        add(member.value, member.name, of: view)
                    default: continue
                    }
                }
            }
        }

        private mutating func add(_ list: JSONNode, _ keyword: String, of view: SchemaView) {
            let written = WrittenKeyword(view: view, value: list)
            let choices = list.elements.compactMap { element -> Choice? in
                guard let alternative = view.part(at: element) else { return nil }
                let reference = element["$ref"]?.string?.split(separator: "/").last.map { String($0) }
                return Choice(
                    keyword: keyword, alternative: alternative, written: written,
                    name: reference ?? element["title"]?.string)
            }
            guard choices.count > 1 else {
                if let only = choices.first { flatten([only.alternative], depth: 1) }
                return
            }
            groups.append(choices)
        }
    }
}
