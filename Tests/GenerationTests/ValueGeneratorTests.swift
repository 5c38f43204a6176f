import JSONDocument
import JSONSchema
import Testing

@testable import Generation

/// Values made from schemas.
struct ValueGeneratorTests {
    static let schemas = [
        #"{}"#, "true",
        #"{"type": "integer", "minimum": 7, "multipleOf": 5}"#,
        #"{"type": "integer", "exclusiveMinimum": -3, "exclusiveMaximum": -1}"#,
        #"{"type": "number", "exclusiveMinimum": 0, "maximum": 0.05}"#,
        #"{"type": "number", "multipleOf": 0.01, "minimum": 1.001}"#,
        #"{"type": "number", "minimum": 1e-7, "maximum": 2e-7}"#,
        #"{"type": "integer", "multipleOf": 6, "allOf": [{"multipleOf": 4}]}"#,
        #"{"type": "integer", "format": "int64", "minimum": 9007199254740993}"#,
        #"{"type": "string", "minLength": 12, "maxLength": 12}"#,
        #"{"type": "string", "pattern": "^[xyz]{5}-[0-9]{4}$"}"#,
        #"{"type": "string", "pattern": "^(\\+91)?[6-9]\\d{9}$"}"#,
        #"{"type": "string", "pattern": "^(?=.*[A-Z])(?=.*\\d)[A-Za-z\\d]{8,12}$"}"#,
        #"{"type": "string", "pattern": "^(a|b)\\1x*$", "minLength": 9}"#,
        #"{"type": "string", "pattern": "\\p{Lu}{2}$", "maxLength": 4}"#,
        #"{"type": "string", "pattern": "^[a-zA-Z0-9_-]*$", "minLength": 3, "maxLength": 50}"#,
        #"{"type": "string", "pattern": "[^a]", "allOf": [{"pattern": "^a"}]}"#,
        #"{"type": "string", "format": "date-time"}"#, #"{"type": "string", "format": "date"}"#,
        #"{"type": "string", "format": "time"}"#, #"{"type": "string", "format": "duration"}"#,
        #"{"type": "string", "format": "email", "minLength": 40}"#,
        #"{"type": "string", "format": "email", "maxLength": 12}"#,
        #"{"type": "string", "format": "idn-email"}"#, #"{"type": "string", "format": "hostname"}"#,
        #"{"type": "string", "format": "idn-hostname"}"#, #"{"type": "string", "format": "ipv4"}"#,
        #"{"type": "string", "format": "ipv6"}"#, #"{"type": "string", "format": "uri", "minLength": 200}"#,
        #"{"type": "string", "format": "uri-reference"}"#, #"{"type": "string", "format": "iri"}"#,
        #"{"type": "string", "format": "uri-template"}"#, #"{"type": "string", "format": "uuid"}"#,
        #"{"type": "string", "format": "json-pointer"}"#, #"{"type": "string", "format": "relative-json-pointer"}"#,
        #"{"type": "string", "format": "regex"}"#, #"{"type": "string", "format": "byte", "minLength": 30}"#,
        #"{"type": "string", "format": "date", "pattern": "^20"}"#,
        #"{"type": "string", "enum": ["x", "y"]}"#, #"{"const": {"a": [1]}}"#, #"{"type": ["null", "boolean"]}"#,
        #"{"type": "array", "minItems": 3, "items": {"type": "integer"}}"#,
        #"{"type": "array", "minItems": 5, "uniqueItems": true, "items": {"type": "integer", "maximum": 6, "minimum": 1}}"#,
        #"{"type": "array", "minItems": 2, "uniqueItems": true, "items": {"type": "boolean"}}"#,
        #"{"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}], "items": false, "minItems": 2}"#,
        #"{"type": "array", "contains": {"const": "here"}, "minContains": 2, "items": {"type": "string"}}"#,
        #"{"type": "object", "minProperties": 3, "additionalProperties": {"type": "integer"}}"#,
        #"{"type": "object", "minProperties": 2, "propertyNames": {"pattern": "^[a-c]+$"}}"#,
        #"{"type": "object", "patternProperties": {"^x-[0-9]+$": {"type": "integer"}}, "additionalProperties": false, "minProperties": 2}"#,
        #"{"type": "object", "maxProperties": 1, "required": ["b"], "properties": {"a": {}, "b": {"type": "null"}}}"#,
        #"{"type": "object", "required": ["a"], "properties": {"a": {"type": "object", "required": ["b"], "properties": {"b": {"type": "string"}}}}}"#,
        #"{"properties": {"a": {}}, "required": ["a"], "dependentRequired": {"a": ["b"]}, "dependentSchemas": {"b": {"properties": {"b": {"type": "integer"}}}}}"#,
        #"{"oneOf": [{"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}}, {"type": "string", "maxLength": 1}]}"#,
        #"{"type": "object", "required": ["k"], "properties": {"k": {"type": "string"}}, "oneOf": [{"required": ["v"]}, {"required": ["w"]}]}"#,
        #"{"oneOf": [{"type": "integer"}, {"type": "number"}]}"#,
        #"{"anyOf": [{"type": "string", "minLength": 4}, {"type": "integer"}], "not": {"type": "string"}}"#,
        #"{"type": "object", "properties": {"a": {"type": "integer"}, "b": {}}, "not": {"required": ["b"]}}"#,
        #"{"type": "object", "properties": {"kind": {"enum": ["x", "y"]}, "n": {"type": "integer"}}, "required": ["kind"], "if": {"properties": {"kind": {"const": "x"}}}, "then": {"required": ["n"]}, "else": {"properties": {"n": false}}}"#,
        #"{"allOf": [{"type": "object", "required": ["a"]}, {"properties": {"a": {"type": "number"}, "b": {"type": "string"}}}], "unevaluatedProperties": false}"#,
        ##"{"$ref": "#/$defs/node", "$defs": {"node": {"type": "object", "required": ["v", "next"], "properties": {"v": {"type": "integer"}, "next": {"anyOf": [{"$ref": "#/$defs/node"}, {"type": "null"}]}}}}}"##,
        ##"{"$ref": "#/$defs/tree", "$defs": {"tree": {"type": "object", "required": ["children"], "properties": {"children": {"type": "array", "items": {"$ref": "#/$defs/tree"}}}}}}"##,
    ]

    @Test("a plain value matches the schema", arguments: schemas)
    func plain(schema: String) throws {
        let schema = try OneSchema(schema)
        let value = try #require(schema.value())
        #expect(try schema.issues(value).isEmpty, "\(value.text)")
        #expect(schema.value()?.text == value.text, "the same seed makes the same value")
    }

    @Test("varied values match the schema", arguments: schemas)
    func varied(schema: String) throws {
        let schema = try OneSchema(schema)
        for seed in 0..<8 {
            let value = try #require(schema.value(seed: "seed \(seed)", style: .varied))
            #expect(try schema.issues(value).isEmpty, "\(value.text)")
        }
    }

    @Test("another seed gives another value if the schema allows it")
    func seeds() throws {
        let schema = try OneSchema(#"{"type": "string", "format": "uuid"}"#)
        #expect(Set((0..<20).compactMap { schema.value(seed: String($0))?.string }).count == 20)
    }

    @Test("plain values prefer examples, defaults and first alternatives")
    func offered() throws {
        let schema = try OneSchema(
            #"{"type": "object", "properties": {"a": {"type": "string", "examples": ["shown"]}, "b": {"default": 7}, "c": {"oneOf": [{"const": 1}, {"const": 2}]}, "d": {"type": "integer", "examples": ["wrong"]}}}"#
        )
        let value = try #require(schema.value())
        #expect(value["a"] == "shown")
        #expect(value["b"] == 7)
        #expect(value["c"] == 1)
        #expect(value["d"]?.number != nil, "an example that breaks its schema is passed over")
    }

    @Test("a request has no readOnly members, a response no writeOnly ones")
    func directions() throws {
        let schema = try OneSchema(
            #"{"type": "object", "required": ["r", "w"], "properties": {"r": {"type": "string", "readOnly": true}, "w": {"type": "string", "writeOnly": true}}}"#,
            dialect: .openAPI30)
        #expect(schema.value(direction: .request)?.object?.names == ["w"])
        #expect(schema.value(direction: .response)?.object?.names == ["r"])
    }

    @Test(
        "an impossible value is nil, never an invalid value",
        arguments: [
            "false", #"{"type": "integer", "minimum": 2, "maximum": 1}"#,
            #"{"type": "string", "pattern": "^a$", "minLength": 2}"#,
            ##"{"$ref": "#/$defs/a", "$defs": {"a": {"type": "object", "required": ["a"], "properties": {"a": {"$ref": "#/$defs/a"}}}}}"##,
        ])
    func impossible(schema: String) throws {
        #expect(try OneSchema(schema).value() == nil)
    }
}
