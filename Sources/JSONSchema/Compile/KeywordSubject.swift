import JSONDocument

/// Which kinds of values a keyword can fail.
enum KeywordSubject {
    /// The kinds; all of them for keywords that speak about every value, none for those that decide nothing.
    static func kinds(_ keyword: String) -> KindSet {
        table[keyword] ?? .all
    }

    private static let table: [String: KindSet] = {
        var table: [String: KindSet] = [:]
        let groups: [(KindSet, [String])] = [
            (.string, ["minLength", "maxLength", "pattern"]),
            (.number, ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]),
            ([.string, .number], ["format"]),
            (
                .array,
                [
                    "items", "prefixItems", "additionalItems", "minItems", "maxItems", "uniqueItems", "contains",
                    "minContains", "maxContains", "unevaluatedItems",
                ]
            ),
            (
                .object,
                [
                    "properties", "patternProperties", "additionalProperties", "propertyNames", "required",
                    "minProperties", "maxProperties", "dependentRequired", "dependentSchemas", "dependencies",
                    "unevaluatedProperties",
                ]
            ),
            ([], ["readOnly", "writeOnly", "discriminator"]),
        ]
        for (kinds, names) in groups {
            for name in names { table[name] = kinds }
        }
        return table
    }()
}
