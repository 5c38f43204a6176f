import Diagnostics
import JSONDocument
import JSONSchema
import Testing

/// One line per keyword: a schema, a value that breaks it, and the whole issue.
@Suite("Messages")
struct MessageTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let schema: String
        let value: String
        let issues: [String]
        var testDescription: String { "\(schema) \(value)" }

        init(_ schema: String, _ value: String, _ issues: String...) {
            (self.schema, self.value, self.issues) = (schema, value, issues)
        }
    }

    static let both: [Row] = [
        Row(#"{"type": "number"}"#, #""a""#, " type: is a string, but the schema allows only number"),
        Row(#"{"type": "integer"}"#, "1.5", " type: is a number with a fraction, but the schema allows only integer"),
        Row(#"{"type": "object"}"#, "[]", " type: is an array, but the schema allows only object"),
        Row(
            #"{"required": ["id", "x"]}"#, "{}", #" required: lacks the required member "id""#,
            #" required: lacks the required member "x""#),
        Row(
            #"{"enum": ["A", "B", "C"]}"#, #""FOO""#, #" enum: "FOO" is not one of the 3 allowed values "A", "B", "C""#),
        Row(#"{"enum": ["A"]}"#, "1", #" enum: 1 is not the only allowed value "A""#),
        Row(#"{"enum": [1, 2, 3, 4, 5, 6, 7]}"#, "8", " enum: 8 is not one of the 7 allowed values 1, 2, 3, 4, 5, 6 …"),
        Row(#"{"minLength": 2}"#, #""a""#, " minLength: has 1 character, but at least 2 are needed"),
        Row(#"{"maxLength": 1}"#, #""ab""#, " maxLength: has 2 characters, but at most 1 is allowed"),
        Row(#"{"pattern": "^a"}"#, #""b""#, #" pattern: "b" does not match the pattern ^a"#),
        Row(#"{"format": "date"}"#, #""b""#, #" format: "b" is not in the format date"#),
        Row(#"{"format": "int32"}"#, "2147483648", " format: 2147483648 is not in the format int32"),
        Row(#"{"minimum": 1}"#, "0.5", " minimum: 0.5 is below the minimum 1"),
        Row(#"{"maximum": 1}"#, "1.5", " maximum: 1.5 is above the maximum 1"),
        Row(#"{"multipleOf": 0.01}"#, "1.001", " multipleOf: 1.001 is not a multiple of 0.01"),
        Row(#"{"minItems": 1}"#, "[]", " minItems: has no elements, but at least 1 is needed"),
        Row(#"{"maxItems": 1}"#, "[1,2]", " maxItems: has 2 elements, but at most 1 is allowed"),
        Row(#"{"uniqueItems": true}"#, "[1,2,1.0]", " uniqueItems: has the same element 1.0 at index 0 and at index 2"),
        Row(#"{"items": {"type": "string"}}"#, #"["a", 1]"#, "/1 type: is a number, but the schema allows only string"),
        Row(#"{"minProperties": 1}"#, "{}", " minProperties: has no members, but at least 1 is needed"),
        Row(#"{"maxProperties": 0}"#, #"{"a": 1}"#, " maxProperties: has 1 member, but at most 0 are allowed"),
        Row(
            #"{"properties": {"a/b": {"type": "string"}}}"#, #"{"a/b": null}"#,
            "/a~1b type: is null, but the schema allows only string"),
        Row(
            #"{"additionalProperties": false}"#, #"{"a": 1}"#,
            #" additionalProperties: has the member "a", which the schema does not allow"#),
        Row(
            #"{"additionalProperties": {"type": "string"}}"#, #"{"a": 1}"#,
            "/a type: is a number, but the schema allows only string"),
        Row(#"{"not": {"type": "string"}}"#, #""a""#, " not: satisfies the schema under not, which it must not"),
        Row(
            #"{"allOf": [{"minimum": 2}, {"minimum": 3}]}"#, "1", " minimum: 1 is below the minimum 2",
            " minimum: 1 is below the minimum 3"),
        Row(#"{"anyOf": [{"type": "string"}, {"minimum": 3}]}"#, "1", " anyOf: satisfies none of the 2 alternatives"),
        Row(#"{"oneOf": [{"type": "string"}, {"minimum": 3}]}"#, "1", " oneOf: satisfies none of the 2 alternatives"),
        Row(
            #"{"oneOf": [{"type": "number"}, {"minimum": 3}, {"type": "string"}]}"#, "4",
            " oneOf: satisfies the alternatives 1 and 2, but only one may apply"),
    ]

    static let later: [Row] = [
        Row("false", "1", " false: is not allowed here: the schema is false"),
        Row(#"{"type": ["string", "null"]}"#, "1", " type: is a number, but the schema allows only string or null"),
        Row(#"{"const": {"a": 1}}"#, "1", #" const: 1 is not the only allowed value {"a":1}"#),
        Row(#"{"exclusiveMinimum": 1}"#, "1", " exclusiveMinimum: 1 is not above 1"),
        Row(#"{"exclusiveMaximum": 1}"#, "1", " exclusiveMaximum: 1 is not below 1"),
        Row(
            #"{"prefixItems": [true], "items": false}"#, "[1,2]",
            " items: has 2 elements, but the schema allows only the first 1"),
        Row(
            #"{"contains": {"type": "string"}}"#, "[1]",
            " contains: has no elements of the required kind, but at least 1 is needed"),
        Row(
            #"{"contains": {"type": "number"}, "minContains": 2}"#, "[1]",
            " minContains: has 1 element of the required kind, but at least 2 are needed"),
        Row(
            #"{"contains": {"type": "number"}, "maxContains": 1}"#, "[1,2]",
            " maxContains: has 2 elements of the required kind, but at most 1 is allowed"),
        Row(
            #"{"patternProperties": {"^a": {"type": "string"}}}"#, #"{"ab": 1}"#,
            "/ab type: is a number, but the schema allows only string"),
        Row(
            #"{"propertyNames": {"maxLength": 1}}"#, #"{"ab": 1}"#,
            " propertyNames: has a member name that the schema does not allow: has 2 characters, but at most 1 is allowed"
        ),
        Row(
            #"{"dependentRequired": {"a": ["b"]}}"#, #"{"a": 1}"#,
            #" dependentRequired: lacks the member "b", which "a" requires"#),
        Row(
            #"{"dependentSchemas": {"a": {"required": ["b"]}}}"#, #"{"a": 1}"#,
            #" required: lacks the required member "b""#),
        Row(#"{"if": {"type": "number"}, "then": {"minimum": 2}}"#, "1", " minimum: 1 is below the minimum 2"),
        Row(
            #"{"if": {"type": "number"}, "else": {"minLength": 2}}"#, #""a""#,
            " minLength: has 1 character, but at least 2 are needed"),
        Row(
            #"{"properties": {"a": true}, "unevaluatedProperties": false}"#, #"{"a": 1, "b": 2}"#,
            #" unevaluatedProperties: has the member "b", which the schema does not allow"#),
        Row(
            #"{"prefixItems": [true], "unevaluatedItems": false}"#, "[1,2]",
            " unevaluatedItems: has an element at index 1, which the schema does not describe"),
    ]

    @Test("each keyword has the same message in both dialects", arguments: both)
    func shared(row: Row) throws {
        #expect(try compile(row.schema).issues(row.value) == row.issues)
        #expect(try compile(row.schema, .openAPI30).issues(row.value) == row.issues)
    }

    @Test("each keyword of 2020-12 has a message", arguments: later)
    func draft202012(row: Row) throws {
        #expect(try compile(row.schema).issues(row.value) == row.issues)
    }

    @Test("OpenAPI 3.0: messages for nullable and the boolean exclusive bounds")
    func openAPI30() throws {
        let nullable = try compile(#"{"type": "string", "nullable": true}"#, .openAPI30)
        #expect(try nullable.outcome("null") == .valid)
        #expect(try nullable.issues("1") == [" type: is a number, but the schema allows only string or null"])
        let bound = try compile(#"{"minimum": 0, "exclusiveMinimum": true}"#, .openAPI30)
        #expect(try bound.issues("0") == [" minimum: 0 is not above 0"])
    }

    @Test("an issue names the places of value and keyword, the expected and the received value")
    func places() throws {
        let schema = try compile(
            """
            {
              "properties": {
                "a": {"items":
                  {"minimum": 3}
                }
              }
            }
            """)
        let issue = try #require(try schema.report("{\"a\":\n  [4, 2]}").issues.first)
        #expect(issue.kind == .violation)
        #expect(issue.pointer.description == "/a/1")
        #expect(issue.position == TextPosition(line: 2, column: 7, offset: 12))
        #expect(issue.schema.pointer.description == "/properties/a/items/minimum")
        #expect(issue.schema.uri == "test:///schema.json")
        #expect(issue.location.description == "schema.json:4:8")
        #expect(issue.expected == "at least 3")
        #expect(issue.actual == "2")
    }

    @Test("a missing member is named, and the place is that of its object")
    func missing() throws {
        let issue = try #require(try compile(#"{"required": ["id"]}"#).report("{}").issues.first)
        #expect(issue.property == "id")
        #expect(issue.pointer == .root)
        #expect(issue.expected == #"a member "id""#)
        #expect(issue.actual == "{}")
    }

    @Test("long values are cut")
    func excerpts() throws {
        let schema = try compile(#"{"type": "null"}"#)
        let text = try #require(
            try schema.report("\"" + String(repeating: "x", count: 500) + "\"").issues.first?.actual)
        #expect(text == "\"" + String(repeating: "x", count: 100) + "…\"")
        #expect(
            try schema.report("[" + String(repeating: "1,", count: 200) + "1]").issues.first?.actual
                == "an array of 201 elements")
        #expect(try schema.report(#"{"a": "\u0007\u2028"}"#).issues.first?.actual == #"{"a":"\u0007\u2028"}"#)
    }
}
