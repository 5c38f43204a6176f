import JSONDocument
import OpenAPI

extension BehaviourReader {
    /// The entity that an operation belongs to; its name for references is `owner`.
    mutating func within(_ node: JSONNode?, _ context: ReferenceContext) -> WithinRule? {
        guard let node,
            let members = members(of: node, in: "'within'", known: ["collection", "id", "by", "states", "errors"]),
            let nameNode = required("collection", members, of: node, in: "'within'"),
            let name = text(nameNode, "'collection'"),
            let idNode = required("id", members, of: node, in: "'within'")
        else { return nil }
        requireName(name, among: names.collections.map(\.name), "collection", at: nameNode)
        guard let collection = names.collection(name) else { return nil }
        let states = texts(members["states"], "'states'")
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
        guard let node, let name = text(node, "'by'") else { return nil }
        requireName(name, among: collection.fields, "field of collection '\(collection.name)'", at: node)
        return name
    }

    /// The events that follow from a change.
    mutating func effects(_ node: JSONNode?, _ context: ReferenceContext) -> [Effect] {
        guard let node else { return [] }
        guard node.kind == .array else {
            reportKind(node, "'then'", expected: "a list of events")
            return []
        }
        var effects: [Effect] = []
        for element in node.elements {
            guard let members = members(of: element, in: "an effect", known: ["event", "inputs"]),
                let eventNode = required("event", members, of: element, in: "an effect"),
                let event = text(eventNode, "'event'")
            else { continue }
            requireName(event, among: names.events, "event", at: eventNode)
            let inputs = valueMembers(members["inputs"], in: "'inputs'", context)
            for member in members["inputs"].map({ Array($0.members) }) ?? [] {
                requireName(
                    member.name, among: names.eventInputs[event] ?? [], "input of event '\(event)'", at: member.value)
            }
            effects.append(Effect(event: event, inputs: inputs))
        }
        return effects
    }
}
