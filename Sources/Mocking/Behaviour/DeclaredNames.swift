import JSONDocument
import OpenAPI

/// The names that a behaviour file declares: the second stage of reading it. References to them are checked later.
struct DeclaredNames {
    var counters: [String] = []
    var collections: [DeclaredCollection] = []
    var events: [String] = []
    /// Operations that create entities, by the name of the collection.
    var creators: [String: [Operation]] = [:]
    /// The inputs of all events of a collection.
    var inputs: [String: [String]] = [:]
    /// The inputs of each event.
    var eventInputs: [String: [String]] = [:]
    /// The owner of each collection's entities, as the operations that create them declare it.
    var owners: [String: String] = [:]

    /// Collects names. Later stages check them.
    init(_ sections: BehaviourSections, _ contract: Contract) {
        counters = sections.members("counters").map(\.name)
        collections = sections.members("collections").map { DeclaredCollection($0.name, $0.value) }
        for member in sections.members("operations") {
            guard let collection = member.value["create"]?.string, let operation = contract.operation(member.name)
            else { continue }
            creators[collection, default: []].append(operation)
            if let owner = member.value["within"]?["collection"]?.string { owners[collection] = owner }
        }
        for member in sections.members("events") {
            events.append(member.name)
            let inputs = member.value["inputs"]?.members.map(\.name) ?? []
            eventInputs[member.name] = inputs
            guard let collection = member.value["collection"]?.string else { continue }
            self.inputs[collection, default: []] += inputs
        }
    }

    func collection(_ name: String) -> DeclaredCollection? {
        collections.first { $0.name == name }
    }
}

/// The names that a collection declares.
struct DeclaredCollection {
    let name: String
    /// The field that contains the id.
    let key: String?
    let fields: [String]
    let states: [String]
    let children: [String]

    init(_ name: String, _ node: JSONNode) {
        self.name = name
        key = node["key"]?.string
        let states = node["states"]
        var fields = node["fields"]?.members.map(\.name) ?? []
        if let field = states?["field"]?.string, !fields.contains(field) { fields.append(field) }
        self.fields = fields
        self.states = states?["values"].map { $0.elements.compactMap(\.string) } ?? []
        children = node["children"]?.members.map(\.name) ?? []
    }
}

/// The names that a reference can use at one place of the file.
struct ReferenceContext {
    /// The collection whose entity is available.
    var collection: String?
    /// The collection that the operation belongs to.
    var owner: String?
    /// The fields of a new element.
    var itemFields: [String]?
    /// The inputs of the event; `nil` outside of events.
    var inputs: [String]?
    /// The operations whose requests are available here; empty for any operation.
    var operations: [Operation] = []
    /// Whether a request is available.
    var hasRequest = true
    /// Whether the place belongs to the response to a situation.
    var isError = false
}
