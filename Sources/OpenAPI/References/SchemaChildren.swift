internal import JSONDocument

/// The schemas that stand directly in a schema (JSON Schema 2020-12, and the subset of OpenAPI 3.0).
enum SchemaChildren {
    private static let single: [String] = [
        "items", "not", "additionalProperties", "if", "then", "else", "contains", "propertyNames",
        "unevaluatedItems", "unevaluatedProperties", "contentSchema", "additionalItems",
    ]
    private static let lists: [String] = ["allOf", "anyOf", "oneOf", "prefixItems"]
    private static let maps: [String] = [
        "properties", "patternProperties", "$defs", "definitions", "dependentSchemas",
    ]

    /// Keywords whose schemas are applied to the same value as the schema that they stand in.
    static let inPlace: Set<String> = [
        "allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas",
    ]

    static func all(of schema: DocumentNode) -> [DocumentNode] {
        var children: [DocumentNode] = []
        for member in schema.members {
            switch member.value.node.kind {
            case .object where single.contains(member.name):
                children.append(member.value)
            case .object where maps.contains(member.name):
                children += member.value.members.map(\.value).filter { $0.node.kind == .object }
            case .array where lists.contains(member.name) || member.name == "items":
                children += member.value.elements.filter { $0.node.kind == .object }
            default:
                break
            }
        }
        return children
    }
}
