import JSONDocument
import Primitives
import SourceText

/// Builds the rules of collections.
enum CollectionBuilder {
    static func collections(_ node: JSONNode?, _ draft: inout BehaviourDraft) -> [CollectionRule] {
        guard let node else { return [] }
        return draft.reader.members(of: node, "`collections`").compactMap { collection($0.name, $0.value, &draft) }
    }

    private static func collection(
        _ name: String, _ node: JSONNode, _ draft: inout BehaviourDraft
    ) -> CollectionRule? {
        let what = "collection \(quoted(name))"
        let known = ["key", "states", "fields", "children", "timers"]
        guard let parts = draft.reader.fields(node, what, known: known),
            let keyNode = draft.reader.required("key", parts, of: node, what),
            let key = draft.reader.text(keyNode, "`key`"),
            let fieldsNode = draft.reader.required("fields", parts, of: node, what)
        else { return nil }
        let context = ReferenceContext(
            collection: name, owner: draft.names.owners[name], operations: draft.names.creators[name] ?? [])
        let fields = TemplateBuilder.members(fieldsNode, "`fields`", context, &draft)
        let names = fields.map(\.name)
        if !names.contains(where: { $0.isSame(as: key) }) {
            draft.reader.reportUnknown(
                "key", "the key \(quoted(key)) is not one of the fields", name: key, known: names,
                at: keyNode.position, otherwise: draft.reader.all(names))
        }
        return CollectionRule(
            name: name,
            key: key,
            states: parts["states"].flatMap { states($0, &draft) },
            fields: fields,
            children: children(parts["children"], of: name, &draft),
            timers: timers(parts["timers"], of: name, &draft))
    }

    private static func states(_ node: JSONNode, _ draft: inout BehaviourDraft) -> CollectionRule.States? {
        let what = "`states`"
        guard let parts = draft.reader.fields(node, what, known: ["field", "initial", "values"]),
            let fieldNode = draft.reader.required("field", parts, of: node, what),
            let field = draft.reader.text(fieldNode, "`field`"),
            let initialNode = draft.reader.required("initial", parts, of: node, what),
            let initial = draft.reader.text(initialNode, "`initial`"),
            let valuesNode = draft.reader.required("values", parts, of: node, what)
        else { return nil }
        let values = draft.reader.texts(valuesNode, "`values`").map(\.text)
        draft.use(initial, among: values, "state", at: initialNode)
        return CollectionRule.States(field: field, initial: initial, values: values)
    }

    private static func children(
        _ node: JSONNode?, of collection: String, _ draft: inout BehaviourDraft
    ) -> [ValueTemplate.Member] {
        guard let node else { return [] }
        var children: [ValueTemplate.Member] = []
        for member in draft.reader.members(of: node, "`children`") {
            let what = "sub-collection \(quoted(member.name))"
            guard let parts = draft.reader.fields(member.value, what, known: ["fields"]),
                let fields = draft.reader.required("fields", parts, of: member.value, what)
            else { continue }
            let context = ReferenceContext(
                collection: collection, itemFields: fields.members.map(\.name),
                inputs: draft.names.inputs[collection] ?? [])
            let values = TemplateBuilder.members(fields, "`fields`", context, &draft)
            children.append(.init(name: member.name, value: .object(values)))
        }
        return children
    }

    private static func timers(
        _ node: JSONNode?, of collection: String, _ draft: inout BehaviourDraft
    ) -> [CollectionRule.Timer] {
        guard let node else { return [] }
        guard node.kind == .array else {
            draft.reader.reportKind(node, "`timers`", expected: "a list")
            return []
        }
        var timers: [CollectionRule.Timer] = []
        for element in node.elements {
            guard let parts = draft.reader.fields(element, "a timer", known: ["at", "after", "if", "event"]),
                let atNode = draft.reader.required("at", parts, of: element, "a timer"),
                let eventNode = draft.reader.required("event", parts, of: element, "a timer"),
                let event = draft.reader.text(eventNode, "`event`")
            else { continue }
            draft.use(event, among: draft.names.events, "event", at: eventNode)
            let context = ReferenceContext(collection: collection, hasRequest: false)
            timers.append(
                CollectionRule.Timer(
                    at: TemplateBuilder.value(atNode, context, &draft),
                    delay: parts["after"].flatMap { draft.reader.seconds($0, "`after`") } ?? 0,
                    conditions: ConditionBuilder.conditions(parts["if"], context, &draft),
                    event: event))
        }
        return timers
    }
}
