internal import JSONDocument

/// The schemas directly inside a schema (JSON Schema 2020-12, and the subset of OpenAPI 3.0).
enum SchemaChildren {
    private enum Role {
        case single
        case list
        case map
        /// A schema, or in older drafts a list of them.
        case items
    }

    private struct Keyword {
        var role: Role
        /// Whether its schemas are applied to the same value as the schema that contains them.
        var isBranch: Bool
    }

    private static let keywords: JSONNameTable<Keyword> = {
        func all(_ names: [String], _ role: Role, isBranch: Bool) -> [(String, Keyword)] {
            names.map { ($0, Keyword(role: role, isBranch: isBranch)) }
        }
        return JSONNameTable(
            all(["not", "if", "then", "else"], .single, isBranch: true)
                + all(["allOf", "anyOf", "oneOf"], .list, isBranch: true)
                + all(["dependentSchemas"], .map, isBranch: true)
                + all(
                    [
                        "additionalProperties", "contains", "propertyNames", "unevaluatedItems",
                        "unevaluatedProperties", "contentSchema", "additionalItems",
                    ], .single, isBranch: false)
                + all(["prefixItems"], .list, isBranch: false)
                + all(["properties", "patternProperties", "$defs", "definitions"], .map, isBranch: false)
                + all(["items"], .items, isBranch: false))
    }()

    /// The maps of schemas that are replaced by a `$ref`, which the specification never allows. A schema with that name
    /// would not be text.
    static func referredMaps(of schema: DocumentNode) -> [(name: String, value: DocumentNode, reference: DocumentNode)]
    {
        ["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"].compactMap { name in
            guard let value = schema[name], let reference = value["$ref"], reference.node.kind == .string else {
                return nil
            }
            return (name, value, reference)
        }
    }

    /// The schemas, and whether each is applied to the same value as the schema that contains it.
    static func all(of schema: DocumentNode) -> [(value: DocumentNode, isBranch: Bool)] {
        var children: [(value: DocumentNode, isBranch: Bool)] = []
        schema.forEachMember { tape, name, value in
            let kind = value.node.kind
            guard kind == .object || kind == .array, let keyword = keywords.value(ofName: name, on: tape) else {
                return
            }
            let found: [DocumentNode]
            switch (keyword.role, kind) {
            case (.single, .object), (.items, .object): found = [value]
            case (.map, .object): found = value.branches
            case (.list, .array), (.items, .array): found = value.elements
            default: return
            }
            for value in found where value.node.kind == .object { children.append((value, keyword.isBranch)) }
        }
        return children
    }
}
