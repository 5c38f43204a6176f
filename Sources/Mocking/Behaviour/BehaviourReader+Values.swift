import Diagnostics
import ECMAPattern
import JSONDocument

extension BehaviourReader {
    /// Deeper values are refused, so that evaluating one stays bounded.
    static let maximumDepth = 64

    /// Reads a value that may hold references, and checks each of them.
    mutating func value(_ node: JSONNode, _ context: ReferenceContext, depth: Int = 0) -> ValueTemplate {
        guard depth < Self.maximumDepth else {
            report("behaviour.depth", "the value is nested more than \(Self.maximumDepth) levels deep", at: node)
            return .constant(.null)
        }
        switch node.kind {
        case .string: return text(node, context)
        case .array:
            let elements = node.elements.map { $0 }.map { value($0, context, depth: depth + 1) }
            return elements.allSatisfy(\.isConstant) ? .constant(node.value) : .array(elements)
        case .object: return object(node, context, depth: depth)
        case .null, .boolean, .number: return .constant(node.value)
        }
    }

    private mutating func text(_ node: JSONNode, _ context: ReferenceContext) -> ValueTemplate {
        let text = node.string ?? ""
        do {
            let parts = try ReferenceParser.parts(of: text)
            var literal = ""
            var isConstant = true
            for part in parts {
                switch part {
                case .literal(let piece): literal += piece
                case .reference(let reference):
                    isConstant = false
                    check(reference, at: node, context)
                }
            }
            return isConstant ? .constant(.string(literal)) : .text(parts)
        } catch {
            report(
                "behaviour.reference", error.message, at: node, help: error.help,
                excerpt: Diagnostic.Excerpt(text, offset: error.offset, length: error.length))
            return .constant(.null)
        }
    }

    private mutating func object(_ node: JSONNode, _ context: ReferenceContext, depth: Int) -> ValueTemplate {
        let members = Array(node.members)
        let isDirective = members.contains { $0.name.utf8.first == UInt8(ascii: "$") && !$0.name.hasPrefix("$$") }
        if isDirective { return directive(node, context, depth: depth) }
        let values = members.map { member in
            ValueTemplate.Member(
                name: member.name.hasPrefix("$$") ? String(member.name.dropFirst()) : member.name,
                value: value(member.value, context, depth: depth + 1))
        }
        let isConstant = values.allSatisfy(\.value.isConstant) && !members.contains { $0.name.hasPrefix("$$") }
        return isConstant ? .constant(node.value) : .object(values)
    }

    private mutating func directive(_ node: JSONNode, _ context: ReferenceContext, depth: Int) -> ValueTemplate {
        let heads = ["$value", "$text", "$add", "$subtract", "$first"]
        let help = "write '$$' for a name in the response that starts with '$'"
        guard let members = members(of: node, in: "a computed value", known: heads + ["$if", "$matching", "$else"])
        else {
            return .constant(.null)
        }
        let named = heads.filter { members[$0] != nil }
        guard named.count == 1, let head = named.first, let headNode = members[head] else {
            report(
                "behaviour.computed-value", "a computed value has exactly one of \(heads.joined(separator: ", "))",
                at: node, help: help)
            return .constant(.null)
        }
        let computed: ValueTemplate =
            switch head {
            case "$text": .asText(value(headNode, context, depth: depth + 1))
            case "$add": .sum(terms(headNode, context, depth: depth))
            case "$subtract": .difference(terms(headNode, context, depth: depth))
            case "$first": .first(terms(headNode, context, depth: depth))
            default: value(headNode, context, depth: depth + 1)
            }
        let matching = members["$matching"].flatMap { pattern($0) }
        let otherwise = members["$else"].map { value($0, context, depth: depth + 1) }
        let conditions = conditions(members["$if"], context)
        let chosen: ValueTemplate =
            matching != nil || otherwise != nil
            ? .choice(value: computed, matching: matching, otherwise: otherwise) : computed
        return conditions.isEmpty ? chosen : .conditional(conditions, value: chosen, otherwise: otherwise)
    }

    private mutating func terms(_ node: JSONNode, _ context: ReferenceContext, depth: Int) -> [ValueTemplate] {
        guard node.kind == .array, node.count > 0 else {
            reportKind(node, "`$add`, `$subtract` and `$first`", expected: "a list of values")
            return []
        }
        return node.elements.map { $0 }.map { value($0, context, depth: depth + 1) }
    }

    /// A pattern that the whole text has to match.
    mutating func pattern(_ node: JSONNode) -> ECMAPattern? {
        guard let source = text(node, "a pattern") else { return nil }
        do {
            return try ECMAPattern(source)
        } catch {
            report(
                "behaviour.pattern", "the pattern is not valid: \(error.message)", at: node,
                excerpt: Diagnostic.Excerpt(source, offset: error.offset, length: 1))
            return nil
        }
    }

    /// A map of values, in the order of the file.
    mutating func valueMembers(
        _ node: JSONNode?, in what: String, _ context: ReferenceContext
    ) -> [ValueTemplate.Member] {
        guard let node else { return [] }
        guard node.kind == .object else {
            reportKind(node, what, expected: "a map")
            return []
        }
        return node.members.map { $0 }.map { .init(name: $0.name, value: value($0.value, context)) }
    }

    // MARK: Conditions

    static let tests = [
        "equal", "notEqual", "less", "atMost", "more", "atLeast", "matching", "oneOf", "present",
    ]

    /// A list of conditions, all of which have to hold.
    mutating func conditions(_ node: JSONNode?, _ context: ReferenceContext) -> [Condition] {
        guard let node else { return [] }
        guard node.kind == .array else {
            reportKind(node, "a condition", expected: "a list of conditions")
            return []
        }
        var conditions: [Condition] = []
        for element in node.elements {
            guard let members = members(of: element, in: "a condition", known: ["value"] + Self.tests) else {
                continue
            }
            guard let subject = members["value"] else {
                report("behaviour.condition", "a condition requires a `value` to test", at: element)
                continue
            }
            conditions.append(
                Condition(value: value(subject, context), tests: conditionTests(element, members, context)))
        }
        return conditions
    }

    /// The tests among `members`, in a fixed order; at least one is needed.
    mutating func conditionTests(
        _ node: JSONNode, _ members: [String: JSONNode], _ context: ReferenceContext
    ) -> [Condition.Test] {
        var tests: [Condition.Test] = []
        for name in Self.tests {
            guard let operand = members[name] else { continue }
            switch name {
            case "equal": tests.append(.equal(value(operand, context)))
            case "notEqual": tests.append(.notEqual(value(operand, context)))
            case "less": tests.append(.less(value(operand, context)))
            case "atMost": tests.append(.atMost(value(operand, context)))
            case "more": tests.append(.more(value(operand, context)))
            case "atLeast": tests.append(.atLeast(value(operand, context)))
            case "matching": if let pattern = pattern(operand) { tests.append(.matching(pattern)) }
            case "present": if let flag = boolean(operand, "`present`") { tests.append(.present(flag)) }
            default:
                if operand.kind == .array {
                    tests.append(.oneOf(operand.elements.map(\.value)))
                } else {
                    reportKind(operand, "`oneOf`", expected: "a list of values")
                }
            }
        }
        if tests.isEmpty, !Self.tests.contains(where: { members[$0] != nil }) {
            report(
                "behaviour.condition", "the condition has no test", at: node,
                help: "add one of \(Self.tests.joined(separator: ", "))")
        }
        return tests
    }
}
