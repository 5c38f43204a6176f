import JSONDocument
import OpenAPI

/// The names that a behaviour file declares, so that references to them can be checked wherever they stand.
struct DeclaredNames {
    var counters: [String] = []
    var collections: [Collection] = []
    var events: [String] = []
    /// Operations that make entities, by the collection's name.
    var creators: [String: [Operation]] = [:]
    /// The inputs of all events of a collection.
    var inputs: [String: [String]] = [:]
    /// The inputs of each event.
    var eventInputs: [String: [String]] = [:]
    /// The collection that the makers of a collection's entities belong to.
    var owners: [String: String] = [:]

    struct Collection {
        let name: String
        let fields: [String]
        let states: [String]
        let children: [(name: String, fields: [String])]
    }

    init() {}

    /// Gathers names and leaves judging to the reader of each part.
    init(sections: [String: JSONNode], contract: Contract) {
        counters = sections["counters"]?.members.map(\.name) ?? []
        for member in sections["collections"].map({ Array($0.members) }) ?? [] {
            let states = member.value["states"]
            var fields = member.value["fields"]?.members.map(\.name) ?? []
            if let field = states?["field"]?.string, !fields.contains(field) { fields.append(field) }
            let children = member.value["children"].map { children in
                children.members.map { ($0.name, $0.value["fields"]?.members.map(\.name) ?? []) }
            }
            collections.append(
                Collection(
                    name: member.name, fields: fields,
                    states: states?["values"].map { $0.elements.compactMap(\.string) } ?? [],
                    children: children ?? []))
        }
        for member in sections["operations"].map({ Array($0.members) }) ?? [] {
            guard let collection = member.value["create"]?.string, let operation = contract.operation(member.name)
            else { continue }
            creators[collection, default: []].append(operation)
            if let owner = member.value["within"]?["collection"]?.string { owners[collection] = owner }
        }
        for member in sections["events"].map({ Array($0.members) }) ?? [] {
            events.append(member.name)
            eventInputs[member.name] = member.value["inputs"]?.members.map(\.name) ?? []
            guard let collection = member.value["collection"]?.string else { continue }
            inputs[collection, default: []] += member.value["inputs"]?.members.map(\.name) ?? []
        }
    }

    func collection(_ name: String) -> Collection? {
        collections.first { $0.name == name }
    }
}

/// What a reference may ask at one place of the file.
struct ReferenceContext {
    let names: DeclaredNames
    /// The collection whose entity is at hand.
    var collection: String?
    /// The collection that the operation belongs to.
    var owner: String?
    /// The fields of the element that is being made.
    var itemFields: [String]?
    /// The inputs of the event; `nil` outside of events.
    var inputs: [String]?
    /// The operations whose requests arrive here; empty when it may be any.
    var operations: [Operation] = []
    /// Whether there is a request at all.
    var hasRequest = true
    /// Whether it is an answer to a situation.
    var isError = false
}
