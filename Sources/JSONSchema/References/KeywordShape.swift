/// How schemas stand under a keyword.
enum KeywordShape {
    /// One schema.
    case schema
    /// One schema, or a list of them (2019-09 `items`).
    case schemaOrList
    /// A list of schemas.
    case list
    /// Schemas by name.
    case map

    /// The shape of a keyword that holds schemas; `nil` for every other name.
    static func named(_ keyword: String, _ family: ResourceDialect.Family) -> KeywordShape? {
        switch keyword {
        case "additionalProperties", "not": .schema
        case "allOf", "anyOf", "oneOf": .list
        case "properties": .map
        case "items": family == .draft201909 ? .schemaOrList : .schema
        case _ where family == .openAPI30: nil
        case "contains", "propertyNames", "if", "then", "else", "unevaluatedItems", "unevaluatedProperties",
            "contentSchema":
            .schema
        case "additionalItems": family == .draft201909 ? .schema : nil
        case "prefixItems": family == .draft201909 ? nil : .list
        case "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies": .map
        default: nil
        }
    }
}
