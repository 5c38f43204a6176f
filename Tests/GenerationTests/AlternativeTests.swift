import JSONDocument
import JSONSchema
import Testing

@testable import Generation

/// Values that satisfy exactly one alternative.
struct AlternativeTests {
    @Test(
        "alternatives that accept each other's values become distinguishable",
        arguments: [
            #"{"oneOf": [{"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}, "color": {"type": "string"}}}, {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}, "size": {"type": "integer"}}}]}"#,
            #"{"oneOf": [{"type": "object", "properties": {"a": {"type": "string"}}}, {"type": "object", "properties": {"b": {"type": "string"}}}, {"type": "object", "properties": {"c": {"type": "boolean"}}}]}"#,
            #"{"oneOf": [{"type": "object", "additionalProperties": false, "properties": {"a": {"type": "string"}}}, {"type": "object"}]}"#,
            #"{"oneOf": [{"type": "object", "required": ["a"]}, {"type": "object", "required": ["b"]}], "properties": {"a": {"type": "integer"}, "b": {"type": "integer"}}}"#,
            #"{"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}}, "oneOf": [{"properties": {"x": {"type": "string"}}}, {"properties": {"y": {"type": "string"}}}]}"#,
            #"{"allOf": [{"oneOf": [{"properties": {"a": {"type": "string"}}}, {"properties": {"b": {"type": "string"}}}]}, {"oneOf": [{"properties": {"c": {"type": "string"}}}, {"properties": {"d": {"type": "string"}}}]}], "type": "object"}"#,
            #"{"oneOf": [{"type": "array", "items": {"type": "string"}}, {"type": "array", "items": {"type": "integer"}}]}"#,
        ])
    func exclusive(schema: String) throws {
        let schema = try OneSchema(schema)
        for style in [ValueGenerator.Style.plain, .required, .varied] {
            let value = try #require(schema.value(style: style), "\(style)")
            #expect(try schema.issues(value).isEmpty, "\(value.text)")
        }
    }

    @Test("identical alternatives have no value")
    func equal() throws {
        let branch = #"{"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}"#
        #expect(try OneSchema("{\"oneOf\": [\(branch), \(branch)]}").value() == nil)
    }

    @Test("JSON in a string is valid against the schema of its content")
    func embedded() throws {
        let schema = try OneSchema(
            #"{"type": "string", "contentMediaType": "application/json", "contentSchema": {"type": "object", "required": ["a"], "properties": {"a": {"const": 1}}}}"#
        )
        #expect(schema.value() == #"{"a":1}"#)
    }

    @Test(
        "one unusable keyword does not affect the rest",
        arguments: [
            #""pattern": "(""#, ##""$ref": "#/$defs/nowhere""##, #""pattern": "^(a+)+$""#,
        ])
    func unusable(keyword: String) throws {
        let schema = try OneSchema(
            #"{"type": "object", "required": ["a", "b"], "properties": {"a": {"type": "string", \#(keyword)}, "b": {"type": "integer", "minimum": 3}}}"#
        )
        let value = try #require(schema.value())
        #expect(value["a"] != nil)
        #expect(try #require(value["b"]?.number) >= 3)
    }
}
