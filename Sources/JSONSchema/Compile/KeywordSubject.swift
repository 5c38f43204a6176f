import JSONDocument

/// The kinds of values that a keyword can reject.
enum KeywordSubject {
    /// The kinds; all for keywords that apply to every value, none for keywords without an effect on validity.
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
