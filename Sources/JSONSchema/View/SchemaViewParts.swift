import JSONDocument

/// The schemas of members and elements.
extension SchemaView {
    /// The schema of a declared member, from the first branch that declares it in `properties`, or otherwise from the
    /// first branch whose `patternProperties` match it; `nil` if there is none.
    public func property(_ name: String) -> SchemaView? {
        let branches = branches
        for branch in branches {
            guard let (map, document) = branch.ownProperties, let schema = map[name] else { continue }
            return store.view(of: SchemaSource(document: document, entry: schema.tapeIndex))
        }
        for branch in branches where branch.family != .openAPI30 {
            for member in branch.own("patternProperties").map({ Array($0.members) }) ?? []
            where store.matches(member.name, name) {
                return store.view(of: branch.part(member.value))
            }
        }
        return nil
    }

    /// The names in `properties` of all branches, in order, each once.
    public var propertyNames: [String] {
        var names = UniqueNames()
        for branch in branches {
            guard let (properties, _) = branch.ownProperties else { continue }
            for member in properties.members { names.append(member.name) }
        }
        return names.all
    }

    /// The `properties` of this schema itself, and the document that contains them.
    var ownProperties: (map: JSONNode, document: Int)? {
        guard let map = own("properties"), map.kind == .object else { return nil }
        guard map["$ref"]?.kind == .string else { return (map, source.document) }
        return store.withIndex { $0.schemaMap("properties", of: source) }
    }

    /// The names in `required`, in order, each once. Branches of `oneOf` and `anyOf` do not count, because a value need
    /// not match all of them.
    public var requiredNames: [String] {
        var names = UniqueNames()
        for branch in store.branches(of: self, under: ["$ref", "$dynamicRef", "allOf"]) {
            for name in branch.own("required").map({ Array($0.elements) }) ?? [] {
                if let text = name.string { names.append(text) }
            }
        }
        return names.all
    }

    /// The schema of undeclared members; `nil` if `additionalProperties` is absent or a boolean.
    public var additional: SchemaView? {
        for branch in branches {
            for keyword in ["additionalProperties", "unevaluatedProperties"] where branch.knows(keyword) {
                if let schema = branch.own(keyword), schema.kind == .object {
                    return store.view(of: branch.part(schema))
                }
            }
        }
        return nil
    }

    /// Whether undeclared members are allowed: no branch has `additionalProperties: false`.
    public var allowsAdditional: Bool {
        !branches.contains { branch in
            branch.own("additionalProperties")?.boolean == false
                || (branch.family.knowsUnevaluated && branch.own("unevaluatedProperties")?.boolean == false)
        }
    }

    /// The schema of elements after those that `prefixItems`, or a list under `items`, describes.
    public var items: SchemaView? { elementSchema(of: branches) }

    /// The schema of elements, from the first branch that describes them.
    func elementSchema(of branches: [SchemaView]) -> SchemaView? {
        for branch in branches {
            guard var schema = branch.own("items") else { continue }
            if schema.kind == .array {
                guard branch.family.hasTuples, let rest = branch.own("additionalItems") else { continue }
                schema = rest
            }
            return store.view(of: branch.part(schema))
        }
        return nil
    }

    /// The schema of the element at an index.
    public func item(_ index: Int) -> SchemaView? {
        for branch in branches where branch.family != .openAPI30 {
            let prefix = branch.family.hasTuples ? branch.own("items") : branch.own("prefixItems")
            if let schema = prefix?[index] { return store.view(of: branch.part(schema)) }
        }
        return items
    }

    /// The schema of the value at a path of names and indexes; `additionalProperties` describes undeclared members.
    public func view(at path: [String]) -> SchemaView? {
        var view = self
        for step in path {
            let index = Int(step).flatMap { $0 >= 0 ? $0 : nil }
            guard let next = view.property(step) ?? index.flatMap({ view.item($0) }) ?? view.additional else {
                return nil
            }
            view = next
        }
        return view
    }

    func part(_ schema: JSONNode) -> SchemaSource {
        SchemaSource(document: source.document, entry: schema.tapeIndex)
    }
}

/// Names in the order of first use.
private struct UniqueNames {
    private(set) var all: [String] = []
    private var seen: Set<JSONNameKey> = []

    mutating func append(_ name: String) {
        if seen.insert(JSONNameKey(name)).inserted { all.append(name) }
    }
}
