import JSONDocument
import JSONSchema
import Testing

/// `readOnly` and `writeOnly` are annotations of the schemas that apply.
@Suite("Access marks")
struct AccessMarkTests {
    static let marked = #"{"type": "string", "writeOnly": true}"#

    @Test(
        "a mark never decides validity, and counts where its schema applies",
        arguments: [
            // The alternative with the mark applies: the value is refused, and the alternatives stay as they are.
            (#"{"anyOf": [{"properties": {"p": M}}, {"properties": {"n": {}}}]}"#, #"{"p": "x"}"#, ["/p writeOnly"]),
            (
                #"{"oneOf": [{"required": ["p"], "properties": {"p": M}}, {"required": ["n"]}]}"#, #"{"p": "x"}"#,
                ["/p writeOnly"]
            ),
            (
                #"{"oneOf": [{"properties": {"p": M}}, {"properties": {"n": {}}}]}"#, #"{"p": "x"}"#,
                [" oneOf", "/p writeOnly"]
            ),
            // It does not apply.
            (#"{"properties": {"p": {"anyOf": [{"type": "integer"}, M]}}}"#, #"{"p": 1}"#, []),
            (#"{"properties": {"p": {"anyOf": [{"type": "integer"}, M]}}}"#, #"{"p": "x"}"#, ["/p writeOnly"]),
            (#"{"properties": {"p": {"not": {"type": "integer", "writeOnly": true}}}}"#, #"{"p": "x"}"#, []),
            (#"{"not": {"properties": {"p": M}}}"#, #"{"p": "x"}"#, [" not"]),
            (#"{"if": {"required": ["a"]}, "then": {"properties": {"p": M}}}"#, #"{"p": "x"}"#, []),
            (
                #"{"if": {"required": ["a"]}, "then": {"properties": {"p": M}}}"#, #"{"a": 1, "p": "x"}"#,
                ["/p writeOnly"]
            ),
            (#"{"dependentSchemas": {"a": {"properties": {"p": M}}}}"#, #"{"p": "x"}"#, []),
            (#"{"dependentSchemas": {"a": {"properties": {"p": M}}}}"#, #"{"a": 1, "p": "x"}"#, ["/p writeOnly"]),
            // Every keyword that describes members and elements.
            (#"{"patternProperties": {"^p": M}}"#, #"{"pin": "x"}"#, ["/pin writeOnly"]),
            (#"{"additionalProperties": M}"#, #"{"p": "x"}"#, ["/p writeOnly"]),
            (#"{"unevaluatedProperties": M}"#, #"{"p": "x"}"#, ["/p writeOnly"]),
            (#"{"items": M}"#, #"["x", "y"]"#, ["/0 writeOnly", "/1 writeOnly"]),
            (#"{"prefixItems": [true, M]}"#, #"["x", "y"]"#, ["/1 writeOnly"]),
            (#"{"items": {"properties": {"p": M}}}"#, #"[{"p": "x"}]"#, ["/0/p writeOnly"]),
            (##"{"properties": {"p": {"$ref": "#/$defs/m"}}, "$defs": {"m": M}}"##, #"{"p": "x"}"#, ["/p writeOnly"]),
            (
                ##"{"properties": {"p": {"$ref": "#/$defs/m", "writeOnly": true}}, "$defs": {"m": {}}}"##, #"{"p": 1}"#,
                ["/p writeOnly"]
            ),
            (#"{"properties": {"p": {"writeOnly": true}}}"#, #"{"p": null}"#, ["/p writeOnly"]),
            // Nothing holds the value as a whole.
            (#"{"writeOnly": true, "type": "string"}"#, #""x""#, []),
        ])
    func refused(schema: String, value: String, issues: [String]) throws {
        let compiled = try compile(schema.replacing("M", with: Self.marked))
        let report = try compiled.report(value)
        #expect(report.issues.map { "\($0.pointer) \($0.keyword)" } == issues)
        #expect(report.outcome == (issues.isEmpty ? .valid : .invalid))
        #expect(try compiled.outcome(value) == report.outcome)
        // In the other direction, and in none, the mark says nothing about members that are present.
        for direction in [ValidationOptions.Direction.request, .none] {
            let others = try compiled.report(value, ValidationOptions(direction: direction)).issues
            #expect(
                others.map(\.keyword)
                    == issues.filter { !$0.hasSuffix("Only") }.map { String($0.split(separator: " ")[0]) })
        }
    }

    @Test(
        "only a schema that applies removes a member from required",
        arguments: [
            (#"{"required": ["p"], "properties": {"p": M}}"#, "{}", true),
            (#"{"required": ["p"], "allOf": [{"properties": {"p": M}}]}"#, "{}", true),
            (#"{"required": ["p"], "patternProperties": {"^p": M}}"#, "{}", true),
            (#"{"required": ["p"], "additionalProperties": M}"#, "{}", true),
            (#"{"required": ["p"], "additionalProperties": M, "properties": {"p": {}}}"#, "{}", false),
            (#"{"required": ["p"], "anyOf": [{"properties": {"p": M}}]}"#, "{}", true),
            (#"{"required": ["p"], "anyOf": [{"required": ["a"], "properties": {"p": M}}, {}]}"#, "{}", false),
            (#"{"required": ["p"], "anyOf": [{"required": ["a"], "properties": {"p": M}}, {}]}"#, #"{"a": 1}"#, true),
            (#"{"oneOf": [{"required": ["p"], "properties": {"p": M}}, {"required": ["n"]}]}"#, "{}", true),
            (
                #"{"oneOf": [{"allOf": [{"required": ["p"]}, {"properties": {"p": M}}]}, {"required": ["n"]}]}"#, "{}",
                true
            ),
            (#"{"anyOf": [{"required": ["p"]}, {"required": ["n"], "properties": {"p": M}}]}"#, "{}", false),
            (#"{"required": ["p"], "if": {"required": ["a"]}, "then": {"properties": {"p": M}}}"#, "{}", false),
            (#"{"required": ["p"], "if": {"required": ["a"]}, "then": {"properties": {"p": M}}}"#, #"{"a": 1}"#, true),
            (
                #"{"required": ["p"], "not": {"properties": {"p": {"type": "null", "writeOnly": true}}, "required": ["z"]}}"#,
                "{}", false
            ),
            // `not` and `if` ask whether the member is present.
            (#"{"properties": {"p": M}, "not": {"required": ["p"]}}"#, "{}", true),
            (#"{"properties": {"p": M}, "if": {"required": ["p"]}, "then": false}"#, "{}", true),
            (#"{"required": ["p"], "properties": {"p": {"anyOf": [M, {"type": "integer"}]}}}"#, "{}", false),
        ])
    func waived(schema: String, value: String, isValid: Bool) throws {
        let compiled = try compile(schema.replacing("M", with: Self.marked))
        #expect(try compiled.outcome(value) == (isValid ? .valid : .invalid))
        #expect(try compiled.report(value).issues.isEmpty == isValid)
    }

    @Test("in OpenAPI 3.0, marks count only in properties")
    func properties30() throws {
        for (schema, value, isValid) in [
            (#"{"properties": {"p": M}}"#, #"{"p": "x"}"#, false),
            (#"{"properties": {"p": {"oneOf": [M]}}}"#, #"{"p": "x"}"#, false),
            (#"{"additionalProperties": M}"#, #"{"p": "x"}"#, true),
            (#"{"properties": {"l": {"type": "array", "items": M}}}"#, #"{"l": ["x"]}"#, true),
            (#"{"items": {"properties": {"p": M}}}"#, #"[{"p": "x"}]"#, false),
        ] {
            let compiled = try compile(schema.replacing("M", with: Self.marked), .openAPI30)
            #expect(try compiled.outcome(value) == (isValid ? .valid : .invalid), "\(schema)")
        }
    }
}
