internal import Diagnostics
internal import JSONDocument
internal import JSONSchema

extension DocumentLint {
    /// Conditions of one schema that exclude each other.
    ///
    /// - Returns: Whether it reported something.
    mutating func lintSatisfiability(
        of value: DocumentNode, _ view: SchemaView, _ compiled: CompiledSchema?
    ) -> Bool {
        // Mistakes in the target of a reference are reported there.
        guard documents.place(of: value) == view.place else { return false }
        let reason = satisfiability.reason(view) ?? compiled.flatMap { rejectsAll(value, $0) }
        guard let reason else { return false }
        report("schema.unsatisfiable", "no value satisfies the schema: \(reason)", at: value)
        return true
    }

    /// Whether the schema rejects each of its own allowed values, although at least one has the right type.
    private func rejectsAll(_ value: DocumentNode, _ compiled: CompiledSchema) -> String? {
        let allowed = value["enum"].map { Array($0.node.elements) } ?? value["const"].map { [$0.node] } ?? []
        guard (1...100).contains(allowed.count), compiled.unusable.isEmpty else { return nil }
        let types = Self.types(of: value)
        let hasType = allowed.contains { node in types.map { Self.allows(node.kind.name, $0) } ?? true }
        guard hasType else { return nil }
        let options = ValidationOptions(direction: .none, formats: .annotate, steps: 10_000)
        let isRejected = allowed.allSatisfy { compiled.isValid($0, options) == .invalid }
        return isRejected ? "its other conditions reject each of its allowed values" : nil
    }

    /// Reports alternatives of a `oneOf` that all accept an object without members.
    private mutating func lintEmptyObject(_ alternatives: [DocumentNode], in value: DocumentNode) {
        guard let view = schema(value)?.view, view.requiredNames.isEmpty, view.keyword("minProperties") == nil,
            view.allows(.object)
        else { return }
        let empty = JSONDocument(.object([:])).root
        let options = ValidationOptions(direction: .none, formats: .annotate, steps: 10_000)
        let fitting = alternatives.filter { alternative in
            guard let schema = schema(alternative), schema.view?.kinds == [.object],
                let compiled = try? schema.compiled()
            else { return false }
            return compiled.unusable.isEmpty && compiled.isValid(empty, options) == .valid
        }
        guard fitting.count > 1, let first = fitting.first, let second = fitting.dropFirst().first else { return }
        report(
            "schema.overlap",
            "oneOf rejects {}, because \(Self.named(fitting)) accepts it and requires no member",
            at: second,
            related: [Diagnostic.Related("the first of them", at: documents.location(of: first))]
        )
    }

    /// Reports alternatives that can never match alone, and pairs of indistinguishable alternatives.
    mutating func lintAlternatives(of value: DocumentNode) {
        for keyword in ["oneOf", "anyOf"] {
            guard let list = value[keyword], list.node.kind == .array, list.node.count > 1 else { continue }
            let alternatives = list.elements.prefix(50).map { ($0, schema($0)?.view) }
            let parent = Self.types(of: value)
            for (alternative, view) in alternatives {
                guard let view, let reason = neverMatches(view, inside: parent, of: value) else { continue }
                report("schema.never-matches", "the alternative can never match: \(reason)", at: alternative)
            }
            // A discriminator distinguishes the alternatives; in an `anyOf`, several may match.
            guard keyword == "oneOf", value["discriminator"] == nil else { continue }
            let known = findings.count
            lintOverlaps(alternatives.compactMap { node, view in view.map { (node, $0) } })
            // One cause is reported once.
            if findings.count == known { lintEmptyObject(alternatives.map(\.0), in: value) }
        }
    }

    private mutating func neverMatches(
        _ view: SchemaView, inside parent: Set<String>?, of value: DocumentNode
    ) -> String? {
        if let reason = satisfiability.reason(view) { return reason }
        guard let parent, !parent.isEmpty, let kinds = view.kinds else { return nil }
        let isNullable = value.flag("nullable") == true
        guard kinds.allSatisfy({ !Self.allows($0.name, parent) && !($0 == .null && isNullable) }) else { return nil }
        return "the surrounding schema allows only \(parent.sorted().joined(separator: " or "))"
    }

    private mutating func lintOverlaps(_ alternatives: [(node: DocumentNode, view: SchemaView)]) {
        var comparison = SchemaComparison()
        for (index, alternative) in alternatives.enumerated() {
            var twins: [DocumentNode] = []
            var covering: [DocumentNode] = []
            for (other, candidate) in alternatives.enumerated() where other != index {
                guard comparison.covers(candidate.view, alternative.view) else { continue }
                if comparison.covers(alternative.view, candidate.view) {
                    // Each pair is reported once, at the later alternative.
                    if other < index { twins.append(candidate.node) }
                } else {
                    covering.append(candidate.node)
                }
            }
            if let first = twins.first {
                report(
                    "schema.always-together",
                    "a value that matches alternative \(index) as intended also matches \(Self.named(twins)), so oneOf"
                        + " fails",
                    at: alternative.node,
                    related: [Diagnostic.Related("the first of them", at: documents.location(of: first))]
                )
            }
            if let first = covering.first {
                report(
                    "schema.never-matches",
                    "alternative \(index) is never the only match: \(Self.named(covering)) accepts every value that it"
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
