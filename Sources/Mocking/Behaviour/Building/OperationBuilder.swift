import JSONDocument
import OpenAPI
import SourceText

/// Builds the rules of operations.
enum OperationBuilder {
    private static let actions = ["create", "read", "list", "change", "delete"]

    static func operations(_ node: JSONNode?, _ draft: inout BehaviourDraft) -> [String: OperationRule] {
        guard let node else { return [:] }
        var rules: [String: OperationRule] = [:]
        for member in draft.reader.members(of: node, "`operations`") {
            guard let operation = draft.contract.operation(member.name) else {
                let known = draft.contract.operations.map(\.name)
                draft.reader.reportUnknown(
                    "unknown-operation", "the contract has no operation \(quoted(member.name))", name: member.name,
                    known: known, at: member.namePosition, otherwise: draft.reader.all(known))
                continue
            }
            if let rule = rule(operation, member.value, &draft) { rules[operation.name] = rule }
        }
        return rules
    }

    private static func rule(
        _ operation: Operation, _ node: JSONNode, _ draft: inout BehaviourDraft
    ) -> OperationRule? {
        let known =
            actions + [
                "id", "by", "where", "within", "transitions", "then", "status", "answer", "headers", "omit", "require",
                "errors",
            ]
        guard let parts = draft.reader.fields(node, "operation \(quoted(operation.name))", known: known) else {
            return nil
        }
        let named = actions.filter { parts[$0] != nil }
        guard named.count <= 1 else {
            draft.reader.report(
                "action", "an operation does exactly one of \(named.joined(separator: ", "))", at: node)
            return nil
        }
        var context = ReferenceContext(operations: [operation])
        let within = parts["within"].flatMap { Self.within($0, context, &draft) }
        context.owner = within?.collection
        let requestContext = context
        var action = OperationRule.Action.answer
        if let name = named.first, let target = parts[name], let text = draft.reader.text(target, "`\(name)`") {
            guard let found = self.action(name, text, target, parts, node, &context, &draft) else { return nil }
            action = found
        }
        reportMisplaced(parts, named.first, node, &draft.reader)
        let collection = context.collection.flatMap(draft.names.collection)
        return OperationRule(
            action: action,
            status: parts["status"].flatMap { draft.reader.integer($0, "`status`", in: 200...599) },
            answer: parts["answer"].map { TemplateBuilder.value($0, context, &draft) },
            headers: ErrorBuilder.headers(parts["headers"], context, &draft),
            omit: parts["omit"].map { draft.reader.texts($0, "`omit`").map(\.text) } ?? [],
            id: id(of: action, operation, parts["id"], node, requestContext, &draft),
            search: Search(
                by: collection.flatMap { field(parts["by"], of: $0, &draft) },
                conditions: ConditionBuilder.conditions(parts["where"], context, &draft)),
            within: within,
            then: TransitionBuilder.consequences(parts["then"], context, &draft),
            require: requirements(parts["require"], context, &draft),
            errors: ErrorBuilder.errors(parts["errors"], context, &draft))
    }

    // MARK: Actions

    /// The action with the name `name` on the collection that `text` names; `nil` for an unknown collection.
    private static func action(
        _ name: String, _ text: String, _ target: JSONNode, _ parts: [String: JSONNode], _ node: JSONNode,
        _ context: inout ReferenceContext, _ draft: inout BehaviourDraft
    ) -> OperationRule.Action? {
        let names = text.split(separator: ".", maxSplits: 1).map(String.init)
        draft.use(names.first ?? "", among: draft.names.collections.map(\.name), "collection", at: target)
        guard let collection = names.first.flatMap(draft.names.collection) else { return nil }
        context.collection = collection.name
        let child = names.count > 1 ? names[1] : nil
        if let child {
            if name != "list" {
                draft.reader.report("action", "only `list` accepts a sub-collection", at: target)
            }
            draft.use(
                child, among: collection.children, "sub-collection of collection \(quoted(collection.name))",
                at: target)
        }
        switch name {
        case "create": return .create(collection.name)
        case "read": return .read(collection.name)
        case "list": return .list(collection.name, child: child)
        case "delete": return .delete(collection.name)
        default:
            let transitions = draft.reader.required("transitions", parts, of: node, "`change`")
            return .change(
                collection.name, TransitionBuilder.transitions(transitions, of: collection, context, &draft))
        }
    }

    private static func reportMisplaced(
        _ parts: [String: JSONNode], _ action: String?, _ node: JSONNode, _ reader: inout DiagnosingReader
    ) {
        if parts["then"] != nil, action != "create" {
            reader.report(
                "action", "only `create` has a `then` of its own", at: node,
                help: "move it to the transition that it follows")
        }
        if parts["transitions"] != nil, action != "change" {
            reader.report("action", "only `change` has transitions", at: node)
        }
    }

    // MARK: Entities

    /// The place of the id: as written, otherwise the path parameter named like the key, or the only path parameter.
    private static func id(
        of action: OperationRule.Action, _ operation: Operation, _ written: JSONNode?, _ node: JSONNode,
        _ context: ReferenceContext, _ draft: inout BehaviourDraft
    ) -> ValueTemplate? {
        if let written { return TemplateBuilder.value(written, context, &draft) }
        let collection: String
        switch action {
        case .create, .answer, .list(_, child: nil): return nil
        case .read(let name), .list(let name, _), .change(let name, _), .delete(let name): collection = name
        }
        let parameters = operation.parameters.filter { $0.place == .path }.map(\.name)
        let key = draft.names.collection(collection)?.key
        if let key, parameters.contains(key) { return .text([.reference(.pathValue(key))]) }
        if parameters.count == 1 { return .text([.reference(.pathValue(parameters[0]))]) }
        draft.reader.report(
            "id", "\(quoted(operation.name)) does not define where the id is", at: node,
            help: "add id: '{{request.path.…}}'")
        return nil
    }

    /// The field of a collection by which entities are found.
    private static func field(
        _ node: JSONNode?, of collection: DeclaredCollection, _ draft: inout BehaviourDraft
    ) -> String? {
        guard let node, let name = draft.reader.text(node, "`by`") else { return nil }
        draft.use(name, among: collection.fields, "field of collection \(quoted(collection.name))", at: node)
        return name
    }

    /// The entity that an operation belongs to; references call it `owner`.
    private static func within(
        _ node: JSONNode, _ context: ReferenceContext, _ draft: inout BehaviourDraft
    ) -> WithinRule? {
        let known = ["collection", "id", "by", "states", "errors"]
        guard let parts = draft.reader.fields(node, "`within`", known: known),
            let nameNode = draft.reader.required("collection", parts, of: node, "`within`"),
            let name = draft.reader.text(nameNode, "`collection`"),
            let idNode = draft.reader.required("id", parts, of: node, "`within`")
        else { return nil }
        draft.use(name, among: draft.names.collections.map(\.name), "collection", at: nameNode)
        guard let collection = draft.names.collection(name) else { return nil }
        let states = parts["states"].map { draft.reader.texts($0, "`states`") }
        for (state, place) in states ?? [] {
            draft.use(state, among: collection.states, "state of collection \(quoted(name))", at: place)
        }
        var errorContext = context
        errorContext.collection = name
        return WithinRule(
            collection: name,
            id: TemplateBuilder.value(idNode, context, &draft),
            by: field(parts["by"], of: collection, &draft),
            states: states?.map(\.text),
            errors: ErrorBuilder.errors(parts["errors"], errorContext, &draft))
    }

    // MARK: Requirements

    private static func requirements(
        _ node: JSONNode?, _ context: ReferenceContext, _ draft: inout BehaviourDraft
    ) -> [RequestRule] {
        guard let node else { return [] }
        guard node.kind == .array else {
            draft.reader.reportKind(node, "`require`", expected: "a list of rules")
            return []
        }
        var rules: [RequestRule] = []
        for element in node.elements {
            if let rule = requirement(element, context, &draft) { rules.append(rule) }
        }
        return rules
    }

    private static func requirement(
        _ node: JSONNode, _ context: ReferenceContext, _ draft: inout BehaviourDraft
    ) -> RequestRule? {
        let known = ["field", "reason", "error"] + ConditionBuilder.tests
        guard let parts = draft.reader.fields(node, "a rule", known: known),
            let fieldNode = draft.reader.required("field", parts, of: node, "a rule"),
            let field = draft.reader.text(fieldNode, "`field`")
        else { return nil }
        let reference = ValueReference.body(field.split(separator: ".").map(String.init))
        draft.use(reference, at: fieldNode, context)
        var situation = Situation.invalid
        var error: ErrorAnswer?
        if let node = parts["error"] {
            if node.kind == .string {
                let words = [Situation.missing.rawValue, Situation.invalid.rawValue]
                situation = draft.reader.word(node, "`error`", words).flatMap(Situation.init(rawValue:)) ?? .invalid
            } else {
                error = ErrorBuilder.error(node, context, &draft)
            }
        }
        return RequestRule(
            field: field,
            condition: Condition(
                value: .text([.reference(reference)]),
                tests: ConditionBuilder.conditionTests(node, parts, context, &draft)),
            reason: parts["reason"].flatMap { draft.reader.text($0, "`reason`") },
            situation: situation,
            error: error)
    }
}
