import Diagnostics
import JSONDocument
import JSONSchema
import Testing

/// Schemas that declare an older draft are judged by its rules, wherever they are.
@Suite("Older drafts")
struct OlderDraftTests {
    static let rows: [(draft: String, schema: String, valid: [String], invalid: [String])] = [
        ("04", #""minimum": 1, "exclusiveMinimum": true"#, ["2"], ["1"]),
        (
            "04", #""const": 1, "contains": false, "propertyNames": false, "if": {}, "then": false"#,
            ["2", #"{"a": 1}"#, "[]"], []
        ),
        (
            "04", #""properties": {"a": {"type": "string"}}, "additionalProperties": false"#, [#"{"a": "x"}"#],
            [#"{"b": 1}"#]
        ),
        ("04", #""items": [{"type": "string"}], "additionalItems": false"#, [#"["a"]"#], [#"["a", 1]"#, "[1]"]),
        ("04", ##""definitions": {"a": {"id": "#a", "type": "string"}}, "allOf": [{"$ref": "#a"}]"##, [#""x""#], ["1"]),
        (
            "04", #""dependencies": {"a": ["b"], "c": {"required": ["d"]}}"#, ["{}", #"{"a": 1, "b": 1}"#],
            [#"{"a": 1}"#, #"{"c": 1}"#]
        ),
        ("06", #""exclusiveMinimum": 1, "const": 2"#, ["2"], ["1", "3"]),
        ("06", #""if": {"type": "string"}, "then": false"#, [#""x""#], []),
        ("06", #""contains": {"type": "string"}, "minContains": 2"#, [#"["a"]"#], ["[1]"]),
        ("07", #""if": {"type": "string"}, "then": {"maxLength": 1}"#, [#""x""#, "1"], [#""xx""#]),
        (
            "07", ##""$ref": "#/definitions/s", "maxLength": 1, "definitions": {"s": {"type": "string"}}"##,
            [#""long""#], ["1"]
        ),
        (
            "07", #""items": [{"type": "string"}], "additionalItems": {"type": "integer"}"#, [#"["a", 1]"#],
            [#"["a", "b"]"#]
        ),
        (
            "07", #""prefixItems": [false], "unevaluatedProperties": false, "dependentRequired": {"a": ["b"]}"#,
            ["[1]", #"{"a": 1}"#], []
        ),
        ("07", ##""allOf": [{"$ref": "#n"}], "definitions": {"n": {"$id": "#n", "type": "null"}}"##, ["null"], ["1"]),
    ]

    @Test("each draft has its own keywords", arguments: rows.indices)
    func drafts(index: Int) throws {
        let row = Self.rows[index]
        for uri in [
            "http://json-schema.org/draft-\(row.draft)/schema#", "https://json-schema.org/draft-\(row.draft)/schema",
        ] {
            let text = #"{"$schema": "\#(uri)", \#(row.schema)}"#
            // Alone, as a component with a dialect of its own, and by the dialect of the document.
            let inDocument = #"{"openapi": "3.1.0", "components": {"schemas": {"X": \#(text)}}}"#
            let byDocument =
                #"{"openapi": "3.1.0", "jsonSchemaDialect": "\#(uri)", "components": {"schemas": {"X": {\#(row.schema)}}}}"#
            var schemas = [try compile(text)]
            if !row.schema.contains("#/definitions") {
                schemas.append(try compile(document: inDocument, at: "/components/schemas/X", .draft202012))
                schemas.append(try compile(document: byDocument, at: "/components/schemas/X", .draft202012))
            }
            for schema in schemas {
                #expect(schema.unusable.isEmpty, "\(schema.unusable)")
                for value in row.valid { #expect(try schema.outcome(value) == .valid, "\(value)") }
                for value in row.invalid { #expect(try schema.outcome(value) == .invalid, "\(value)") }
            }
        }
    }

    @Test("the dialect of one schema does not affect its siblings")
    func neighbours() throws {
        let document = """
            {"openapi": "3.1.0", "components": {"schemas": {
              "Old": {"$schema": "http://json-schema.org/draft-07/schema#", "$ref": "#/components/schemas/New", "maxLength": 1},
              "New": {"type": "string", "$ref": "#/components/schemas/Base"}, "Base": {"maxLength": 5}}}}
            """
        let old = try compile(document: document, at: "/components/schemas/Old", .draft202012)
        #expect(try old.outcome(#""long""#) == .valid)
        #expect(try old.outcome(#""longer""#) == .invalid)
        #expect(old.notes.contains { $0.message == "maxLength is ignored beside $ref in JSON Schema draft-07" })
    }

    @Test("an unsupported draft is an error of the document", arguments: ["03", "05"])
    func unsupported(draft: String) throws {
        let schema = try compile(#"{"$schema": "http://json-schema.org/draft-\#(draft)/schema#", "type": "string"}"#)
        #expect(schema.unusable.map(\.rule) == ["schema.dialect"])
    }
}
