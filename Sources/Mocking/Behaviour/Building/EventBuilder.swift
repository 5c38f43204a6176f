import JSONDocument
import SourceText

/// Builds the rules of events.
enum EventBuilder {
    static func events(_ node: JSONNode?, _ draft: inout BehaviourDraft) -> [EventRule] {
        guard let node else { return [] }
        return draft.reader.members(of: node, "`events`").compactMap { event($0.name, $0.value, &draft) }
    }

    private static func event(_ name: String, _ node: JSONNode, _ draft: inout BehaviourDraft) -> EventRule? {
        let what = "event \(quoted(name))"
        guard let parts = draft.reader.fields(node, what, known: ["collection", "inputs", "id", "transitions"]),
            let collectionNode = draft.reader.required("collection", parts, of: node, what),
            let collectionName = draft.reader.text(collectionNode, "`collection`")
        else { return nil }
        draft.use(collectionName, among: draft.names.collections.map(\.name), "collection", at: collectionNode)
        guard let collection = draft.names.collection(collectionName),
            let transitions = draft.reader.required("transitions", parts, of: node, what)
        else { return nil }
        let context = ReferenceContext(
            collection: collectionName, inputs: parts["inputs"]?.members.map(\.name) ?? [], hasRequest: false)
        let inputs = Self.inputs(parts["inputs"], context, &draft)
        let id = parts["id"].map { TemplateBuilder.value($0, context, &draft) } ?? .text([.reference(.input(["id"]))])
        if parts["id"] == nil, !inputs.contains(where: { $0.name == "id" }) {
            draft.reader.report("id", "\(what) has no input `id` and does not define where the id is", at: node)
        }
        return EventRule(
            name: name, collection: collectionName, inputs: inputs, id: id,
            transitions: TransitionBuilder.transitions(transitions, of: collection, context, &draft))
    }

    private static func inputs(
        _ node: JSONNode?, _ context: ReferenceContext, _ draft: inout BehaviourDraft
    ) -> [EventRule.EventInput] {
        var inputs: [EventRule.EventInput] = []
        for member in node.map({ Array($0.members) }) ?? [] {
            let what = "input \(quoted(member.name))"
            guard let parts = draft.reader.fields(member.value, what, known: ["type", "default"]) else { continue }
            let kinds = ["string", "number", "boolean", "object", "array"]
            let kind = parts["type"].flatMap { draft.reader.word($0, "`type`", kinds) }
            inputs.append(
                EventRule.EventInput(
                    name: member.name,
                    kind: kind.flatMap { word in JSONKind.allCases.first { $0.name == word } },
                    otherwise: parts["default"].map { TemplateBuilder.value($0, context, &draft) }))
        }
        return inputs
    }
}
