import JSONDocument
import OpenAPI
import Primitives
import SourceText

/// Builds transitions between states, and their consequences.
enum TransitionBuilder {
    /// The transitions. The first one whose start and conditions fit is taken.
    static func transitions(
        _ node: JSONNode?, of collection: DeclaredCollection, _ context: ReferenceContext,
        _ draft: inout BehaviourDraft
    ) -> [Transition] {
        guard let node else { return [] }
        guard node.kind == .array, node.count > 0 else {
            draft.reader.reportKind(node, "`transitions`", expected: "a list of at least one transition")
            return []
        }
        var transitions: [Transition] = []
        for element in node.elements {
            if let transition = transition(element, of: collection, context, &draft) { transitions.append(transition) }
        }
        return transitions
    }

    private static func transition(
        _ node: JSONNode, of collection: DeclaredCollection, _ context: ReferenceContext,
        _ draft: inout BehaviourDraft
    ) -> Transition? {
        let known = ["from", "if", "to", "set", "append", "error", "then"]
        guard let parts = draft.reader.fields(node, "a transition", known: known) else { return nil }
        let state = "state of collection \(quoted(collection.name))"
        let from = parts["from"].map { draft.reader.texts($0, "`from`") }
        for (name, place) in from ?? [] { draft.use(name, among: collection.states, state, at: place) }
        var to: String?
        if let place = parts["to"], let name = draft.reader.text(place, "`to`") {
            draft.use(name, among: collection.states, state, at: place)
            to = name
        }
        let append = parts["append"].map { draft.reader.texts($0, "`append`") } ?? []
        for (child, place) in append {
            draft.use(
                child, among: collection.children, "sub-collection of collection \(quoted(collection.name))",
                at: place)
        }
        for member in parts["set"].map({ Array($0.members) }) ?? [] {
            draft.use(
                member.name, among: collection.fields, "field of collection \(quoted(collection.name))",
                at: member.value)
        }
        return Transition(
            from: from?.map(\.text),
            conditions: ConditionBuilder.conditions(parts["if"], context, &draft),
            to: to,
            set: TemplateBuilder.members(parts["set"], "`set`", context, &draft),
            append: append.map(\.text),
            rejection: parts["error"].flatMap { ErrorBuilder.error($0, context, &draft) },
            then: consequences(parts["then"], context, &draft))
    }

    // MARK: What follows

    /// The consequences of a change: events, callbacks and webhooks.
    static func consequences(
        _ node: JSONNode?, _ context: ReferenceContext, _ draft: inout BehaviourDraft
    ) -> [ConsequenceRule] {
        guard let node else { return [] }
        guard node.kind == .array else {
            draft.reader.reportKind(node, "`then`", expected: "a list of events and messages to send")
            return []
        }
        var rules: [ConsequenceRule] = []
        for element in node.elements {
            let known = ["event", "inputs", "send", "to", "headers", "body"]
            guard let parts = draft.reader.fields(element, "an effect", known: known) else { continue }
            let rule =
                parts["send"] != nil
                ? sending(element, parts, context, &draft).map { ConsequenceRule.send($0) }
                : event(element, parts, context, &draft)
            if let rule { rules.append(rule) }
        }
        return rules
    }

    private static func event(
        _ node: JSONNode, _ parts: [String: JSONNode], _ context: ReferenceContext, _ draft: inout BehaviourDraft
    ) -> ConsequenceRule? {
        for name in ["to", "headers", "body"] where parts[name] != nil {
            draft.reader.report("effect", "`\(name)` belongs to `send`", at: node)
        }
        guard let eventNode = draft.reader.required("event", parts, of: node, "an effect"),
            let event = draft.reader.text(eventNode, "`event`")
        else { return nil }
        draft.use(event, among: draft.names.events, "event", at: eventNode)
        let inputs = TemplateBuilder.members(parts["inputs"], "`inputs`", context, &draft)
        let known = draft.names.eventInputs[event] ?? []
        for member in parts["inputs"].map({ Array($0.members) }) ?? [] {
            draft.use(member.name, among: known, "input of event \(quoted(event))", at: member.value)
        }
        return .event(event, inputs: inputs)
    }

    private static func sending(
        _ node: JSONNode, _ parts: [String: JSONNode], _ context: ReferenceContext, _ draft: inout BehaviourDraft
    ) -> SendRule? {
        for name in ["event", "inputs"] where parts[name] != nil {
            draft.reader.report("effect", "an effect is either an event or a message to send", at: node)
        }
        guard let nameNode = parts["send"], let name = draft.reader.text(nameNode, "`send`") else { return nil }
        draft.use(name, among: draft.contract.outgoing.map(\.name), "callback or webhook of the contract", at: nameNode)
        return SendRule(
            name: name,
            url: parts["to"].map { TemplateBuilder.value($0, context, &draft) }
                ?? declaredURL(name, context, at: nameNode, &draft),
            headers: ErrorBuilder.headers(parts["headers"], context, &draft),
            body: parts["body"].map { TemplateBuilder.value($0, context, &draft) })
    }

    /// The URL of a message without `to`: the expression of a callback, otherwise none, so that the URL of the mock's
    /// settings is used.
    private static func declaredURL(
        _ name: String, _ context: ReferenceContext, at node: JSONNode, _ draft: inout BehaviourDraft
    ) -> ValueTemplate {
        let call = draft.contract.outgoing.first { $0.name.isSame(as: name) }
        guard let expression = call?.operation.path, expression.utf8.contains(UInt8(ascii: "$")) else {
            return .constant(.string(""))
        }
        guard context.hasRequest, let text = CallbackExpression.template(of: expression) else {
            draft.reader.report(
                "effect", "the callback's URL \(quoted(expression)) is not known here", at: node,
                help: "add `to`, such as to: '{{entity.notifyUrl}}'")
            return .constant(.string(""))
        }
        return TemplateBuilder.value(JSONDocument(.string(text)).root, context, &draft)
    }
}
