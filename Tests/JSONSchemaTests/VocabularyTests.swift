import Diagnostics
import JSONDocument
import JSONSchema
import Testing

/// Metaschemas decide which keywords are active; drafts decide which keywords exist.
@Suite("Vocabularies and drafts")
struct VocabularyTests {
    /// JSON Schema 2020-12 Core, section 8.1.2: a keyword, its vocabulary, and a value that it rejects.
    static let keywords: [(vocabulary: String, keyword: String, value: String)] = [
        ("validation", #""type": "string""#, "1"), ("validation", #""enum": [2]"#, "1"),
        ("validation", #""const": 2"#, "1"), ("validation", #""multipleOf": 2"#, "1"),
        ("validation", #""maximum": 0"#, "1"), ("validation", #""exclusiveMaximum": 1"#, "1"),
        ("validation", #""minimum": 2"#, "1"), ("validation", #""exclusiveMinimum": 1"#, "1"),
        ("validation", #""maxLength": 0"#, #""a""#), ("validation", #""minLength": 2"#, #""a""#),
        ("validation", #""pattern": "b""#, #""a""#), ("validation", #""maxItems": 0"#, "[1]"),
        ("validation", #""minItems": 2"#, "[1]"), ("validation", #""uniqueItems": true"#, "[1, 1]"),
        ("validation", #""maxProperties": 0"#, #"{"a": 1}"#), ("validation", #""minProperties": 2"#, #"{"a": 1}"#),
        ("validation", #""required": ["b"]"#, #"{"a": 1}"#),
        ("validation", #""dependentRequired": {"a": ["b"]}"#, #"{"a": 1}"#),
        ("applicator", #""prefixItems": [false]"#, "[1]"), ("applicator", #""items": false"#, "[1]"),
        ("applicator", #""contains": false"#, "[1]"), ("applicator", #""properties": {"a": false}"#, #"{"a": 1}"#),
        ("applicator", #""patternProperties": {"a": false}"#, #"{"a": 1}"#),
        ("applicator", #""additionalProperties": false"#, #"{"a": 1}"#),
        ("applicator", #""propertyNames": false"#, #"{"a": 1}"#), ("applicator", #""if": true, "then": false"#, "1"),
        ("applicator", #""if": false, "else": false"#, "1"), ("applicator", #""allOf": [false]"#, "1"),
        ("applicator", #""anyOf": [false]"#, "1"), ("applicator", #""oneOf": [false]"#, "1"),
        ("applicator", #""not": true"#, "1"), ("applicator", #""dependentSchemas": {"a": false}"#, #"{"a": 1}"#),
        ("unevaluated", #""unevaluatedItems": false"#, "[1]"),
        ("unevaluated", #""unevaluatedProperties": false"#, #"{"a": 1}"#),
        ("format-assertion", #""format": "date""#, #""x""#), ("format-assertion", #""format": "int32""#, "1.5"),
        // References belong to the core, which every metaschema requires.
        ("core", ##""$ref": "#/$defs/no", "$defs": {"no": false}"##, "1"),
        (
            "core",
            ##""$dynamicRef": "#no", "$defs": {"no": {"$dynamicAnchor": "no", "$ref": "#/$defs/f"}, "f": false}"##, "1"
        ),
    ]

    private static let names = [
        "core", "applicator", "unevaluated", "validation", "meta-data", "format-annotation", "format-assertion",
        "content",
    ]

    /// A schema whose metaschema has the vocabularies, each with whether it is required.
    private static func schema(_ keyword: String, _ vocabularies: [(String, Bool)]) throws -> CompiledSchema {
        let listed = vocabularies.map { #""https://json-schema.org/draft/2020-12/vocab/\#($0)": \#($1)"# }
        let meta = #"{"$id": "http://x/meta", "$vocabulary": {\#(listed.joined(separator: ", "))}}"#
        var documents = SchemaDocuments()
        documents.add(try JSONDocument(parsing: meta), uri: "http://x/meta", file: "meta.json", dialect: .draft202012)
        let text = #"{"$schema": "http://x/meta", \#(keyword)}"#
        documents.add(try JSONDocument(parsing: text), uri: "http://x/s", file: "s.json", dialect: .draft202012)
        return try SchemaStore(documents).compiled(SchemaPlace(uri: "http://x/s", pointer: .root))
    }

    @Test("a keyword has an effect exactly if its vocabulary is listed, required or not", arguments: keywords)
    func active(row: (vocabulary: String, keyword: String, value: String)) throws {
        let annotate = ValidationOptions(formats: .annotate)
        for isRequired in [true, false] {
            let with = try Self.schema(row.keyword, [("core", true), (row.vocabulary, isRequired)])
            #expect(with.unusable.isEmpty)
            #expect(try with.outcome(row.value, annotate) == .invalid)
            let others = Self.names.filter { $0 != row.vocabulary && $0 != "core" }.map { ($0, true) }
            let without = try Self.schema(row.keyword, [("core", true)] + others)
            #expect(without.unusable.isEmpty)
            let expected: SchemaOutcome = row.vocabulary == "core" ? .invalid : .valid
            #expect(try without.outcome(row.value, annotate) == expected)
        }
    }

    @Test("a metaschema without vocabularies has all keywords, and a format only describes")
    func unlisted() throws {
        for row in Self.keywords {
            var documents = SchemaDocuments()
            documents.add(
                try JSONDocument(parsing: "{}"), uri: "http://x/meta", file: "meta.json", dialect: .draft202012)
            let text = #"{"$schema": "http://x/meta", \#(row.keyword)}"#
            documents.add(try JSONDocument(parsing: text), uri: "http://x/s", file: "s.json", dialect: .draft202012)
            let schema = try SchemaStore(documents).compiled(SchemaPlace(uri: "http://x/s", pointer: .root))
            let isFormat = row.vocabulary == "format-assertion"
            #expect(
                try schema.outcome(row.value, ValidationOptions(formats: .annotate)) == (isFormat ? .valid : .invalid),
                "\(row.keyword)")
            #expect(try schema.outcome(row.value, ValidationOptions(formats: .assert)) == .invalid, "\(row.keyword)")
        }
    }

    /// The drafts in order, by number, as their messages name them.
    static let drafts: [(uri: String, name: String)] = [
        ("http://json-schema.org/draft-04/schema#", "JSON Schema draft-04"),
        ("http://json-schema.org/draft-06/schema#", "JSON Schema draft-06"),
        ("http://json-schema.org/draft-07/schema#", "JSON Schema draft-07"),
        ("https://json-schema.org/draft/2019-09/schema", "JSON Schema 2019-09"),
        ("https://json-schema.org/draft/2020-12/schema", "JSON Schema 2020-12"),
    ]

    /// A keyword, the first draft that has it, and a value that it rejects.
    static let introduced: [(keyword: String, first: Int, schema: String, value: String)] = [
        ("const", 1, #""const": 2"#, "1"), ("contains", 1, #""contains": {"type": "null"}"#, "[1]"),
        ("propertyNames", 1, #""propertyNames": {"maxLength": 1}"#, #"{"ab": 1}"#),
        ("if", 2, #""if": {}, "then": {"type": "null"}"#, "1"),
        ("dependentRequired", 3, #""dependentRequired": {"a": ["b"]}"#, #"{"a": 1}"#),
        ("dependentSchemas", 3, #""dependentSchemas": {"a": {"required": ["b"]}}"#, #"{"a": 1}"#),
        ("unevaluatedProperties", 3, #""unevaluatedProperties": {"type": "null"}"#, #"{"a": 1}"#),
        ("unevaluatedItems", 3, #""unevaluatedItems": {"type": "null"}"#, "[1]"),
        ("minContains", 3, #""contains": {"type": "number"}, "minContains": 2"#, "[1]"),
        ("maxContains", 3, #""contains": {"type": "number"}, "maxContains": 1"#, "[1, 2]"),
    ]

    @Test("a draft before a keyword ignores it and warns, a later one uses it", arguments: introduced)
    func introduction(row: (keyword: String, first: Int, schema: String, value: String)) throws {
        for (number, draft) in Self.drafts.enumerated() {
            let schema = try compile(#"{"$schema": "\#(draft.uri)", \#(row.schema)}"#)
            let isKnown = number >= row.first
            // Before draft-06, `contains` is unknown as well, so nothing is counted.
            #expect(try schema.outcome(row.value) == (isKnown ? .invalid : .valid), "\(draft.name)")
            let warning = "\(row.keyword) is not a keyword of \(draft.name) and has no effect"
            #expect(schema.notes.contains { $0.message == warning && $0.severity == .warning } == !isKnown)
            #expect(schema.unusable.isEmpty)
        }
        let openAPI30 = try compile("{\(row.schema)}", .openAPI30)
        #expect(try openAPI30.outcome(row.value) == .valid)
        #expect(openAPI30.notes.contains { $0.message.hasPrefix("\(row.keyword) is not a keyword of OpenAPI 3.0") })
    }

    @Test("keywords of all drafts have one meaning in all of them", arguments: drafts)
    func common(draft: (uri: String, name: String)) throws {
        for (schema, value) in [
            (#""type": ["string", "null"]"#, "1"), (#""enum": [1.0]"#, "2"), (#""multipleOf": 0.01"#, "0.001"),
            (#""maximum": 1"#, "2"), (#""minimum": 1"#, "0"), (#""maxLength": 1"#, #""ab""#),
            (#""minLength": 1"#, #""""#),
            (#""pattern": "^a""#, #""ba""#), (#""items": {"type": "null"}"#, "[1]"), (#""maxItems": 0"#, "[1]"),
            (#""minItems": 1"#, "[]"), (#""uniqueItems": true"#, "[1, 1.0]"), (#""maxProperties": 0"#, #"{"a": 1}"#),
            (#""minProperties": 1"#, "{}"), (#""required": ["a"]"#, "{}"),
            (#""properties": {"a": {"type": "null"}}"#, #"{"a": 1}"#),
            (#""patternProperties": {"^a": {"type": "null"}}"#, #"{"ab": 1}"#),
            (#""additionalProperties": false"#, #"{"a": 1}"#), (#""dependencies": {"a": ["b"]}"#, #"{"a": 1}"#),
            (#""allOf": [{"type": "null"}]"#, "1"), (#""anyOf": [{"type": "null"}]"#, "1"),
            (#""oneOf": [{}, {}]"#, "1"), (#""not": {}"#, "1"), (#""format": "date""#, #""x""#),
            (##""allOf": [{"$ref": "#/definitions/a"}], "definitions": {"a": {"type": "null"}}"##, "1"),
        ] {
            let compiled = try compile(#"{"$schema": "\#(draft.uri)", \#(schema)}"#)
            #expect(compiled.unusable.isEmpty, "\(schema)")
            #expect(try compiled.outcome(value) == .invalid, "\(schema)")
            #expect(try compiled.report(value).issues.isEmpty == false, "\(schema)")
        }
    }

    @Test(
        "an entry of a list of names that is not a name is an error at its keyword",
        arguments: [
            (#"{"dependencies": {"a": [1]}}"#, "an entry of dependencies must be a member name, found 1"),
            (#"{"dependencies": {"a": ["b", null]}}"#, "an entry of dependencies must be a member name, found null"),
            (#"{"dependentRequired": {"a": [1]}}"#, "an entry of dependentRequired must be a member name, found 1"),
            (
                #"{"dependentRequired": {"a": "b"}}"#,
                #"an entry of dependentRequired must be an array of member names, found "b""#
            ),
            (#"{"required": [["a"]]}"#, #"an entry of required must be a member name, found ["a"]"#),
            (
                #"{"dependencies": {"a": "b"}}"#,
                #"the schema under dependencies must be an object or a boolean, found "b""#
            ),
        ])
    func names(schema: String, message: String) throws {
        #expect(try problems(schema) == ["1:2 error \(message)"])
        // What cannot be used rejects no value.
        #expect(try compile(schema).outcome(#"{"a": 1, "b": 1}"#) == .valid)
    }
}
