internal import JSONDocument

/// The schemas that stand directly in a schema (JSON Schema 2020-12, and the subset of OpenAPI 3.0).
enum SchemaChildren {
    private enum Role {
        case single
        case list
        case map
        /// A schema, or in older drafts a list of them.
        case items
    }

    // Keywords are ASCII, which no other text equals.
    private static let roles: [String: Role] = Dictionary(
        uniqueKeysWithValues: [
            "not", "additionalProperties", "if", "then", "else", "contains", "propertyNames", "unevaluatedItems",
            "unevaluatedProperties", "contentSchema", "additionalItems",
        ].map { ($0, .single) }
            + ["allOf", "anyOf", "oneOf", "prefixItems"].map { ($0, .list) }
            + ["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"].map { ($0, .map) }
            + [("items", .items)]
    )

    /// Keywords whose schemas are applied to the same value as the schema that they stand in.
    private static let inPlace: Set<String> = [
        "allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas",
    ]

    /// The schemas, and whether each is applied to the same value as the schema that it stands in.
    static func all(of schema: DocumentNode) -> [(value: DocumentNode, isBranch: Bool)] {
        var children: [(DocumentNode, Bool)] = []
        for member in schema.branches {
            guard let role = roles[member.name] else { continue }
            let found: [DocumentNode]
            switch (role, member.value.node.kind) {
            case (.single, .object), (.items, .object): found = [member.value]
            case (.map, .object): found = member.value.branches.map(\.value)
            case (.list, .array), (.items, .array): found = member.value.elements
            default: continue
            }
            let isBranch = inPlace.contains(member.name)
            for value in found where value.node.kind == .object { children.append((value, isBranch)) }
        }
        return children
    }
}
