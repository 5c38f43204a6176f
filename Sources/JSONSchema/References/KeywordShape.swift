import JSONDocument

/// How a keyword contains schemas.
enum KeywordShape: Sendable {
    /// One schema.
    case schema
    /// One schema, or a list of them (2019-09 `items`).
    case schemaOrList
    /// A list of schemas.
    case list
    /// Schemas by name.
    case map

    /// The keywords of a family that contain schemas.
    static func table(_ family: ResourceDialect.Family) -> JSONNameTable<KeywordShape> {
        switch family {
        case .openAPI30: openAPI30
        case .draft04, .draft06, .draft07, .draft201909: draft201909
        case .draft202012: draft202012
        }
    }

    private static let openAPI30 = JSONNameTable(shared + [("items", .schema)])

    private static let draft201909 = JSONNameTable(
        shared + applicators + [("items", .schemaOrList), ("additionalItems", .schema)])

    private static let draft202012 = JSONNameTable(
        shared + applicators + [("items", .schema), ("prefixItems", .list)])

    private static let shared: [(String, KeywordShape)] = [
        ("additionalProperties", .schema), ("not", .schema), ("allOf", .list), ("anyOf", .list), ("oneOf", .list),
        ("properties", .map),
    ]

    private static let applicators: [(String, KeywordShape)] =
        [
            "contains", "propertyNames", "if", "then", "else", "unevaluatedItems", "unevaluatedProperties",
            "contentSchema",
        ].map { ($0, .schema) }
        + ["patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies"].map { ($0, .map) }
}
