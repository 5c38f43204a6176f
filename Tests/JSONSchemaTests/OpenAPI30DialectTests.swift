import JSONDocument
import JSONSchema
import Testing

/// What the Schema Object of OpenAPI 3.0 means where it differs from JSON Schema 2020-12 (OpenAPI 3.0.4, section 4.7.24).
@Suite("The dialect of OpenAPI 3.0")
struct OpenAPI30DialectTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let schema: String
        let valid: [String]
        let invalid: [String]

        init(_ name: String, _ schema: String, _ valid: [String], not invalid: [String]) {
            self.name = name
            self.schema = schema
            self.valid = valid
            self.invalid = invalid
        }

        var testDescription: String { name }
    }

    static let rows = [
        Row("nullable text", #"{"type": "string", "nullable": true}"#, ["null", #""a""#], not: ["1", "[]"]),
        Row(
            "nullable integer", #"{"type": "integer", "nullable": true, "minimum": 1}"#, ["null", "1", "1.0"],
            not: ["0", #""""#]),
        Row(
            "nullable array", #"{"type": "array", "nullable": true, "items": {"type": "integer"}, "minItems": 1}"#,
            ["null", "[1]"], not: ["[]", "[null]"]),
        Row(
            "nullable object", #"{"type": "object", "nullable": true, "required": ["a"]}"#, ["null", #"{"a": 1}"#],
            not: ["{}", "[]"]),
        Row(
            "nullable items", #"{"type": "array", "items": {"type": "integer", "nullable": true}}"#, ["[null, 1]"],
            not: ["null", #"["a"]"#]),
        Row(
            "nullable property", #"{"type": "object", "properties": {"a": {"type": "string", "nullable": true}}}"#,
            [#"{"a": null}"#, "{}"], not: [#"{"a": 1}"#, "null"]),
        Row("nullable false", #"{"type": "string", "nullable": false}"#, [#""a""#], not: ["null"]),
        Row("no nullable", #"{"type": "string"}"#, [#""a""#], not: ["null"]),
        Row(
            "nullable without a type says nothing", #"{"nullable": true}"#, ["null", "1", #""a""#, "[]", "{}"], not: []),
        Row(
            "nullable does not add null to enum", #"{"type": "string", "nullable": true, "enum": ["a"]}"#, [#""a""#],
            not: ["null", #""b""#]),
        Row(
            "nullable with null in enum", #"{"type": "string", "nullable": true, "enum": ["a", null]}"#,
            [#""a""#, "null"], not: [#""b""#]),
        Row("null in enum without nullable", #"{"type": "string", "enum": ["a", null]}"#, [#""a""#], not: ["null"]),
        Row(
            "nullable does not reach through allOf", #"{"nullable": true, "allOf": [{"type": "string"}]}"#, [#""a""#],
            not: ["null"]),
        Row(
            "nullable beside a type and allOf", #"{"type": "string", "nullable": true, "allOf": [{"maxLength": 1}]}"#,
            ["null", #""a""#], not: [#""ab""#]),
        Row(
            "nullable in one branch", #"{"anyOf": [{"type": "string"}, {"type": "integer", "nullable": true}]}"#,
            ["null", "1", #""a""#], not: ["true"]),
        Row("exclusiveMinimum true", #"{"minimum": 1, "exclusiveMinimum": true}"#, ["1.1", #""x""#], not: ["1", "0"]),
        Row("exclusiveMinimum false", #"{"minimum": 1, "exclusiveMinimum": false}"#, ["1"], not: ["0.9"]),
        Row("exclusiveMaximum true", #"{"maximum": 1, "exclusiveMaximum": true}"#, ["0.9"], not: ["1", "2"]),
        Row("exclusiveMaximum false", #"{"maximum": 1, "exclusiveMaximum": false}"#, ["1"], not: ["1.1"]),
        Row("exclusiveMinimum alone", #"{"exclusiveMinimum": true}"#, ["0", "-1"], not: []),
        Row(
            "both bounds exclusive",
            #"{"minimum": 0, "exclusiveMinimum": true, "maximum": 1, "exclusiveMaximum": true}"#, ["0.5"],
            not: ["0", "1"]),
        Row(
            "additionalProperties false", #"{"properties": {"a": {}}, "additionalProperties": false}"#,
            [#"{"a": 1}"#, "{}"], not: [#"{"b": 1}"#]),
        Row(
            "additionalProperties schema", #"{"additionalProperties": {"type": "integer", "nullable": true}}"#,
            [#"{"a": null}"#], not: [#"{"a": "x"}"#]),
        Row(
            "additionalProperties does not see allOf",
            #"{"allOf": [{"properties": {"a": {}}}], "additionalProperties": false}"#, ["{}"], not: [#"{"a": 1}"#]),
        Row("multipleOf", #"{"type": "number", "multipleOf": 0.01}"#, ["19.99", "0"], not: ["0.005"]),
        Row(
            "int32", #"{"type": "integer", "format": "int32"}"#, ["2147483647", "-2147483648", "0", "1e3"],
            not: ["2147483648", "-2147483649", "1.5"]),
        Row(
            "int64", #"{"type": "integer", "format": "int64"}"#, ["9223372036854775807", "-9223372036854775808"],
            not: ["9223372036854775808", "-9223372036854775809"]),
        Row("float and double", #"{"type": "number", "format": "double"}"#, ["1.5", "-1e308", "0"], not: [#""1.5""#]),
        Row(
            "byte", #"{"type": "string", "format": "byte"}"#, [#""""#, #""QUJD""#, #""QQ==""#],
            not: [#""Q""#, #""QQ=""#, #""Q*==""#, #""QUJD\n""#]),
        Row(
            "a format of strings on another type", #"{"type": "integer", "format": "date"}"#, ["1"],
            not: [#""2024-01-01""#]),
        Row(
            "oneOf with overlapping branches", #"{"oneOf": [{"type": "integer"}, {"type": "number"}]}"#, ["1.5"],
            not: ["1", #""a""#]),
        Row("not", #"{"not": {"type": "string"}}"#, ["1", "null"], not: [#""a""#]),
        Row("uniqueItems", #"{"type": "array", "items": {}, "uniqueItems": true}"#, ["[1, 2]"], not: ["[1, 1.0]"]),
        Row(
            "items of arrays", #"{"type": "array", "items": {"type": "array", "items": {"type": "boolean"}}}"#,
            ["[[true], []]"], not: ["[[1]]", "[true]"]),
        Row(
            "default and example say nothing", #"{"type": "integer", "default": "x", "example": []}"#, ["1"],
            not: [#""x""#]),
        Row(
            "title, description and extensions say nothing",
            #"{"title": "t", "description": "d", "x-a": {"type": "string"}}"#, ["1", "null"], not: []),
        Row(
            "a pattern with a needless escape", #"{"type": "string", "pattern": "^a\\-b\\@c$"}"#, [#""a-b@c""#],
            not: [#""ab@c""#]),
        Row(
            "maxProperties", #"{"type": "object", "maxProperties": 1, "minProperties": 1}"#, [#"{"a": 1}"#],
            not: ["{}", #"{"a": 1, "b": 2}"#]),
    ]

    @Test("a schema accepts and rejects what OpenAPI 3.0 says", arguments: rows)
    func verdicts(row: Row) throws {
        let schema = try compile(row.schema, .openAPI30)
        for (texts, expected) in [(row.valid, SchemaOutcome.valid), (row.invalid, .invalid)] {
            for text in texts {
                #expect(try schema.outcome(text) == expected, "\(text)")
                #expect(try schema.report(text).issues.isEmpty == (expected == .valid), "\(text)")
            }
        }
    }

    struct Access: Sendable, CustomTestStringConvertible {
        let name: String
        let schema: String
        let value: String
        let request: SchemaOutcome
        let response: SchemaOutcome

        init(_ name: String, _ schema: String, _ value: String, request: SchemaOutcome, response: SchemaOutcome) {
            self.name = name
            self.schema = schema
            self.value = value
            self.request = request
            self.response = response
        }

        var testDescription: String { "\(name): \(value)" }
    }

    private static let readOnly =
        #"{"type": "object", "required": ["id"], "properties": {"id": {"type": "string", "readOnly": true}}}"#
    private static let writeOnly =
        #"{"type": "object", "required": ["pin"], "properties": {"pin": {"type": "string", "writeOnly": true}}}"#
    private static let nested =
        #"{"type": "object", "properties": {"in": {"type": "object", "required": ["id", "pin"], "properties": {"id": {"readOnly": true}, "pin": {"writeOnly": true}}}}}"#

    @Test(
        "readOnly and writeOnly depend on the direction",
        arguments: [
            Access(
                "a required readOnly member may be missing from a request", readOnly, "{}", request: .valid,
                response: .invalid),
            Access(
                "a readOnly member with a wrong type", readOnly, #"{"id": 1}"#, request: .invalid, response: .invalid),
            Access("a readOnly member in a response", readOnly, #"{"id": "a"}"#, request: .valid, response: .valid),
            Access(
                "a required writeOnly member may be missing from a response", writeOnly, "{}", request: .invalid,
                response: .valid),
            Access("a writeOnly member in a request", writeOnly, #"{"pin": "a"}"#, request: .valid, response: .valid),
            Access(
                "a nested object without the writeOnly member", nested, #"{"in": {"id": 1}}"#, request: .invalid,
                response: .valid),
            Access(
                "a nested object without the readOnly member", nested, #"{"in": {"pin": 1}}"#, request: .valid,
                response: .invalid),
        ])
    func directions(access: Access) throws {
        let schema = try compile(access.schema, .openAPI30)
        for (direction, expected) in [
            (ValidationOptions.Direction.request, access.request), (.response, access.response),
        ] {
            // Whether a member that should not be there is an issue of its own is another test's subject.
            let issues = try schema.report(access.value, ValidationOptions(direction: direction)).issues
                .filter { $0.keyword != "readOnly" && $0.keyword != "writeOnly" }
            #expect(issues.isEmpty == (expected == .valid), "\(direction): \(issues.map(\.line))")
        }
    }
}
