internal import JSONDocument

/// The schemas directly inside a schema (JSON Schema 2020-12, and the subset of OpenAPI 3.0), and the keywords that lead
/// to others. One pass over the members finds all of them, because a lookup of its own for each would read all names
/// again: `assay-bench load`.
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
    private(set) var discriminator: DocumentNode?
    /// `$ref`, whatever its value is.
    private(set) var reference: DocumentNode?
    /// `$id`, if it is a text.
    private(set) var identifier: String?

    private enum Role {
        case single
        case list
        case map
        /// A schema, or in older drafts a list of them.
        case items
        /// The Discriminator Object, which contains no schemas.
        case discriminator
        case reference
        case identifier
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
                + all(["discriminator"], .discriminator, isBranch: false)
                + all(["$ref"], .reference, isBranch: false) + all(["$id"], .identifier, isBranch: false))
    }()

    /// Whether a schema may have children or keywords that lead to others: it has a member that is a list or an object, or
    /// whose name begins with `$`.
    static func mayExist(in schema: DocumentNode) -> Bool {
        schema.node.withTape { tape, own in
            var name = tape.firstChild(of: own)
            while name < tape.end(of: own) {
                let kind = tape.kind(at: name + 1)
                if kind == .object || kind == .array || tape.startsWithDollar(name) { return true }
                name = tape.end(of: name + 1)
            }
            return false
        }
    }

    init(of schema: DocumentNode) {
        schema.forEachMember { tape, name, value in
            let kind = value.node.kind
            // Most members are texts and numbers that only describe.
            guard kind == .object || kind == .array || tape.startsWithDollar(name),
                let keyword = Self.keywords.value(ofName: name, on: tape)
            else { return }
            switch (keyword.role, kind) {
            case (.single, .object), (.items, .object): schemas.append((value, keyword.isBranch))
            case (.map, .object): addMap(value, keyword)
            case (.list, .array), (.items, .array):
                for element in value.node.elements where element.kind == .object {
                    schemas.append((DocumentNode(document: value.document, node: element), keyword.isBranch))
                }
            case (.discriminator, .object): discriminator = discriminator ?? value
            case (.reference, _): reference = value
            case (.identifier, .string): identifier = value.node.string
            default: break
            }
        }
    }

    private mutating func addMap(_ map: DocumentNode, _ keyword: Keyword) {
        map.forEachMember { tape, name, value in
            switch value.node.kind {
            case .object: schemas.append((value, keyword.isBranch))
            case .string where tape.withText(at: name, { $0.elementsEqual("$ref".utf8) }):
                referredMaps.append(ReferredMap(name: keyword.name, value: map, reference: value))
            default: break
            }
        }
    }
}

extension JSONTape {
    /// Whether a name begins with `$`.
    fileprivate func startsWithDollar(_ name: Int) -> Bool { withText(at: name) { $0.first == UInt8(ascii: "$") } }
}
