import JSONDocument
import SourceText

/// Builds conditions on values.
enum ConditionBuilder {
    /// The tests that a condition can have.
    static let tests = [
        "equal", "notEqual", "less", "atMost", "more", "atLeast", "matching", "oneOf", "present",
    ]

    /// A list of conditions, all of which must be true.
    static func conditions(
        _ node: JSONNode?, _ context: ReferenceContext, _ draft: inout BehaviourDraft
    ) -> [Condition] {
        guard let node else { return [] }
        guard node.kind == .array else {
            draft.reader.reportKind(node, "a condition", expected: "a list of conditions")
            return []
        }
        var conditions: [Condition] = []
        for element in node.elements {
            guard let fields = draft.reader.fields(element, "a condition", known: ["value"] + tests) else { continue }
            guard let subject = fields["value"] else {
                draft.reader.report("condition", "a condition requires a `value` to test", at: element)
                continue
            }
            conditions.append(
                Condition(
                    value: TemplateBuilder.value(subject, context, &draft),
                    tests: conditionTests(element, fields, context, &draft)))
        }
        return conditions
    }

    /// The tests among `fields`, in a fixed order; at least one is required.
    static func conditionTests(
        _ node: JSONNode, _ fields: [String: JSONNode], _ context: ReferenceContext, _ draft: inout BehaviourDraft
    ) -> [Condition.Test] {
        let present = tests.filter { fields[$0] != nil }
        if present.isEmpty {
            draft.reader.report(
                "condition", "the condition has no test", at: node,
                help: "add one of \(tests.joined(separator: ", "))")
        }
        return present.compactMap { name in fields[name].flatMap { test(name, $0, context, &draft) } }
    }

    private static func test(
        _ name: String, _ operand: JSONNode, _ context: ReferenceContext, _ draft: inout BehaviourDraft
    ) -> Condition.Test? {
        switch name {
        case "matching": return TemplateBuilder.pattern(operand, &draft).map { .matching($0) }
        case "present": return draft.reader.boolean(operand, "`present`").map { .present($0) }
        case "oneOf":
            guard operand.kind == .array else {
                draft.reader.reportKind(operand, "`oneOf`", expected: "a list of values")
                return nil
            }
            return .oneOf(operand.elements.map(\.value))
        default: break
        }
        let value = TemplateBuilder.value(operand, context, &draft)
        return switch name {
        case "equal": .equal(value)
        case "notEqual": .notEqual(value)
        case "less": .less(value)
        case "atMost": .atMost(value)
        case "more": .more(value)
        default: .atLeast(value)
        }
    }
}
