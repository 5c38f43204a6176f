import JSONDocument
import JSONSchema
import Testing

/// For each keyword: values that satisfy it and values that do not.
@Suite("Keywords")
struct KeywordTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let schema: String
        let valid: [String]
        let invalid: [String]
        var testDescription: String { schema }

        init(_ schema: String, _ valid: [String], not invalid: [String]) {
            (self.schema, self.valid, self.invalid) = (schema, valid, invalid)
        }
    }

    /// Alike in OpenAPI 3.0 and 2020-12.
    static let both: [Row] = [
        Row("{}", ["null", "1", "{}", "[]"], not: []),
        Row(#"{"type": "string"}"#, [#""""#], not: ["1", "null", "true", "[]", "{}"]),
        Row(#"{"type": "integer"}"#, ["1", "1.0", "1e2", "-0", "1e400"], not: ["1.5", "1e-1", #""1""#, "true"]),
        Row(#"{"type": "number"}"#, ["1", "1.5", "-0.0"], not: [#""1""#, "null"]),
        Row(#"{"type": "boolean"}"#, ["true", "false"], not: ["0", #""true""#]),
        Row(
            #"{"enum": [1, "a", null, {"a": [1]}]}"#, ["1.0", #""a""#, "null", #"{"a":[1e0]}"#],
            not: ["2", #""b""#, "{}", "true"]),
        Row(#"{"enum": [{"a": 1, "b": 2}]}"#, [#"{"b": 2.0, "a": 1}"#], not: [#"{"a": 1}"#, #"{"a": 2, "b": 1}"#]),
        Row(#"{"enum": [[1, [2]]]}"#, ["[1,[2]]"], not: ["[[2],1]", "[1,2]"]),
        Row(#"{"minLength": 1, "maxLength": 2}"#, [#""é""#, #""e\u0301""#, #""💩💩""#, "7"], not: [#""""#, #""abc""#]),
        Row(#"{"minLength": 1.0}"#, [#""a""#], not: [#""""#]),
        Row(#"{"pattern": "^[a-z]+$"}"#, [#""abc""#, "1"], not: [#""aB""#, #""abc\n""#, #""""#]),
        Row(#"{"pattern": "b"}"#, [#""abc""#], not: [#""a""#]),
        Row(
            #"{"minimum": -1.5, "maximum": 10}"#, ["-1.5", "10", "1e1", #""x""#],
            not: ["-1.6", "10.0000000000000000001", "1e2"]),
        Row(#"{"multipleOf": 0.01}"#, ["19.99", "0", "1e300", "-0.07"], not: ["0.001", "19.995"]),
        Row(#"{"multipleOf": 3}"#, ["0", "9", "-3.0", "3e1"], not: ["1", "3.5"]),
        Row(#"{"minItems": 1, "maxItems": 2}"#, ["[1]", "[1,2]", "{}"], not: ["[]", "[1,2,3]"]),
        Row(#"{"items": {"type": "integer"}}"#, ["[]", "[1,2]", "{}"], not: [#"[1,"a"]"#, "[null]"]),
        Row(
            #"{"uniqueItems": true}"#,
            ["[]", "[1,true,\"1\",[1],{\"a\":1}]", #"["é","e\u0301"]"#, "[1,2,3,4,5,6,7,8,9,10]"],
            not: ["[1,1.0]", #"[{"a":1,"b":2},{"b":2,"a":1}]"#, "[[],[]]", "[1,2,3,4,5,6,7,8,9,10,1e1]"]),
        Row(#"{"uniqueItems": false}"#, ["[1,1]"], not: []),
        Row(#"{"required": ["a"]}"#, [#"{"a": null}"#, "[]", "1"], not: ["{}", #"{"A": 1}"#]),
        Row(#"{"required": []}"#, ["{}"], not: []),
        Row(#"{"minProperties": 1, "maxProperties": 1}"#, [#"{"a": 1}"#, "[]"], not: ["{}", #"{"a": 1, "b": 2}"#]),
        Row(
            #"{"properties": {"a": {"type": "string"}}}"#, ["{}", #"{"a": "x"}"#, #"{"b": 1}"#, "[]"],
            not: [#"{"a": 1}"#]),
        Row(
            #"{"properties": {"a\"\u0001": {"type": "string"}}}"#, [#"{"a\"\u0001": ""}"#],
            not: [#"{"\u0061\u0022\u0001": 1}"#]),
        Row(#"{"properties": {"": {"type": "string"}}}"#, [#"{"": ""}"#], not: [#"{"": 1}"#]),
        Row(
            #"{"additionalProperties": {"type": "string"}, "properties": {"a": {}}}"#, [#"{"a": 1, "b": ""}"#],
            not: [#"{"a": 1, "b": 1}"#]),
        Row(#"{"additionalProperties": false, "required": ["a"]}"#, [], not: [#"{"a": 1}"#, "{}"]),
        Row(#"{"allOf": [{"minimum": 1}, {"maximum": 2}]}"#, ["1", "2"], not: ["0", "3"]),
        Row(#"{"anyOf": [{"minimum": 5}, {"maximum": 2}]}"#, ["1", "6"], not: ["3"]),
        Row(#"{"oneOf": [{"minimum": 2}, {"maximum": 5}]}"#, ["1", "6"], not: ["3"]),
        Row(#"{"not": {"type": "string"}}"#, ["1"], not: [#""""#]),
        Row(#"{"not": {"not": {"type": "string"}}}"#, [#""""#], not: ["1"]),
        Row(#"{"type": "object", "default": 1, "example": 2, "x-y": 3}"#, ["{}"], not: ["1"]),
    ]

    static let later: [Row] = [
        Row("true", ["null", "{}"], not: []),
        Row("false", [], not: ["null", "{}"]),
        Row(#"{"type": ["integer", "string"]}"#, ["1", #""a""#], not: ["1.5", "null"]),
        Row(#"{"type": ["integer", "number"]}"#, ["1.5"], not: ["null"]),
        Row(#"{"type": []}"#, [], not: ["null", "1"]),
        Row(#"{"const": 1}"#, ["1", "1.0"], not: ["2", "true", #""1""#]),
        Row(#"{"const": null}"#, ["null"], not: ["0", "false"]),
        Row(#"{"exclusiveMinimum": 1, "exclusiveMaximum": 2}"#, ["1.5"], not: ["1", "2"]),
        Row(#"{"minimum": 1, "exclusiveMinimum": 0}"#, ["1"], not: ["0.5"]),
        Row(
            #"{"prefixItems": [{"type": "integer"}, {"type": "string"}], "items": false}"#, ["[]", "[1]", #"[1,"a"]"#],
            not: [#"["a"]"#, #"[1,"a",2]"#]),
        Row(
            #"{"contains": {"minimum": 5}, "minContains": 2, "maxContains": 3}"#, ["[5,6]", "[1,5,6,7]", "{}"],
            not: ["[5]", "[5,6,7,8]", "[]"]),
        Row(#"{"contains": {"minimum": 5}, "minContains": 0}"#, ["[]", "[1]"], not: []),
        Row(#"{"contains": {"minimum": 5}, "minContains": 0, "maxContains": 1}"#, ["[]", "[5]"], not: ["[5,6]"]),
        Row(#"{"minContains": 2, "maxContains": 1}"#, ["[]"], not: []),
        Row(
            #"{"patternProperties": {"^a": {"type": "integer"}, "b$": {"minimum": 5}}, "additionalProperties": false}"#,
            [#"{"a": 1, "ab": 5, "b": 6}"#], not: [#"{"ab": 4}"#, #"{"c": 1}"#]),
        Row(#"{"propertyNames": {"pattern": "^a"}}"#, ["{}", #"{"ab": 1}"#], not: [#"{"ba": 1}"#]),
        Row(#"{"propertyNames": false}"#, ["{}"], not: [#"{"a": 1}"#]),
        Row(
            #"{"dependentRequired": {"a": ["b"]}}"#, ["{}", #"{"b": 1}"#, #"{"a": 1, "b": 1}"#, "1"],
            not: [#"{"a": 1}"#]),
        Row(
            #"{"dependentSchemas": {"a": {"maxProperties": 1}}}"#, [#"{"a": 1}"#, #"{"b": 1, "c": 1}"#],
            not: [#"{"a": 1, "b": 1}"#]),
        Row(#"{"dependencies": {"a": ["b"], "c": false}}"#, [#"{"a": 1, "b": 1}"#], not: [#"{"a": 1}"#, #"{"c": 1}"#]),
        Row(
            #"{"if": {"minimum": 5}, "then": {"multipleOf": 5}, "else": {"multipleOf": 2}}"#, ["5", "10", "2"],
            not: ["6", "3"]),
        Row(#"{"then": false, "else": false}"#, ["1"], not: []),
        Row(
            #"{"contentEncoding": "base64", "contentMediaType": "application/json", "contentSchema": false}"#,
            [#""!""#, "1"], not: []),
        Row(
            #"{"$schema": "https://json-schema.org/draft/2019-09/schema", "items": [{"type": "string"}], "additionalItems": false}"#,
            [#"["a"]"#], not: ["[1]", #"["a", 1]"#]),
    ]

    static let unevaluated: [Row] = [
        Row(#"{"properties": {"a": {}}, "unevaluatedProperties": false}"#, [#"{"a": 1}"#, "1"], not: [#"{"b": 1}"#]),
        Row(
            #"{"allOf": [{"properties": {"a": {}}}], "unevaluatedProperties": {"type": "string"}}"#,
            [#"{"a": 1, "b": ""}"#], not: [#"{"b": 1}"#]),
        Row(
            #"{"anyOf": [{"properties": {"a": {"const": 1}}, "required": ["a"]}, {"properties": {"b": {"const": 1}}, "required": ["b"]}], "unevaluatedProperties": false}"#,
            [#"{"a": 1}"#, #"{"a": 1, "b": 1}"#], not: [#"{"a": 1, "b": 2}"#, #"{"a": 1, "c": 1}"#]),
        Row(
            #"{"if": {"properties": {"a": {"const": 1}}, "required": ["a"]}, "then": {"properties": {"b": {}}}, "unevaluatedProperties": false}"#,
            [#"{"a": 1, "b": 1}"#, "{}"], not: [#"{"a": 2}"#, #"{"b": 1}"#]),
        Row(
            #"{"not": {"not": {"properties": {"a": {}}}}, "unevaluatedProperties": false}"#, ["{}"], not: [#"{"a": 1}"#]
        ),
        Row(#"{"allOf": [{"unevaluatedProperties": true}], "unevaluatedProperties": false}"#, [#"{"a": 1}"#], not: []),
        Row(
            #"{"dependentSchemas": {"a": {"properties": {"a": {}, "b": {}}}}, "unevaluatedProperties": false}"#,
            [#"{"a": 1, "b": 1}"#], not: [#"{"b": 1}"#]),
        Row(#"{"prefixItems": [{}], "unevaluatedItems": false}"#, ["[1]", "{}"], not: ["[1,2]"]),
        Row(
            #"{"contains": {"type": "string"}, "unevaluatedItems": {"type": "integer"}}"#, [#"["a", 1]"#],
            not: [#"["a", true]"#]),
        Row(#"{"allOf": [{"items": {}}], "unevaluatedItems": false}"#, ["[1,2]"], not: []),
        Row(
            ##"{"$ref": "#/$defs/a", "unevaluatedItems": false, "$defs": {"a": {"prefixItems": [{"type": "string"}]}}}"##,
            [#"["a"]"#], not: [#"["a", 1]"#]),
    ]

    @Test("keywords that both dialects have", arguments: both)
    func shared(row: Row) throws {
        try judge(row, by: compile(row.schema, .openAPI30))
        try judge(row, by: compile(row.schema))
    }

    @Test("keywords of 2020-12", arguments: later)
    func draft202012(row: Row) throws {
        try judge(row, by: compile(row.schema))
    }

    @Test("unevaluated members and elements", arguments: unevaluated)
    func leftOver(row: Row) throws {
        try judge(row, by: compile(row.schema))
    }

    @Test(
        "keywords of OpenAPI 3.0",
        arguments: [
            Row(#"{"type": "string", "nullable": true}"#, ["null", #""""#], not: ["1"]),
            Row(#"{"type": "string", "nullable": true, "enum": ["a"]}"#, [#""a""#], not: ["null"]),
            Row(#"{"nullable": false}"#, ["null"], not: []),
            Row(#"{"minimum": 1, "exclusiveMinimum": true}"#, ["1.1"], not: ["1"]),
            Row(#"{"maximum": 1, "exclusiveMaximum": false}"#, ["1"], not: ["1.1"]),
            Row(#"{"exclusiveMaximum": true}"#, ["1"], not: []),
            Row(#"{"const": 1, "if": false, "prefixItems": [false]}"#, ["2", "[1]"], not: []),
        ])
    func openAPI30(row: Row) throws {
        try judge(row, by: compile(row.schema, .openAPI30))
    }

    private func judge(_ row: Row, by schema: CompiledSchema) throws {
        for value in row.valid {
            #expect(try schema.outcome(value) == .valid, "\(row.schema): \(value)")
            #expect(try schema.issues(value).isEmpty, "\(row.schema): \(value)")
        }
        for value in row.invalid {
            #expect(try schema.outcome(value) == .invalid, "\(row.schema): \(value)")
            #expect(try !schema.issues(value).isEmpty, "\(row.schema): \(value)")
        }
    }

    @Test(
        "a schema says of itself whether it accepts every string",
        arguments: [
            ("{}", true), (#"{"type": "string"}"#, true), (#"{"type": ["string", "null"]}"#, true), ("true", true),
            ("false", false), (#"{"type": "integer"}"#, false), (#"{"minLength": 1}"#, false),
            (#"{"type": "string", "format": "date"}"#, false), (#"{"enum": ["a"]}"#, false),
            (#"{"not": {"type": "string"}}"#, false),
        ])
    func everyString(schema: String, accepts: Bool) throws {
        #expect(try compile(schema).acceptsEveryString == accepts)
    }
}
