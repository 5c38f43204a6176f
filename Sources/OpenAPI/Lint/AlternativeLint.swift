internal import Diagnostics
internal import JSONDocument
internal import JSONSchema

extension DocumentLint {
    /// Conditions of one schema that exclude each other.
    mutating func lintSatisfiability(of value: DocumentNode, _ view: SchemaView) {
        guard let reason = unsatisfiable(view) else { return }
        report("schema.unsatisfiable", "no value satisfies the schema: \(reason)", at: value)
    }

    /// Why no value can satisfy a schema; `nil` when one may.
    private func unsatisfiable(_ view: SchemaView) -> String? {
        if let kinds = view.kinds, kinds.isEmpty { return "its conditions leave no type over" }
        guard view.kinds == [.object], !view.allowsAdditional else { return nil }
        // Only where a single schema closes the object is it plain what is left over.
        guard view.branches.count == 1, view.node["patternProperties"] == nil else { return nil }
        let missing = view.requiredNames.first { view.property($0) == nil }
        return missing.map { "\"\($0)\" is required, and additionalProperties forbids it" }
    }

    /// Alternatives that can never be the one, and pairs that cannot be told apart.
    mutating func lintAlternatives(of value: DocumentNode) {
        for keyword in ["oneOf", "anyOf"] {
            guard let list = value[keyword], list.node.kind == .array, list.node.count > 1 else { continue }
            let alternatives = list.elements.prefix(50).map { ($0, schema($0)?.view) }
            let parent = Self.types(of: value)
            for (alternative, view) in alternatives {
                guard let view, let reason = neverMatches(view, inside: parent, of: value) else { continue }
                report("schema.never-matches", "the alternative can never match: \(reason)", at: alternative)
            }
            // A discriminator tells the alternatives apart; anyOf does not mind several.
            guard keyword == "oneOf", value["discriminator"] == nil else { continue }
            lintOverlaps(alternatives.compactMap { node, view in view.map { (node, $0) } })
        }
    }

    private func neverMatches(_ view: SchemaView, inside parent: Set<String>?, of value: DocumentNode) -> String? {
        if let reason = unsatisfiable(view) { return reason }
        guard let parent, !parent.isEmpty, let kinds = view.kinds else { return nil }
        let isNullable = value.flag("nullable") == true
        guard kinds.allSatisfy({ !Self.allows($0.name, parent) && !($0 == .null && isNullable) }) else { return nil }
        return "the schema around it allows \(parent.sorted().joined(separator: " or ")) only"
    }

    private mutating func lintOverlaps(_ alternatives: [(node: DocumentNode, view: SchemaView)]) {
        var comparison = SchemaComparison()
        for (index, alternative) in alternatives.enumerated() {
            var twins: [DocumentNode] = []
            var covering: [DocumentNode] = []
            for (other, candidate) in alternatives.enumerated() where other != index {
                guard comparison.covers(candidate.view, alternative.view) else { continue }
                if comparison.covers(alternative.view, candidate.view) {
                    // Each pair is told once, at the later of the two.
                    if other < index { twins.append(candidate.node) }
                } else {
                    covering.append(candidate.node)
                }
            }
            if let first = twins.first {
                report(
                    "schema.always-together",
                    "what matches alternative \(index) as it is meant matches \(Self.named(twins)) too, so that oneOf"
                        + " fails",
                    at: alternative.node,
                    related: [Diagnostic.Related("the first of them", at: documents.location(of: first))]
                )
            }
            if let first = covering.first {
                report(
                    "schema.never-matches",
                    "alternative \(index) is never the only one that matches: \(Self.named(covering)) accepts what it"
                        + " accepts, and more",
                    at: alternative.node,
                    related: [Diagnostic.Related("the other alternative", at: documents.location(of: first))]
                )
            }
        }
    }

    private static func named(_ nodes: [DocumentNode]) -> String {
        let numbers = nodes.compactMap(\.pointer.tokens.last)
        guard numbers.count > 1, let last = numbers.last else { return "alternative \(numbers.first ?? "")" }
        return "each of the alternatives \(numbers.dropLast().joined(separator: ", ")) and \(last)"
    }
}
