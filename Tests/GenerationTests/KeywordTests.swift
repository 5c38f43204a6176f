import JSONDocument
import JSONSchema
import Testing

@testable import Generation

/// One keyword at a time: values that satisfy it at its edges, and values that break it alone.
struct KeywordTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let keyword: String
        let schema: String
        /// Where the keyword is broken in a generated value.
        let place: String
        let dialect: SchemaDialect

        init(_ keyword: String, _ schema: String, at place: String = "", dialect: SchemaDialect = .draft202012) {
            self.keyword = keyword
            self.schema = schema
            self.place = place
            self.dialect = dialect
        }

        var testDescription: String { "\(keyword) of \(schema)" }
    }

    static let numbers = [
        Row("minimum", #"{"type": "integer", "minimum": 0}"#), Row("minimum", #"{"type": "integer", "minimum": -1}"#),
        Row("minimum", #"{"type": "number", "minimum": 0.1}"#),
        Row("minimum", #"{"type": "number", "minimum": -0.001}"#),
        Row("minimum", #"{"type": "integer", "minimum": 0.5}"#),
        Row("minimum", #"{"type": "integer", "minimum": 1e3}"#),
        Row("minimum", #"{"type": "integer", "minimum": 9007199254740993}"#),
        Row("minimum", #"{"type": "integer", "minimum": 123456789012345678901234567890}"#),
        Row("minimum", #"{"type": "integer", "minimum": 5, "maximum": 5}"#),
        Row("maximum", #"{"type": "integer", "maximum": 0}"#), Row("maximum", #"{"type": "integer", "maximum": -1}"#),
        Row("maximum", #"{"type": "number", "maximum": 0.1}"#),
        Row("maximum", #"{"type": "integer", "maximum": 9.99}"#),
        Row("maximum", #"{"type": "integer", "maximum": -9007199254740993}"#),
        Row("maximum", #"{"type": "number", "maximum": -1e-9}"#),
        Row("maximum", #"{"type": "integer", "maximum": 1E2}"#),
        Row("exclusiveMinimum", #"{"type": "integer", "exclusiveMinimum": 0}"#),
        Row("exclusiveMinimum", #"{"type": "integer", "exclusiveMinimum": -1, "maximum": 0}"#),
        Row("exclusiveMinimum", #"{"type": "number", "exclusiveMinimum": 0, "maximum": 0.0001}"#),
        Row("exclusiveMinimum", #"{"type": "integer", "exclusiveMinimum": 0.5}"#),
        Row("exclusiveMaximum", #"{"type": "integer", "exclusiveMaximum": 0}"#),
        Row("exclusiveMaximum", #"{"type": "number", "exclusiveMaximum": 0.1, "minimum": 0.09}"#),
        Row("exclusiveMaximum", #"{"type": "integer", "exclusiveMaximum": 1.5}"#),
        Row("exclusiveMaximum", #"{"type": "number", "exclusiveMaximum": -5}"#),
        Row("multipleOf", #"{"type": "integer", "multipleOf": 7}"#),
        Row("multipleOf", #"{"type": "number", "multipleOf": 0.01}"#),
        Row("multipleOf", #"{"type": "number", "multipleOf": 0.3, "minimum": 1}"#),
        Row("multipleOf", #"{"type": "integer", "multipleOf": 2.5}"#),
        Row("multipleOf", #"{"type": "integer", "multipleOf": 1000000007}"#),
        Row("multipleOf", #"{"type": "integer", "multipleOf": 3, "minimum": 10, "maximum": 12}"#),
        Row("multipleOf", #"{"type": "integer", "multipleOf": 5, "exclusiveMinimum": 5, "exclusiveMaximum": 11}"#),
        Row("type", #"{"type": "integer"}"#), Row("type", #"{"type": "number"}"#),
        Row("type", #"{"type": ["integer", "string"]}"#), Row("type", #"{"type": ["null"]}"#),
        Row("format", #"{"type": "integer", "format": "int32"}"#),
        Row("format", #"{"type": "integer", "format": "int64"}"#),
        Row("minimum", #"{"type": "integer", "minimum": 3}"#, dialect: .openAPI30),
        Row("minimum", #"{"type": "number", "minimum": 3, "exclusiveMinimum": true}"#, dialect: .openAPI30),
        Row("maximum", #"{"type": "integer", "maximum": 3, "exclusiveMaximum": true}"#, dialect: .openAPI30),
        Row("maximum", #"{"type": "integer", "maximum": 3, "exclusiveMaximum": false}"#, dialect: .openAPI30),
    ]

    static let texts = [
        Row("minLength", #"{"type": "string", "minLength": 1}"#),
        Row("minLength", #"{"type": "string", "minLength": 2.0}"#),
        Row("minLength", #"{"type": "string", "minLength": 64, "maxLength": 64}"#),
        Row("minLength", #"{"type": "string", "minLength": 1000}"#),
        Row("minLength", #"{"type": "string", "pattern": "^[a-z]*$", "minLength": 20}"#),
        Row("maxLength", #"{"type": "string", "maxLength": 0}"#),
        Row("maxLength", #"{"type": "string", "maxLength": 1}"#),
        Row("maxLength", #"{"type": "string", "maxLength": 255}"#),
        Row("maxLength", #"{"type": "string", "pattern": "^[0-9]+$", "maxLength": 3}"#),
        Row("maxLength", #"{"type": "string", "pattern": "é", "maxLength": 2}"#),
        Row("pattern", #"{"type": "string", "pattern": "^[A-Z]{3}$"}"#),
        Row("pattern", #"{"type": "string", "pattern": "b"}"#), Row("pattern", #"{"type": "string", "pattern": "^$"}"#),
        Row("pattern", #"{"type": "string", "pattern": "^\\S+$", "minLength": 3}"#),
        Row("pattern", #"{"type": "string", "pattern": "^(?!0)\\d{4}$"}"#),
        Row("pattern", #"{"type": "string", "pattern": "^(\\w)\\1$"}"#),
        Row("pattern", #"{"type": "string", "pattern": "^[\\u{1F600}-\\u{1F64F}]$"}"#),
        Row("pattern", #"{"type": "string", "pattern": "^\\@\\-$"}"#, dialect: .openAPI30),
        Row("format", #"{"type": "string", "format": "date"}"#),
        Row("format", #"{"type": "string", "format": "date-time"}"#),
        Row("format", #"{"type": "string", "format": "uuid"}"#),
        Row("format", #"{"type": "string", "format": "email"}"#),
        Row("format", #"{"type": "string", "format": "ipv4"}"#),
        Row("format", #"{"type": "string", "format": "ipv6"}"#),
        Row("format", #"{"type": "string", "format": "uri"}"#), Row("format", #"{"type": "string", "format": "time"}"#),
        Row("format", #"{"type": "string", "format": "duration"}"#),
        Row("format", #"{"type": "string", "format": "hostname"}"#),
        Row("format", #"{"type": "string", "format": "json-pointer"}"#),
        Row("enum", #"{"type": "string", "enum": ["a"]}"#), Row("enum", #"{"enum": ["a", "b", "c"]}"#),
        Row("enum", #"{"enum": [1, 2.5, null, true, {"a": 1}, [1]]}"#), Row("const", #"{"const": "x"}"#),
        Row("const", #"{"const": null}"#), Row("const", #"{"const": [1, {"a": "b"}]}"#),
        Row("enum", #"{"type": "string", "nullable": true, "enum": ["a", null]}"#, dialect: .openAPI30),
        Row("type", #"{"type": "string", "nullable": true}"#, dialect: .openAPI30),
        Row("type", #"{"type": "boolean"}"#),
    ]

    static let containers = [
        Row("minItems", #"{"type": "array", "minItems": 1}"#),
        Row("minItems", #"{"type": "array", "minItems": 3, "maxItems": 3}"#),
        Row("minItems", #"{"type": "array", "minItems": 2, "uniqueItems": true, "items": {"enum": [1, 2]}}"#),
        Row("maxItems", #"{"type": "array", "maxItems": 0}"#),
        Row("maxItems", #"{"type": "array", "maxItems": 1, "uniqueItems": true}"#),
        Row("maxItems", #"{"type": "array", "maxItems": 0, "items": {"type": "boolean"}}"#),
        Row("maxItems", #"{"type": "array", "maxItems": 2, "minItems": 1, "items": {"type": "integer"}}"#),
        Row("uniqueItems", #"{"type": "array", "uniqueItems": true, "minItems": 2, "items": {"type": "string"}}"#),
        Row("uniqueItems", #"{"type": "array", "uniqueItems": true, "minItems": 1, "items": {"type": "object"}}"#),
        Row("type", #"{"type": "array", "minItems": 1, "items": {"type": "boolean"}}"#, at: "/*"),
        Row("pattern", #"{"type": "array", "minItems": 2, "items": {"type": "string", "pattern": "^a"}}"#, at: "/*"),
        Row("type", #"{"type": "array", "prefixItems": [{"type": "string"}], "minItems": 1}"#, at: "/*"),
        Row("contains", #"{"type": "array", "contains": {"const": 1}, "items": {"type": "integer"}}"#),
        Row("required", #"{"type": "object", "required": ["a"]}"#, at: "/a"),
        Row("required", #"{"type": "object", "required": ["a/b~c"]}"#, at: "/a~1b~0c"),
        Row("required", #"{"type": "object", "required": ["", "é"]}"#, at: "/"),
        Row("required", #"{"required": ["a"], "properties": {"a": {"type": "integer"}}}"#, at: "/a"),
        Row("type", #"{"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}}"#, at: "/a"),
        Row(
            "minimum",
            #"{"required": ["a"], "properties": {"a": {"properties": {"b": {"type": "integer", "minimum": 3}}, "required": ["b"]}}}"#,
            at: "/a/b"),
        Row(
            "additionalProperties", #"{"type": "object", "properties": {"a": {}}, "additionalProperties": false}"#,
            at: "/undeclared member"),
        Row(
            "additionalProperties",
            #"{"type": "object", "additionalProperties": false, "patternProperties": {"^x": {}}}"#,
            at: "/undeclared member"),
        Row("minProperties", #"{"type": "object", "minProperties": 1}"#),
        Row(
            "minProperties", #"{"type": "object", "minProperties": 2, "properties": {"a": {"type": "null"}, "b": {}}}"#),
        Row("maxProperties", #"{"type": "object", "maxProperties": 1}"#),
        Row("maxProperties", #"{"type": "object", "maxProperties": 2, "properties": {"a": {}, "b": {}}}"#),
        Row(
            "propertyNames", #"{"type": "object", "propertyNames": {"pattern": "^[a-z]+$"}, "minProperties": 1}"#,
            at: "/undeclared member"),
        Row(
            "dependentRequired",
            #"{"properties": {"a": {"const": 1}, "b": {}}, "required": ["a"], "dependentRequired": {"a": ["b"]}}"#,
            at: "/b"),
        Row("oneOf", #"{"oneOf": [{"type": "integer"}, {"type": "boolean"}]}"#),
        Row("anyOf", #"{"anyOf": [{"type": "string", "maxLength": 3}, {"type": "array"}]}"#),
        Row("not", #"{"type": "integer", "not": {"minimum": 10}}"#),
        Row("not", #"{"type": "string", "not": {"const": "text"}}"#),
        Row("not", #"{"type": "object", "not": {"type": "object", "required": ["a"]}}"#),
        Row("type", ##"{"$ref": "#/$defs/a", "$defs": {"a": {"type": "integer"}}}"##),
        Row("type", #"{"allOf": [{"type": "integer"}, {"minimum": 1}]}"#),
        Row("minimum", #"{"allOf": [{"type": "integer"}, {"minimum": 1}]}"#),
        Row("required", #"{"type": "object", "allOf": [{"required": ["a"]}, {"required": ["b"]}]}"#, at: "/b"),
        Row(
            "unevaluatedProperties",
            #"{"type": "object", "allOf": [{"properties": {"a": {}}}], "unevaluatedProperties": false}"#,
            at: "/undeclared member"),
    ]

    static let rows = numbers + texts + containers

    @Test("every generated value satisfies its schema", arguments: rows)
    func satisfied(row: Row) throws {
        let schema = try OneSchema(row.schema, dialect: row.dialect)
        for seed in 0..<6 {
            for style in [ValueGenerator.Style.plain, .varied] {
                let value = try #require(schema.value(seed: "\(seed)", style: style))
                #expect(try schema.issues(value).isEmpty, "\(value.text)")
            }
        }
    }

    @Test("the keyword is broken alone", arguments: rows)
    func broken(row: Row) throws {
        let schema = try OneSchema(row.schema, dialect: row.dialect)
        let breaker = try #require(ValueBreaker(place: schema.place, schemas: schema.store))
        let value = try #require(schema.value(style: .varied))
        let breaks = breaker.breaks(of: value)
        let wanted = breaks.first { $0.keyword == row.keyword && JSONPointer($0.place).description == row.place }
        let list = breaks.map { "\($0.keyword) \(JSONPointer($0.place))" }
        let made = try #require(wanted, "\(value.text) has only \(list)")
        let broken = try #require(breaker.broken(value, by: made))
        let issues = try schema.issues(broken)
        #expect(!issues.isEmpty)
        #expect(issues.allSatisfy { $0.keyword == row.keyword }, "\(broken.text): \(issues.map(\.keyword))")
    }

    @Test("whatever is listed can be made, and is what it is called", arguments: rows)
    func listed(row: Row) throws {
        let schema = try OneSchema(row.schema, dialect: row.dialect)
        let breaker = try #require(ValueBreaker(place: schema.place, schemas: schema.store))
        let value = try #require(schema.value())
        var seen: Set<ValueBreaker.Break> = []
        for wanted in breaker.breaks(of: value) {
            #expect(seen.insert(wanted).inserted, "\(wanted) is listed twice")
            let broken = try #require(breaker.broken(value, by: wanted), "\(wanted)")
            let issues = try schema.issues(broken)
            #expect(!issues.isEmpty && issues.allSatisfy { $0.keyword == wanted.keyword }, "\(wanted): \(broken.text)")
        }
    }
}
