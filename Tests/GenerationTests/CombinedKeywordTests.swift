import JSONDocument
import JSONSchema
import Testing

@testable import Generation

/// Schemas whose keywords restrict each other. A schema with values must get one: otherwise the mock blames the document
/// for a response that it could not make.
struct CombinedKeywordTests {
    private func expectValues(_ schema: String, _ styles: [ValueGenerator.Style] = [.plain, .required, .varied]) throws
    {
        let schema = try OneSchema(schema)
        for style in styles {
            for seed in ["a", "b", "c"] {
                let value = try #require(schema.value(seed: seed, style: style), "\(style) \(seed)")
                #expect(try schema.issues(value).isEmpty, "\(value.text)")
            }
        }
    }

    @Test(
        "a format and a pattern that is open at one end",
        arguments: [
            ("date", "^2024-"), ("date", "^2031-"), ("date", "-15$"), ("date-time", "Z$"),
            ("date-time", #"\\.\\d{3}Z$"#),
            ("date-time", #"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$"#), ("uri", #"\\.pdf$"#),
            ("uri", "^https://"),
            ("email", #"@corp\\.test$"#), ("hostname", #"\\.internal$"#), ("uuid", "^[0-9A-F-]+$"),
            ("uuid", "^[0-9a-f-]{36}$"), ("ipv4", #"^10\\."#), ("duration", "^PT"),
        ])
    func formats(format: String, pattern: String) throws {
        try expectValues(#"{"type": "string", "format": "\#(format)", "pattern": "\#(pattern)"}"#)
    }

    @Test("a short duration")
    func duration() throws {
        try expectValues(#"{"type": "string", "format": "duration", "maxLength": 3}"#)
    }

    @Test(
        "different elements, some of which `contains` requires",
        arguments: [
            #"{"type": "array", "items": {"enum": [1, 2, 3]}, "uniqueItems": true, "minItems": 3, "contains": {"const": 2}}"#,
            #"{"type": "array", "items": {"oneOf": [{"const": "a"}, {"const": "b"}]}, "uniqueItems": true, "minItems": 2}"#,
            #"{"type": "array", "items": {"anyOf": [{"enum": ["a", "b"]}, {"const": 3}]}, "uniqueItems": true, "minItems": 3}"#,
            #"{"type": "array", "items": {"type": "boolean"}, "uniqueItems": true, "minItems": 2, "contains": {"const": false}}"#,
            #"{"type": "array", "prefixItems": [{"type": "string"}], "items": {"type": "integer"}, "minItems": 3, "contains": {"minimum": 100}, "minContains": 2}"#,
        ])
    func elements(schema: String) throws { try expectValues(schema) }

    @Test(
        "undeclared members with names from patterns and choices",
        arguments: [
            #"{"type": "object", "minProperties": 2, "patternProperties": {"^x-": {"type": "integer"}}, "additionalProperties": false}"#,
            #"{"type": "object", "minProperties": 3, "patternProperties": {"_id$": {"type": "integer"}}, "additionalProperties": false}"#,
            #"{"type": "object", "minProperties": 3, "patternProperties": {"^[a-z]{2}$": {}, "^z": {"type": "string"}}, "additionalProperties": false}"#,
            #"{"type": "object", "minProperties": 3, "propertyNames": {"enum": ["a", "b", "c"]}}"#,
            #"{"type": "object", "minProperties": 2, "propertyNames": {"pattern": "^a"}}"#,
            #"{"type": "object", "minProperties": 2, "propertyNames": {"format": "uuid"}}"#,
        ])
    func names(schema: String) throws { try expectValues(schema) }

    @Test(
        "an optional member that another keyword forbids",
        arguments: [
            #"{"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}}, "not": {"required": ["a"]}, "minProperties": 1}"#,
            #"{"type": "object", "required": ["k"], "properties": {"k": {}, "a": {}, "b": {}}, "not": {"required": ["b"]}, "minProperties": 2}"#,
        ])
    func forbidden(schema: String) throws { try expectValues(schema, [.plain, .required]) }
}
