import JSONDocument
import OpenAPI
import SourceText

extension BehaviourReader {
    private static let actions = ["create", "read", "list", "change", "delete"]

    mutating func operations(_ node: JSONNode?) -> [String: OperationRule] {
        guard let node else { return [:] }
        guard node.kind == .object else {
            reportKind(node, "`operations`", expected: "a map")
            return [:]
        }
        var rules: [String: OperationRule] = [:]
        for member in node.members {
            guard let operation = contract.operation(member.name) else {
                reportUnknown(
                    "behaviour.unknown-operation", "the contract has no operation '\(member.name)'",
                    name: member.name, known: contract.operations.map(\.name), at: member.namePosition)
                continue
            }
            if let rule = rule(operation, member.value) { rules[operation.name] = rule }
        }
        return rules
    }

    private mutating func rule(_ operation: Operation, _ node: JSONNode) -> OperationRule? {
        let known =
            Self.actions + [
                "id", "by", "where", "within", "transitions", "then", "status", "answer", "headers", "omit", "require",
                "errors",
            ]
        guard let members = members(of: node, in: "operation '\(operation.name)'", known: known) else { return nil }
        let named = Self.actions.filter { members[$0] != nil }
        guard named.count <= 1 else {
            report("behaviour.action", "an operation does exactly one of \(named.joined(separator: ", "))", at: node)
            return nil
        }
        var context = ReferenceContext(names: names)
        context.operations = [operation]
        let within = within(members["within"], context)
        context.owner = within?.collection
        let requestContext = context
        var action = OperationRule.Action.answer
        if let name = named.first, let target = members[name], let text = text(target, "`\(name)`") {
            let parts = text.split(separator: ".", maxSplits: 1).map(String.init)
            requireName(parts.first ?? "", among: names.collections.map(\.name), "collection", at: target)
            guard let collection = parts.first.flatMap(names.collection) else { return nil }
            context.collection = collection.name
            if parts.count > 1 {
                if name != "list" {
                    report("behaviour.action", "only `list` accepts a sub-collection", at: target)
                }
                requireName(
                    parts[1], among: collection.children.map(\.name),
                    "sub-collection of collection '\(collection.name)'", at: target)
            }
            switch name {
            case "create": action = .create(collection.name)
            case "read": action = .read(collection.name)
            case "list": action = .list(collection.name, child: parts.count > 1 ? parts[1] : nil)
            case "delete": action = .delete(collection.name)
            default:
                if members["transitions"] == nil { _ = required("transitions", members, of: node, in: "`change`") }
                action = .change(collection.name, transitions(members["transitions"], of: collection, context))
            }
        }
        if members["then"] != nil, named.first != "create" {
            report(
                "behaviour.action", "only `create` has a `then` of its own", at: node,
                help: "move it to the transition that it follows")
        }
        if members["transitions"] != nil, named.first != "change" {
            report("behaviour.action", "only `change` has transitions", at: node)
        }
        return OperationRule(
            action: action,
            status: integer(members["status"], "`status`", in: 200...599),
            answer: members["answer"].map { value($0, context) },
            headers: headers(members["headers"], in: "headers", context),
            omit: texts(members["omit"], "`omit`")?.map(\.text) ?? [],
            id: id(of: action, operation, members, node, requestContext),
            search: Search(
                by: context.collection.flatMap(names.collection).flatMap { field(members["by"], of: $0) },
                conditions: conditions(members["where"], context)),
            within: within,
            then: effects(members["then"], context),
            require: requirements(members["require"], context),
            errors: errors(members["errors"], in: "errors", context))
    }

    /// Where the id stands: as written, else the path parameter named like the key, else the only one.
    private mutating func id(
        of action: OperationRule.Action, _ operation: Operation, _ members: [String: JSONNode], _ node: JSONNode,
        _ context: ReferenceContext
    ) -> ValueTemplate? {
        if let node = members["id"] { return value(node, context) }
        let collection: String
        switch action {
        case .create, .answer, .list(_, child: nil): return nil
        case .read(let name), .list(let name, _), .change(let name, _), .delete(let name): collection = name
        }
        let parameters = operation.parameters.filter { $0.place == .path }.map(\.name)
        let key = source.document.root["collections"]?[collection]?["key"]?.string
        if let key, parameters.contains(key) { return .text([.reference(.pathValue(key))]) }
        if parameters.count == 1 { return .text([.reference(.pathValue(parameters[0]))]) }
        report(
            "behaviour.id", "'\(operation.name)' does not define where the id is", at: node,
            help: "add id: '{{request.path.…}}'")
        return nil
    }

    private mutating func requirements(_ node: JSONNode?, _ context: ReferenceContext) -> [RequestRule] {
        guard let node else { return [] }
        guard node.kind == .array else {
            reportKind(node, "`require`", expected: "a list of rules")
            return []
        }
        var rules: [RequestRule] = []
        for element in node.elements {
            let known = ["field", "reason", "error"] + Self.tests
            guard let members = members(of: element, in: "a rule", known: known),
                let fieldNode = required("field", members, of: element, in: "a rule"),
                let field = text(fieldNode, "`field`")
            else { continue }
            let reference = Reference.body(field.split(separator: ".").map(String.init))
            check(reference, at: fieldNode, context)
            var situation = Situation.invalid
            var error: ErrorAnswer?
            if let node = members["error"] {
                if node.kind == .string {
                    let word = word(node, "`error`", [Situation.missing.rawValue, Situation.invalid.rawValue])
                    situation = word == Situation.missing.rawValue ? .missing : .invalid
                } else {
                    error = errorAnswer(node, context)
                }
            }
            rules.append(
                RequestRule(
                    field: field,
                    condition: Condition(
                        value: .text([.reference(reference)]), tests: conditionTests(element, members, context)),
                    reason: text(members["reason"], "`reason`"),
                    situation: situation,
                    error: error))
        }
        return rules
    }

    // MARK: Events

    mutating func events(_ node: JSONNode?) -> [EventRule] {
        guard let node else { return [] }
        guard node.kind == .object else {
            reportKind(node, "`events`", expected: "a map")
            return []
        }
        return node.members.map { $0 }.compactMap { event($0.name, $0.value) }
    }

    private mutating func event(_ name: String, _ node: JSONNode) -> EventRule? {
        let what = "event '\(name)'"
        guard let members = members(of: node, in: what, known: ["collection", "inputs", "id", "transitions"]),
            let collectionNode = required("collection", members, of: node, in: what),
            let collectionName = text(collectionNode, "`collection`")
        else { return nil }
        requireName(collectionName, among: names.collections.map(\.name), "collection", at: collectionNode)
        guard let collection = names.collection(collectionName),
            let transitionsNode = required("transitions", members, of: node, in: what)
        else { return nil }
        let context = ReferenceContext(
            names: names, collection: collectionName,
            inputs: members["inputs"]?.members.map(\.name) ?? [], hasRequest: false)
        var inputs: [EventRule.Input] = []
        for member in members["inputs"].map({ Array($0.members) }) ?? [] {
            let known = ["type", "default"]
            guard let parts = self.members(of: member.value, in: "input '\(member.name)'", known: known) else {
                continue
            }
            let kind = word(parts["type"], "`type`", ["string", "number", "boolean", "object", "array"])
            inputs.append(
                EventRule.Input(
                    name: member.name,
                    kind: kind.flatMap { word in JSONKind.allCases.first { $0.name == word } },
                    otherwise: parts["default"].map { value($0, context) }))
        }
        let id = members["id"].map { value($0, context) } ?? .text([.reference(.input(["id"]))])
        if members["id"] == nil, !inputs.contains(where: { $0.name == "id" }) {
            report("behaviour.id", "\(what) has no input `id` and does not define where the id is", at: node)
        }
        return EventRule(
            name: name, collection: collectionName, inputs: inputs, id: id,
            transitions: transitions(transitionsNode, of: collection, context))
    }
}
