import Diagnostics
import ECMAPattern
import JSONDocument
import SourceText

/// Builds values that may contain references.
enum TemplateBuilder {
    /// Deeper values are rejected, so the time to evaluate a value is bounded.
    private static let maximumDepth = 64

    static func value(
        _ node: JSONNode, _ context: ReferenceContext, _ draft: inout BehaviourDraft, depth: Int = 0
    ) -> ValueTemplate {
        guard depth < maximumDepth else {
            draft.reader.report("depth", "the value is nested more than \(maximumDepth) levels deep", at: node)
            return .constant(.null)
        }
        switch node.kind {
        case .string: return text(node, context, &draft)
        case .array:
            let elements = values(node, context, &draft, depth: depth)
            return elements.allSatisfy(\.isConstant) ? .constant(node.value) : .array(elements)
        case .object: return object(node, context, &draft, depth: depth)
        case .null, .boolean, .number: return .constant(node.value)
        }
    }

    /// A map of values, in the order of the file.
    static func members(
        _ node: JSONNode?, _ what: String, _ context: ReferenceContext, _ draft: inout BehaviourDraft
    ) -> [ValueTemplate.Member] {
        guard let node else { return [] }
        return draft.reader.members(of: node, what).map { member in
            .init(name: member.name, value: value(member.value, context, &draft))
        }
    }

    /// A pattern that must match the whole text.
    static func pattern(_ node: JSONNode, _ draft: inout BehaviourDraft) -> ECMAPattern? {
        guard let source = draft.reader.text(node, "a pattern") else { return nil }
        do {
            return try ECMAPattern(source)
        } catch {
            draft.reader.report(
                "pattern", "the pattern is not valid: \(error.message)", at: node,
                excerpt: Diagnostic.Excerpt(source, offset: error.offset, length: 1))
            return nil
        }
    }

    private static func values(
        _ node: JSONNode, _ context: ReferenceContext, _ draft: inout BehaviourDraft, depth: Int
    ) -> [ValueTemplate] {
        var values: [ValueTemplate] = []
        for element in node.elements { values.append(value(element, context, &draft, depth: depth + 1)) }
        return values
    }

    private static func text(
        _ node: JSONNode, _ context: ReferenceContext, _ draft: inout BehaviourDraft
    ) -> ValueTemplate {
        let text = node.string ?? ""
        do {
            let parts = try ValueReferenceParser.parts(of: text)
            var literal = ""
            var isConstant = true
            for part in parts {
                switch part {
                case .literal(let piece): literal += piece
                case .reference(let reference):
                    isConstant = false
                    draft.use(reference, at: node, context)
                }
            }
            return isConstant ? .constant(.string(literal)) : .text(parts)
        } catch {
            draft.reader.report(
                "reference", error.message, at: node, help: error.help,
                excerpt: Diagnostic.Excerpt(text, offset: error.offset, length: error.length))
            return .constant(.null)
        }
    }

    // MARK: Objects

    private static func object(
        _ node: JSONNode, _ context: ReferenceContext, _ draft: inout BehaviourDraft, depth: Int
    ) -> ValueTemplate {
        let members = Array(node.members)
        let isDirective = members.contains { $0.name.utf8.first == UInt8(ascii: "$") && !$0.name.hasPrefix("$$") }
        if isDirective { return directive(node, context, &draft, depth: depth) }
        let values = members.map { member in
            ValueTemplate.Member(
                name: member.name.hasPrefix("$$") ? String(member.name.dropFirst()) : member.name,
                value: value(member.value, context, &draft, depth: depth + 1))
        }
        let isConstant = values.allSatisfy(\.value.isConstant) && !members.contains { $0.name.hasPrefix("$$") }
        return isConstant ? .constant(node.value) : .object(values)
    }

    private static func directive(
        _ node: JSONNode, _ context: ReferenceContext, _ draft: inout BehaviourDraft, depth: Int
    ) -> ValueTemplate {
        let heads = ["$value", "$text", "$add", "$subtract", "$first"]
        let known = heads + ["$if", "$matching", "$else"]
        guard let fields = draft.reader.fields(node, "a computed value", known: known) else {
            return .constant(.null)
        }
        let named = heads.filter { fields[$0] != nil }
        guard named.count == 1, let head = named.first, let headNode = fields[head] else {
            draft.reader.report(
                "computed-value", "a computed value has exactly one of \(heads.joined(separator: ", "))", at: node,
                help: "write '$$' for a name in the response that starts with '$'")
            return .constant(.null)
        }
        let computed: ValueTemplate =
            switch head {
            case "$text": .asText(value(headNode, context, &draft, depth: depth + 1))
            case "$add": .sum(terms(headNode, context, &draft, depth: depth))
            case "$subtract": .difference(terms(headNode, context, &draft, depth: depth))
            case "$first": .first(terms(headNode, context, &draft, depth: depth))
            default: value(headNode, context, &draft, depth: depth + 1)
            }
        let matching = fields["$matching"].flatMap { pattern($0, &draft) }
        let otherwise = fields["$else"].map { value($0, context, &draft, depth: depth + 1) }
        let conditions = ConditionBuilder.conditions(fields["$if"], context, &draft)
        let chosen: ValueTemplate =
            matching != nil || otherwise != nil
            ? .choice(value: computed, matching: matching, otherwise: otherwise) : computed
        return conditions.isEmpty ? chosen : .conditional(conditions, value: chosen, otherwise: otherwise)
    }

    private static func terms(
        _ node: JSONNode, _ context: ReferenceContext, _ draft: inout BehaviourDraft, depth: Int
    ) -> [ValueTemplate] {
        guard node.kind == .array, node.count > 0 else {
            draft.reader.reportKind(node, "`$add`, `$subtract` and `$first`", expected: "a list of values")
            return []
        }
        return values(node, context, &draft, depth: depth)
    }
}
