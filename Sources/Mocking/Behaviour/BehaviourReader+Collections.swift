import JSONDocument

extension BehaviourReader {
    mutating func collections(_ node: JSONNode?) -> [CollectionRule] {
        guard let node else { return [] }
        guard node.kind == .object else {
            reportKind(node, "`collections`", expected: "a map")
            return []
        }
        return node.members.map { $0 }.compactMap { collection($0.name, $0.value) }
    }

    private mutating func collection(_ name: String, _ node: JSONNode) -> CollectionRule? {
        let what = "collection '\(name)'"
        guard
            let members = members(
                of: node, in: what, known: ["key", "states", "fields", "children", "timers"]),
            let keyNode = required("key", members, of: node, in: what),
            let key = text(keyNode, "`key`"),
            let fieldsNode = required("fields", members, of: node, in: what)
        else { return nil }
        var context = ReferenceContext(names: names, collection: name)
        context.operations = names.creators[name] ?? []
        context.owner = names.owners[name]
        let fields = valueMembers(fieldsNode, in: "`fields`", context)
        if !fields.contains(where: { $0.name.utf8.elementsEqual(key.utf8) }) {
            reportUnknown(
                "behaviour.key", "the key '\(key)' is not one of the fields", name: key, known: fields.map(\.name),
                at: keyNode.position)
        }
        return CollectionRule(
            name: name,
            key: key,
            states: states(members["states"]),
            fields: fields,
            children: children(members["children"], of: name),
            timers: timers(members["timers"], of: name))
    }

    private mutating func states(_ node: JSONNode?) -> CollectionRule.States? {
        guard let node, let members = members(of: node, in: "`states`", known: ["field", "initial", "values"]),
            let fieldNode = required("field", members, of: node, in: "`states`"),
            let field = text(fieldNode, "`field`"),
            let initialNode = required("initial", members, of: node, in: "`states`"),
            let initial = text(initialNode, "`initial`"),
            let valuesNode = required("values", members, of: node, in: "`states`"),
            let values = texts(valuesNode, "`values`")?.map(\.text)
        else { return nil }
        requireName(initial, among: values, "state", at: initialNode)
        return CollectionRule.States(field: field, initial: initial, values: values)
    }

    private mutating func children(_ node: JSONNode?, of collection: String) -> [ValueTemplate.Member] {
        guard let node else { return [] }
        guard node.kind == .object else {
            reportKind(node, "`children`", expected: "a map")
            return []
        }
        var children: [ValueTemplate.Member] = []
        for member in node.members {
            let what = "sub-collection '\(member.name)'"
            guard let members = members(of: member.value, in: what, known: ["fields"]),
                let fields = required("fields", members, of: member.value, in: what)
            else { continue }
            let context = ReferenceContext(
                names: names, collection: collection, itemFields: fields.members.map(\.name),
                inputs: names.inputs[collection] ?? [])
            let values = valueMembers(fields, in: "`fields`", context)
            children.append(.init(name: member.name, value: .object(values)))
        }
        return children
    }

    private mutating func timers(_ node: JSONNode?, of collection: String) -> [CollectionRule.Timer] {
        guard let node else { return [] }
        guard node.kind == .array else {
            reportKind(node, "`timers`", expected: "a list")
            return []
        }
        var timers: [CollectionRule.Timer] = []
        for element in node.elements {
            guard let members = members(of: element, in: "a timer", known: ["at", "after", "if", "event"]),
                let atNode = required("at", members, of: element, in: "a timer"),
                let eventNode = required("event", members, of: element, in: "a timer"),
                let event = text(eventNode, "`event`")
            else { continue }
            requireName(event, among: names.events, "event", at: eventNode)
            let context = ReferenceContext(names: names, collection: collection, hasRequest: false)
            timers.append(
                CollectionRule.Timer(
                    at: value(atNode, context), delay: duration(members["after"], "`after`") ?? 0,
                    conditions: conditions(members["if"], context), event: event))
        }
        return timers
    }

    // MARK: Transitions

    /// The ways from state to state; the first whose start and conditions fit is taken.
    mutating func transitions(
        _ node: JSONNode?, of collection: DeclaredNames.Collection, _ context: ReferenceContext
    ) -> [Transition] {
        guard let node else { return [] }
        guard node.kind == .array, node.count > 0 else {
            reportKind(node, "`transitions`", expected: "a list of at least one transition")
            return []
        }
        var transitions: [Transition] = []
        for element in node.elements {
            guard
                let members = members(
                    of: element, in: "a transition", known: ["from", "if", "to", "set", "append", "error", "then"])
            else { continue }
            let from = texts(members["from"], "`from`")
            for (state, place) in from ?? [] {
                requireName(state, among: collection.states, "state of collection '\(collection.name)'", at: place)
            }
            let to = text(members["to"], "`to`")
            if let to, let place = members["to"] {
                requireName(to, among: collection.states, "state of collection '\(collection.name)'", at: place)
            }
            let append = texts(members["append"], "`append`") ?? []
            for (child, place) in append {
                requireName(
                    child, among: collection.children.map(\.name),
                    "sub-collection of collection '\(collection.name)'", at: place)
            }
            for member in members["set"].map({ Array($0.members) }) ?? [] {
                requireName(
                    member.name, among: collection.fields, "field of collection '\(collection.name)'",
                    at: member.value)
            }
            transitions.append(
                Transition(
                    from: from?.map(\.text),
                    conditions: conditions(members["if"], context),
                    to: to,
                    set: valueMembers(members["set"], in: "`set`", context),
                    append: append.map(\.text),
                    refusal: members["error"].flatMap { errorAnswer($0, context) },
                    then: effects(members["then"], context)))
        }
        return transitions
    }
}
