import JSONDocument
import OpenAPI

extension BehaviourReader {
    /// The entity that an operation belongs to; its name for references is `owner`.
    mutating func within(_ node: JSONNode?, _ context: ReferenceContext) -> WithinRule? {
        guard let node,
            let members = members(of: node, in: "`within`", known: ["collection", "id", "by", "states", "errors"]),
            let nameNode = required("collection", members, of: node, in: "`within`"),
            let name = text(nameNode, "`collection`"),
            let idNode = required("id", members, of: node, in: "`within`")
        else { return nil }
        requireName(name, among: names.collections.map(\.name), "collection", at: nameNode)
        guard let collection = names.collection(name) else { return nil }
        let states = texts(members["states"], "`states`")
        for (state, place) in states ?? [] {
            requireName(state, among: collection.states, "state of collection '\(name)'", at: place)
        }
        var errorContext = context
        errorContext.collection = name
        return WithinRule(
            collection: name,
            id: value(idNode, context),
            by: field(members["by"], of: collection),
            states: states?.map(\.text),
            errors: errors(members["errors"], in: "errors", errorContext))
    }

    /// The field of a collection by which entities are looked for.
    mutating func field(_ node: JSONNode?, of collection: DeclaredNames.Collection) -> String? {
        guard let node, let name = text(node, "`by`") else { return nil }
        requireName(name, among: collection.fields, "field of collection '\(collection.name)'", at: node)
        return name
    }

    /// The events that follow from a change, and what is sent.
    mutating func effects(_ node: JSONNode?, _ context: ReferenceContext) -> [Effect] {
        guard let node else { return [] }
        guard node.kind == .array else {
            reportKind(node, "`then`", expected: "a list of events and messages to send")
            return []
        }
        var effects: [Effect] = []
        for element in node.elements {
            let known = ["event", "inputs", "send", "to", "headers", "body"]
            guard let members = members(of: element, in: "an effect", known: known) else { continue }
            if members["send"] != nil {
                if let rule = sending(element, members, context) { effects.append(.send(rule)) }
                continue
            }
            for name in ["to", "headers", "body"] where members[name] != nil {
                report("behaviour.effect", "`\(name)` belongs to `send`", at: element)
            }
            guard
                let eventNode = required("event", members, of: element, in: "an effect"),
                let event = text(eventNode, "`event`")
            else { continue }
            requireName(event, among: names.events, "event", at: eventNode)
            let inputs = valueMembers(members["inputs"], in: "`inputs`", context)
            for member in members["inputs"].map({ Array($0.members) }) ?? [] {
                requireName(
                    member.name, among: names.eventInputs[event] ?? [], "input of event '\(event)'", at: member.value)
            }
            effects.append(.event(event, inputs: inputs))
        }
        return effects
    }

    private mutating func sending(
        _ node: JSONNode, _ members: [String: JSONNode], _ context: ReferenceContext
    ) -> SendRule? {
        for name in ["event", "inputs"] where members[name] != nil {
            report("behaviour.effect", "an effect is either an event or a message to send", at: node)
        }
        guard let nameNode = members["send"], let name = text(nameNode, "`send`"),
            let url = required("to", members, of: node, in: "`send`")
        else { return nil }
        requireName(name, among: contract.outgoing.map(\.name), "callback or webhook of the contract", at: nameNode)
        return SendRule(
            name: name, url: value(url, context), headers: headers(members["headers"], in: "headers", context),
            body: members["body"].map { value($0, context) })
    }
}
