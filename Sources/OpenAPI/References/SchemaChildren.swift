internal import JSONDocument

/// The schemas directly inside a schema (JSON Schema 2020-12, and the subset of OpenAPI 3.0).
struct SchemaChildren {
    /// A map of schemas that is replaced by a `$ref`. The specification never allows that; a schema with the name `$ref`
    /// would not be text.
    struct ReferredMap {
        let name: String
        let value: DocumentNode
        let reference: DocumentNode
    }

    /// The schemas, and whether each is applied to the same value as the schema that contains it.
    private(set) var schemas: [(value: DocumentNode, isBranch: Bool)] = []
    /// The maps of schemas that are somewhere else.
    private(set) var referredMaps: [ReferredMap] = []
    /// The Discriminator Object. It is found here because a lookup of its own would read all members again.
    private(set) var discriminator: DocumentNode?

    private enum Role {
        case single
        case list
        case map
        /// A schema, or in older drafts a list of them.
        case items
        /// The Discriminator Object, which contains no schemas.
        case discriminator
    }

    private struct Keyword {
        var name: String
        var role: Role
        /// Whether its schemas are applied to the same value as the schema that contains them.
        var isBranch: Bool
    }

    private static let keywords: JSONNameTable<Keyword> = {
        func all(_ names: [String], _ role: Role, isBranch: Bool) -> [(String, Keyword)] {
            names.map { ($0, Keyword(name: $0, role: role, isBranch: isBranch)) }
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
                + all(["items"], .items, isBranch: false)
                + all(["discriminator"], .discriminator, isBranch: false))
    }()

    init(of schema: DocumentNode) {
        schema.forEachMember { tape, name, value in
            let kind = value.node.kind
            guard kind == .object || kind == .array, let keyword = Self.keywords.value(ofName: name, on: tape) else {
                return
            }
            let found: [DocumentNode]
            switch (keyword.role, kind) {
            case (.single, .object), (.items, .object): found = [value]
            case (.map, .object):
                found = value.branches
                if let reference = value["$ref"], reference.node.kind == .string {
                    referredMaps.append(ReferredMap(name: keyword.name, value: value, reference: reference))
                }
            case (.list, .array), (.items, .array): found = value.elements
            case (.discriminator, .object):
                discriminator = discriminator ?? value
                return
            default: return
            }
            for value in found where value.node.kind == .object { schemas.append((value, keyword.isBranch)) }
        }
    }
}
