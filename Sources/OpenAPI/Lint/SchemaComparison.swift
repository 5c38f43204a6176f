internal import JSONDocument
internal import JSONSchema

/// Whether one schema accepts every value that another one accepts.
///
/// Objects are compared by the members that a schema declares. (Undeclared members may have any value, but authors of
/// alternatives do not consider them.) If the schemas are too different to compare, the result is no.
struct SchemaComparison {
    private var known: [Pair: Bool] = [:]
    private var steps = 0

    private struct Pair: Hashable {
        var wide: SchemaPlace
        var narrow: SchemaPlace
    }

    /// Whether `wide` accepts every value that `narrow` accepts.
    mutating func covers(_ wide: SchemaView, _ narrow: SchemaView) -> Bool {
        covers(wide, narrow, depth: 0)
    }

    private mutating func covers(_ wide: SchemaView, _ narrow: SchemaView, depth: Int) -> Bool {
        steps += 1
        guard depth < 20, steps < 20_000 else { return false }
        if wide.place == narrow.place || wide.node.boolean == true { return true }
        let pair = Pair(wide: wide.place, narrow: narrow.place)
        if let answer = known[pair] { return answer }
        // A pair that recurs inside itself can fail only for other reasons.
        known[pair] = true
        let answer = compare(wide, narrow, depth: depth)
        known[pair] = answer
        return answer
    }

    private mutating func compare(_ wide: SchemaView, _ narrow: SchemaView, depth: Int) -> Bool {
        guard wide.node.kind == .object, narrow.node.kind == .object else { return false }
        guard coversKinds(wide, narrow) else { return false }
        for member in wide.node.members where !Self.describes(member.name) {
            guard holds(member, wide, narrow, depth: depth) else { return false }
        }
        return true
    }

    private func coversKinds(_ wide: SchemaView, _ narrow: SchemaView) -> Bool {
        guard let kinds = wide.kinds else { return true }
        guard let others = narrow.kinds ?? Self.meantKinds(of: narrow) else { return false }
        return others.isSubset(of: kinds) && (!wide.integerOnly || narrow.integerOnly || !others.contains(.number))
    }

    /// A schema that declares members but no type is assumed to describe objects.
    private static func meantKinds(of view: SchemaView) -> Set<JSONKind>? {
        view.node["properties"] == nil ? nil : [.object]
    }

    /// Whether a condition of `wide` is met by every value that `narrow` accepts.
    private mutating func holds(_ member: JSONMember, _ wide: SchemaView, _ narrow: SchemaView, depth: Int) -> Bool {
        let same = narrow.node[member.name].map { $0.value == member.value.value } ?? false
        switch member.name {
        case "type", "nullable":
            return true
        case "enum":
            let allowed = Set(member.value.elements.map(\.value))
            let values = narrow.enumeration
            return !values.isEmpty && values.allSatisfy { allowed.contains($0.value) }
        case "required":
            let names = Set(narrow.requiredNames.map(JSONNameKey.init))
            return member.value.elements.compactMap(\.string).allSatisfy { names.contains(JSONNameKey($0)) }
        case "properties":
            for property in member.value.members {
                guard let other = narrow.property(property.name) else { continue }
                guard let own = wide.property(property.name), covers(own, other, depth: depth + 1) else { return false }
            }
            return true
        case "additionalProperties" where member.value.boolean == true:
            return true
        case "additionalProperties" where member.value.boolean == false:
            return narrow.propertyNames.allSatisfy { wide.property($0) != nil }
                && (!narrow.allowsAdditional || narrow.additional == nil)
        case "items":
            guard let own = wide.items, let other = narrow.items else { return narrow.items == nil && same }
            return covers(own, other, depth: depth + 1)
        case "allOf":
            return wide.node["allOf"].map { $0.count <= 50 } ?? false && same
        default:
            return same
        }
    }

    private static func describes(_ name: String) -> Bool {
        let names = [
            "title", "description", "example", "examples", "default", "deprecated", "externalDocs", "xml", "readOnly",
            "writeOnly", "$comment", "$id", "$anchor", "$defs",
        ]
        return name.isExtensionName || names.contains(name)
    }
}
