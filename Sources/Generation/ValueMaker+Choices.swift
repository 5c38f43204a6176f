import JSONDocument
import JSONSchema
import Primitives

extension ValueMaker {
    /// The maximum number of combinations that are tried for a schema.
    private static let maximumChoices = 48

    /// Every way to choose the alternatives of `oneOf`, `anyOf` and `if`, best first, each as a flat list of schemas.
    func choices(_ views: [SchemaView], _ path: String) -> [[SchemaView]] {
        var found: [[SchemaView]] = []
        var random = random(path, "alternatives")
        expand([], views, depth: 0, &found, &random)
        return found
    }

    /// Takes the next pending schema; if it has alternatives, continues once for each.
    private func expand(
        _ done: [SchemaView], _ pending: [SchemaView], depth: Int, _ found: inout [[SchemaView]],
        _ random: inout StableRandom
    ) {
        guard found.count < Self.maximumChoices, depth < 200 else { return }
        guard let next = pending.first else {
            found.append(done)
            return
        }
        let rest = Array(pending.dropFirst())
        guard !done.contains(where: { $0.place == next.place }) else {
            expand(done, rest, depth: depth + 1, &found, &random)
            return
        }
        var more = next.applied(by: ["$ref", "$dynamicRef", "allOf"])
        if let dependent = next.ownKeyword("dependentSchemas") {
            more += dependent.members.compactMap { next.subschema($0.value) }
        }
        let groups = alternatives(of: next).map { group in
            style == .varied ? group.shuffled(using: &random) : group
        }
        for chosen in combinations(groups) {
            expand(done + [next], more + chosen + rest, depth: depth + 1, &found, &random)
        }
    }

    /// The groups of alternatives; one alternative of each group must match.
    private func alternatives(of view: SchemaView) -> [[[SchemaView]]] {
        var groups: [[[SchemaView]]] = []
        for keyword in ["oneOf", "anyOf"] {
            let members = view.applied(by: [keyword]).prefix(32)
            // A schema that contains the current value recursively is tried last, so that recursion ends.
            let closed = members.filter { member in !open.contains { $0 == member.place } }
            let circular = members.filter { member in open.contains { $0 == member.place } }
            if !members.isEmpty { groups.append((closed + circular).map { [$0] }) }
        }
        if let condition = view.ownKeyword("if").flatMap({ view.subschema($0) }) {
            let then = view.ownKeyword("then").flatMap { view.subschema($0) }
            let otherwise = view.ownKeyword("else").flatMap { view.subschema($0) }
            groups.append([[condition] + (then.map { [$0] } ?? []), otherwise.map { [$0] } ?? []])
        }
        return groups
    }

    /// All ways to choose one alternative of each group, bounded.
    private func combinations(_ groups: [[[SchemaView]]]) -> [[SchemaView]] {
        var found: [[SchemaView]] = [[]]
        for group in groups {
            found = found.flatMap { start in group.map { start + $0 } }
            found = Array(found.prefix(Self.maximumChoices))
        }
        return found
    }
}
