/// The explanation of a schema keyword, for the rules `body.…`, `header.…`, `request.…` and `webhook.…`.
struct KeywordText: Sendable {
    /// The keyword, the last part of the id.
    let keyword: String
    /// When a value violates the keyword, as a sentence.
    let meaning: String
    /// The section that defines the keyword.
    let source: String
    /// A schema that has the keyword.
    let schema: String
    /// A value that violates it.
    let value: String
    /// A value that does not, as a noun with its article.
    let valid: String

    init(_ keyword: String, _ meaning: String, _ source: String, _ schema: String, _ value: String, _ valid: String) {
        self.keyword = keyword
        self.meaning = meaning
        self.source = source
        self.schema = schema
        self.value = value
        self.valid = valid
    }

    /// The explanation of the keyword for one of the four rules.
    func explanation(_ id: String, _ rule: Rule) -> RuleExplanation {
        let (place, remedies): (String, [String]) =
            switch rule {
            case .headerKeyword:
                (
                    "a response header",
                    [
                        "return \(valid) in the header",
                        "if the value is right, correct `\(keyword)` of the header's schema in the contract",
                    ]
                )
            case .requestKeyword:
                (
                    "the request",
                    [
                        "send \(valid): correct the row or its body",
                        "if the request must violate the contract, write `invalid` in the column `opts`",
                    ]
                )
            case .webhookKeyword:
                (
                    "a delivery",
                    [
                        "send \(valid) in the delivery",
                        "if the value is right, correct `\(keyword)` of the webhook in the contract",
                    ]
                )
            default:
                (
                    "the response body",
                    [
                        "return \(valid)",
                        "if the value is right, correct `\(keyword)` in the contract, with an overlay if it is not yours",
                    ]
                )
            }
        return RuleExplanation(
            id: id, severity: rule.severity, summary: "a value in \(place) violates `\(keyword)`", meaning: meaning,
            source: source, basis: "A value is valid only if it satisfies each keyword of its schema.",
            example: ["schema  \(schema)", "value   \(value)"], remedies: remedies)
    }
}

extension KeywordText {
    /// The section of JSON Schema Validation.
    private static func validation(_ section: String) -> String {
        "JSON Schema 2020-12 Validation, section \(section)"
    }

    /// The section of JSON Schema Core.
    private static func core(_ section: String) -> String { "JSON Schema 2020-12 Core, section \(section)" }

    /// Every keyword that a value can violate.
    static let all: [KeywordText] = values + numbers + strings + arrays + objects + combinations

    private static let values = [
        KeywordText(
            "type", "The value has another JSON type than the schema allows. 1.0 is an integer; \"1\" is not a number.",
            validation("6.1.1"), "{type: number}", "\"2.5\"", "a value of an allowed type"),
        KeywordText(
            "enum", "The value is not one of the listed values.", validation("6.1.2"), "{enum: [sent, lost]}",
            "\"gone\"", "one of the listed values"),
        KeywordText(
            "const", "The value differs from the only allowed value.", validation("6.1.3"), "{const: parcel}",
            "\"letter\"", "the declared value"),
        KeywordText(
            "nullable", "The value is null, and the schema does not allow null.",
            "OpenAPI 3.0.4, section 4.7.24 Schema Object, nullable", "{type: string, nullable: false}", "null",
            "a value that is not null"),
        KeywordText(
            "format", "The string or number does not have the declared format, such as date-time, uuid or int32.",
            validation("7.3"), "{type: string, format: date-time}", "\"tomorrow\"", "a value in the declared format"),
        KeywordText(
            "contentEncoding", "The string is not encoded as declared.", validation("8.3"),
            "{type: string, contentEncoding: base64}", "\"a b\"", "a string in the declared encoding"),
        KeywordText(
            "contentMediaType", "The string does not contain the declared media type.", validation("8.4"),
            "{type: string, contentMediaType: application/json}", "\"{\"", "a string of the declared media type"),
        KeywordText(
            "readOnly", "A request contains a value that only the server may set.",
            "OpenAPI 3.1.1, section 4.8.24 Schema Object; JSON Schema 2020-12 Validation, section 9.4",
            "{properties: {id: {readOnly: true}}}", "{\"id\": \"P-1\"}", "an object without this member"),
        KeywordText(
            "writeOnly", "A response contains a value that only requests may contain, such as a password.",
            "OpenAPI 3.1.1, section 4.8.24 Schema Object; JSON Schema 2020-12 Validation, section 9.4",
            "{properties: {pin: {writeOnly: true}}}", "{\"pin\": \"1234\"}", "an object without this member"),
        KeywordText(
            "false", "The schema is `false`, or a member that it forbids: no value is valid here.", core("4.3.2"),
            "{properties: {legacy: false}}", "{\"legacy\": 1}", "an object without this value"),
    ]

    private static let numbers = [
        KeywordText(
            "minimum", "The number is less than the limit.", validation("6.2.4"), "{minimum: 1}", "0",
            "a number that is not less than the limit"),
        KeywordText(
            "maximum", "The number is greater than the limit.", validation("6.2.2"), "{maximum: 100}", "101",
            "a number that is not greater than the limit"),
        KeywordText(
            "exclusiveMinimum", "The number is not greater than the limit.", validation("6.2.5"),
            "{exclusiveMinimum: 0}", "0", "a number that is greater than the limit"),
        KeywordText(
            "exclusiveMaximum", "The number is not less than the limit.", validation("6.2.3"),
            "{exclusiveMaximum: 100}", "100", "a number that is less than the limit"),
        KeywordText(
            "multipleOf",
            "The number is not a multiple of the declared step. Decimals are exact: 19.99 is a multiple of 0.01.",
            validation("6.2.1"), "{multipleOf: 0.01}", "1.005", "a multiple of the declared step"),
    ]

    private static let strings = [
        KeywordText(
            "minLength", "The string has fewer characters than required. Unicode scalars are counted, not bytes.",
            validation("6.3.2"), "{minLength: 1}", "\"\"", "a longer string"),
        KeywordText(
            "maxLength", "The string has more characters than allowed. Unicode scalars are counted, not bytes.",
            validation("6.3.1"), "{maxLength: 3}", "\"EURO\"", "a shorter string"),
        KeywordText(
            "pattern", "No part of the string matches the regular expression (ECMA-262). Only `^` and `$` anchor it.",
            validation("6.3.3"), "{pattern: '^P-[0-9]+$'}", "\"Q-1\"", "a string that matches the pattern"),
    ]

    private static let arrays = [
        KeywordText(
            "items", "The array has more elements than `items` or `prefixItems` allow.", core("10.3.1.2"),
            "{prefixItems: [{type: string}], items: false}", "[\"a\", \"b\"]", "an array without further elements"),
        KeywordText(
            "additionalItems", "The array has more elements than `items` describes.",
            "JSON Schema draft 4 Validation, section 5.3.1", "{items: [{type: string}], additionalItems: false}",
            "[\"a\", \"b\"]", "an array without further elements"),
        KeywordText(
            "minItems", "The array has fewer elements than required.", validation("6.4.2"), "{minItems: 1}", "[]",
            "a longer array"),
        KeywordText(
            "maxItems", "The array has more elements than allowed.", validation("6.4.1"), "{maxItems: 1}", "[1, 2]",
            "a shorter array"),
        KeywordText(
            "uniqueItems", "Two elements of the array are equal. 1 and 1.0 are equal numbers.", validation("6.4.3"),
            "{uniqueItems: true}", "[1, 1.0]", "an array without equal elements"),
        KeywordText(
            "contains", "No element of the array matches the schema of `contains`.", core("10.3.1.3"),
            "{contains: {const: main}}", "[\"other\"]", "an array with a matching element"),
        KeywordText(
            "minContains", "Too few elements of the array match the schema of `contains`.", validation("6.4.5"),
            "{contains: {type: number}, minContains: 2}", "[1]", "an array with more matching elements"),
        KeywordText(
            "maxContains", "Too many elements of the array match the schema of `contains`.", validation("6.4.4"),
            "{contains: {type: number}, maxContains: 1}", "[1, 2]", "an array with fewer matching elements"),
        KeywordText(
            "unevaluatedItems", "The array has an element that no keyword of the schema or its branches describes.",
            core("11.2"), "{prefixItems: [{type: string}], unevaluatedItems: false}", "[\"a\", 1]",
            "an array with only described elements"),
    ]

    private static let objects = [
        KeywordText(
            "required", "The object lacks a required member, or a required part of the request is missing.",
            validation("6.5.3"), "{required: [id, weight]}", "{\"id\": \"P-1\"}", "every required member"),
        KeywordText(
            "additionalProperties", "The object has a member that the schema does not declare and does not allow.",
            core("10.3.2.3"), "{properties: {id: {}}, additionalProperties: false}", "{\"id\": 1, \"extra\": 2}",
            "an object with only declared members"),
        KeywordText(
            "propertyNames", "The name of a member is not allowed.", core("10.3.2.4"),
            "{propertyNames: {pattern: '^[a-z]+$'}}", "{\"A1\": 1}", "an object with only allowed names"),
        KeywordText(
            "minProperties", "The object has fewer members than required.", validation("6.5.2"), "{minProperties: 1}",
            "{}", "an object with more members"),
        KeywordText(
            "maxProperties", "The object has more members than allowed.", validation("6.5.1"), "{maxProperties: 1}",
            "{\"a\": 1, \"b\": 2}", "an object with fewer members"),
        KeywordText(
            "dependentRequired", "The object has a member that requires another one, which is missing.",
            validation("6.5.4"), "{dependentRequired: {card: [expiry]}}", "{\"card\": \"4111\"}",
            "the other member too, or neither"),
        KeywordText(
            "dependentSchemas", "The object has a member that requires a schema, which the object violates.",
            core("10.2.2.4"), "{dependentSchemas: {card: {required: [expiry]}}}", "{\"card\": \"4111\"}",
            "an object that satisfies the schema of the member"),
        KeywordText(
            "dependencies", "The object has a member that requires other members or a schema.",
            "JSON Schema draft 4 Validation, section 5.4.5", "{dependencies: {card: [expiry]}}",
            "{\"card\": \"4111\"}", "the other members too, or none of them"),
        KeywordText(
            "unevaluatedProperties", "The object has a member that no keyword of the schema or its branches describes.",
            core("11.3"), "{allOf: [{properties: {id: {}}}], unevaluatedProperties: false}",
            "{\"id\": 1, \"extra\": 2}", "an object with only described members"),
    ]

    private static let combinations = [
        KeywordText(
            "oneOf",
            "The value matches none of the alternatives, or more than one. The details list the nearest ones first.",
            core("10.2.1.3"), "{oneOf: [{required: [card]}, {required: [upi]}]}", "{\"card\": 1, \"upi\": 2}",
            "a value that matches exactly one alternative"),
        KeywordText(
            "anyOf", "The value matches none of the alternatives. The details list the nearest ones first.",
            core("10.2.1.2"), "{anyOf: [{type: string}, {type: integer}]}", "1.5",
            "a value that matches an alternative"),
        KeywordText(
            "allOf", "The value violates one of the schemas that it must satisfy together.", core("10.2.1.1"),
            "{allOf: [{required: [id]}, {required: [weight]}]}", "{\"id\": 1}", "a value that matches all schemas"),
        KeywordText(
            "not", "The value matches the schema that it must not match.", core("10.2.1.4"), "{not: {type: 'null'}}",
            "null", "a value that does not match the schema of `not`"),
        KeywordText(
            "then", "The value matches the schema of `if` and violates the one of `then`.", core("10.2.2.2"),
            "{if: {required: [card]}, then: {required: [expiry]}}", "{\"card\": 1}",
            "a value that matches the schema of `then`"),
        KeywordText(
            "else", "The value does not match the schema of `if` and violates the one of `else`.", core("10.2.2.3"),
            "{if: {required: [card]}, else: {required: [upi]}}", "{}", "a value that matches the schema of `else`"),
        KeywordText(
            "$ref", "The value violates the schema that the reference names.", core("8.2.3.1"),
            "{$ref: '#/components/schemas/Parcel'}", "{}", "a value that matches the referenced schema"),
    ]
}
