import JSONDocument
import JSONSchema
import Testing

/// Members that are there only because nothing forbids them.
@Suite("Undeclared members")
struct UndeclaredTests {
    @Test(
        "a member counts if schemas declare members but none names or covers it",
        arguments: [
            (#"{"properties": {"a": {}}}"#, #"{"a": 1, "b": 2}"#, ["/b"]),
            (#"{"properties": {"a": {}}, "additionalProperties": true}"#, #"{"a": 1, "b": 2}"#, []),
            (#"{"properties": {"a": {}}, "additionalProperties": {}}"#, #"{"a": 1, "b": 2}"#, []),
            (#"{"type": "object"}"#, #"{"b": 2}"#, []),
            (#"{"patternProperties": {"^x-": {}}}"#, #"{"x-a": 1, "b": 2}"#, ["/b"]),
            (#"{"allOf": [{"properties": {"a": {}}}, {"properties": {"b": {}}}]}"#, #"{"a": 1, "b": 2}"#, []),
            (#"{"allOf": [{"properties": {"a": {}}}, {"properties": {"b": {}}}]}"#, #"{"c": 1}"#, ["/c"]),
            (#"{"properties": {"a": {}}, "allOf": [{"additionalProperties": true}]}"#, #"{"c": 1}"#, []),
            (
                #"{"oneOf": [{"required": ["a"], "properties": {"a": {}}}, {"required": ["b"], "properties": {"b": {}}}]}"#,
                #"{"a": 1, "c": 1}"#, ["/c"]
            ),
            (
                #"{"properties": {"list": {"items": {"properties": {"a": {}}}}}}"#,
                #"{"list": [{"a": 1}, {"a": 1, "z/z": 2}]}"#, ["/list/1/z~1z"]
            ),
            (#"{"properties": {"a": {"type": "string"}}}"#, #"{"a": 1, "b": 2}"#, ["/b"]),
            (##"{"$ref": "#/$defs/x", "$defs": {"x": {"properties": {"a": {}}}}}"##, ##"{"b": 2}"##, ["/b"]),
            (#"{"properties": {"a": {}}, "not": {"required": ["z"], "properties": {"z": {}}}}"#, #"{"a": 1}"#, []),
            (
                #"{"properties": {"k": {}}, "if": {"properties": {"k": {"const": 1}}}, "then": {"properties": {"b": {}}}}"#,
                #"{"k": 1, "b": 1, "c": 1}"#, ["/c"]
            ),
        ])
    func undeclared(schema: String, value: String, pointers: [String]) throws {
        #expect(try compile(schema).report(value).undeclared.map(\.description) == pointers)
    }
}
