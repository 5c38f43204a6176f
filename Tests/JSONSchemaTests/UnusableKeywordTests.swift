import Diagnostics
import JSONDocument
import JSONSchema
import Testing

/// A keyword that cannot be used judges nothing, and everything else does.
@Suite("Unusable keywords")
struct UnusableKeywordTests {
    @Test(
        "the other keywords are checked",
        arguments: [
            (#"{"type": "string", "pattern": "("}"#, #""a""#, SchemaOutcome.valid),
            (#"{"type": "string", "pattern": "("}"#, "1", .invalid),
            (#"{"pattern": "(", "maxLength": 1}"#, #""ab""#, .invalid),
            (#"{"properties": {"a": {"minimum": "x"}, "b": {"type": "string"}}}"#, #"{"a": 1, "b": 1}"#, .invalid),
            (#"{"properties": {"a": {"minimum": "x"}, "b": {"type": "string"}}}"#, #"{"a": 1, "b": "x"}"#, .valid),
            (##"{"properties": {"a": {"$ref": "#/$defs/no"}}, "required": ["b"]}"##, #"{"a": 1}"#, .invalid),
            (##"{"properties": {"a": {"$ref": "#/$defs/no"}}, "required": ["b"]}"##, #"{"a": 1, "b": 1}"#, .valid),
            // What cannot be used as a schema still declares its member.
            (#"{"properties": {"a": 5}, "additionalProperties": false}"#, #"{"a": 1}"#, .valid),
            (#"{"properties": {"a": 5}, "additionalProperties": false}"#, #"{"b": 1}"#, .invalid),
            (#"{"required": ["a", 1]}"#, "{}", .invalid),
            (#"{"type": "strng", "minLength": 2}"#, #""a""#, .invalid),
            (#"{"type": "strng", "minLength": 2}"#, #""ab""#, .valid),
            // Alternatives and negations stay open: the mistake fails no value and accepts none in their name.
            (#"{"oneOf": [{"pattern": "("}, {"pattern": "a"}]}"#, #""a""#, .valid),
            (#"{"oneOf": [{"pattern": "("}, {"pattern": "b"}]}"#, #""a""#, .valid),
            (#"{"oneOf": [{"pattern": "("}, {"pattern": "a"}, {"pattern": "a"}]}"#, #""a""#, .invalid),
            (#"{"oneOf": [{"pattern": "("}, {"type": "integer"}]}"#, "true", .valid),
            (#"{"oneOf": [{"type": "string", "pattern": "("}, {"type": "integer"}]}"#, "true", .invalid),
            (#"{"anyOf": [{"type": "string", "pattern": "("}, {"type": "integer"}]}"#, "true", .invalid),
            (#"{"anyOf": [{"type": "string", "pattern": "("}, {"type": "integer"}]}"#, #""a""#, .valid),
            (#"{"not": {"pattern": "("}}"#, #""a""#, .valid),
            (#"{"not": {"type": "string", "pattern": "("}}"#, "1", .valid),
            (#"{"not": {"pattern": "("}}"#, "1", .invalid),
            (#"{"if": {"pattern": "("}, "then": false, "else": false}"#, #""a""#, .valid),
            (#"{"contains": {"type": "string", "pattern": "("}}"#, #"["a"]"#, .valid),
            (#"{"contains": {"type": "string", "pattern": "("}}"#, "[1]", .invalid),
            (
                #"{"anyOf": [{"properties": {"a": {"pattern": "("}}}], "unevaluatedProperties": false}"#,
                #"{"a": "x"}"#,
                .valid
            ),
            (
                #"{"patternProperties": {"(": false}, "additionalProperties": {"type": "string"}}"#, #"{"a": 1}"#,
                .invalid
            ),
            (#"{"allOf": [], "type": "string"}"#, "1", .invalid),
        ])
    func rest(schema: String, value: String, outcome: SchemaOutcome) throws {
        let compiled = try compile(schema)
        #expect(!compiled.unusable.isEmpty)
        #expect(compiled.unusable.allSatisfy { $0.severity == .error && $0.location != nil })
        #expect(try compiled.outcome(value) == outcome)
        let report = try compiled.report(value)
        #expect(report.outcome == outcome)
        #expect(report.issues.isEmpty == (outcome == .valid))
    }

    @Test("a schema that applies itself loses only the reference")
    func cycle() throws {
        let schema = try compile(
            ##"{"type": "object", "required": ["a"], "allOf": [{"$ref": "#"}], "properties": {"a": {"type": "string"}}}"##
        )
        #expect(schema.unusable.map(\.rule) == ["schema.cycle"])
        #expect(try schema.outcome(#"{"a": "x"}"#) == .valid)
        #expect(try schema.outcome(#"{"a": 1}"#) == .invalid)
        #expect(try schema.outcome("{}") == .invalid)
    }

    @Test("a schema without usable keywords reports it")
    func nothing() throws {
        #expect(try compile(##"{"$ref": "#/$defs/no"}"##).isUnusable)
        #expect(try compile(#"{"type": "objekt"}"#).isUnusable)
        #expect(try !compile(#"{"type": "objekt", "maxLength": 3}"#).isUnusable)
        #expect(try !compile("{}").isUnusable)
        #expect(try !compile("true").isUnusable)
    }

    @Test("a warning or a mistake in a discriminator does not affect the schema")
    func usable() throws {
        let text = """
            {"format": "moon", "oneOf": [{"type": "object"}],
             "discriminator": {"propertyName": "kind", "mapping": {"a": "#/nowhere"}}}
            """
        let schema = try compile(text)
        #expect(schema.unusable.isEmpty)
        #expect(schema.notes.map(\.rule).sorted() == ["schema.discriminator", "schema.format"])
    }
}
