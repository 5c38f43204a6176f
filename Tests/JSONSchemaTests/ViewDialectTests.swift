import Diagnostics
import JSONDocument
import JSONSchema
import Testing

/// Views in every dialect: the kinds of values, members and elements.
@Suite("Views by dialect")
struct ViewDialectTests {
    /// A dialect, by its `$schema`; OpenAPI 3.0 has none.
    enum Draft: String, Sendable, CaseIterable {
        case openAPI30 = ""
        case draft04 = "http://json-schema.org/draft-04/schema#"
        case draft06 = "http://json-schema.org/draft-06/schema#"
        case draft07 = "http://json-schema.org/draft-07/schema#"
        case draft201909 = "https://json-schema.org/draft/2019-09/schema"
        case draft202012 = "https://json-schema.org/draft/2020-12/schema"
    }

    private static func view(_ members: String, _ draft: Draft) throws -> SchemaView {
        let head = draft == .openAPI30 ? "" : #""$schema": "\#(draft.rawValue)", "#
        var documents = SchemaDocuments()
        documents.add(
            try JSONDocument(parsing: "{\(head)\(members)}"), uri: "test:///s.json", file: "s.json",
            dialect: draft == .openAPI30 ? .openAPI30 : .draft202012)
        let place = SchemaPlace(uri: "test:///s.json", pointer: .root)
        return try #require(SchemaStore(documents).view(place))
    }

    @Test(
        "each dialect knows the keywords of its draft and of earlier ones",
        arguments: [
            ("type", Draft.allCases),
            ("patternProperties", [.draft04, .draft06, .draft07, .draft201909, .draft202012]),
            ("const", [.draft06, .draft07, .draft201909, .draft202012]),
            ("contains", [.draft06, .draft07, .draft201909, .draft202012]),
            ("propertyNames", [.draft06, .draft07, .draft201909, .draft202012]),
            ("if", [.draft07, .draft201909, .draft202012]), ("then", [.draft07, .draft201909, .draft202012]),
            ("else", [.draft07, .draft201909, .draft202012]),
            ("dependentRequired", [.draft201909, .draft202012]), ("minContains", [.draft201909, .draft202012]),
            ("unevaluatedItems", [.draft201909, .draft202012]), ("prefixItems", [.draft202012]),
        ] as [(String, [Draft])])
    func knows(keyword: String, drafts: [Draft]) throws {
        let knowing = try Draft.allCases.filter { try Self.view(#""type": "object""#, $0).knows(keyword) }
        #expect(knowing == drafts)
    }

    @Test(
        "a dialect judges by a keyword exactly if it knows it", arguments: Draft.allCases,
        [
            ("const", #""const": 1"#, "2"), ("contains", #""contains": {"type": "string"}"#, "[1]"),
            ("propertyNames", #""propertyNames": {"maxLength": 1}"#, #"{"ab": 1}"#),
            ("if", #""if": {}, "then": {"type": "string"}"#, "1"),
            ("dependentRequired", #""dependentRequired": {"a": ["b"]}"#, #"{"a": 1}"#),
            ("dependentSchemas", #""dependentSchemas": {"a": {"required": ["b"]}}"#, #"{"a": 1}"#),
            ("unevaluatedProperties", #""unevaluatedProperties": false"#, #"{"a": 1}"#),
            ("prefixItems", #""prefixItems": [{"type": "string"}]"#, "[1]"),
            ("patternProperties", #""patternProperties": {"^a": {"type": "string"}}"#, #"{"a": 1}"#),
        ])
    func agrees(draft: Draft, keyword: (name: String, schema: String, value: String)) throws {
        let view = try Self.view(keyword.schema, draft)
        let head = draft == .openAPI30 ? "" : #""$schema": "\#(draft.rawValue)", "#
        let compiled = try compile("{\(head)\(keyword.schema)}", draft == .openAPI30 ? .openAPI30 : .draft202012)
        #expect(try compiled.outcome(keyword.value) == (view.knows(keyword.name) ? .invalid : .valid))
    }

    @Test(
        "booleans sharpen bounds up to draft-04, and nullable is a keyword of OpenAPI 3.0 only",
        arguments: Draft.allCases)
    func switches(draft: Draft) throws {
        let view = try Self.view(#""type": "string", "nullable": true"#, draft)
        #expect(view.sharpensBounds == [.openAPI30, .draft04].contains(draft))
        #expect(view.knowsNullable == (draft == .openAPI30))
        #expect(view.isNullable == (draft == .openAPI30))
        #expect(view.hasTuples == [.draft04, .draft06, .draft07, .draft201909].contains(draft))
    }

    @Test("`const` restricts kinds where the dialect knows it", arguments: Draft.allCases)
    func constants(draft: Draft) throws {
        let view = try Self.view(#""const": 1"#, draft)
        let isKnown = draft != .openAPI30 && draft != .draft04
        #expect(view.kinds == (isKnown ? [.number] : nil))
        #expect(view.integerOnly == isKnown)
        #expect(view.enumeration.map(\.spelling) == (isKnown ? ["1"] : []))
    }

    @Test("keywords next to $ref count since 2019-09", arguments: Draft.allCases)
    func siblings(draft: Draft) throws {
        let definitions = draft == .draft201909 || draft == .draft202012 ? "$defs" : "definitions"
        let view = try Self.view(
            ##""$ref": "#/\##(definitions)/s", "title": "own", "\##(definitions)": {"s": {"title": "target"}}"##, draft)
        let ignores = ![.draft201909, .draft202012].contains(draft)
        #expect(view.title == (ignores ? "target" : "own"))
        #expect(view.ownKeyword("title")?.string == (ignores ? "target" : "own"))
    }

    @Test("elements are described by the tuple of the dialect, then by the rest", arguments: Draft.allCases)
    func elements(draft: Draft) throws {
        let tuple =
            draft == .draft202012
            ? #""prefixItems": [{"type": "string"}], "items": {"type": "boolean"}"#
            : #""items": [{"type": "string"}], "additionalItems": {"type": "boolean"}"#
        let view = try Self.view(#""type": "array", "# + tuple, draft)
        if draft == .openAPI30 {
            // In OpenAPI 3.0, `items` must be an object (OpenAPI 3.0.4, section 4.7.24.1).
            #expect(view.item(0) == nil && view.item(1) == nil)
            return
        }
        #expect(view.item(0)?.kinds == [.string])
        #expect(view.item(1)?.kinds == [.boolean])
        #expect(view.view(at: ["0"])?.kinds == [.string])
        #expect(view.view(at: ["7"])?.kinds == [.boolean])
        #expect(view.view(at: ["-1"]) == nil)
    }

    @Test(
        "kinds follow type, enum, const and compositions",
        arguments: [
            (#""type": "string""#, ["string"]), (#""type": ["string", "null"]"#, ["null", "string"]),
            (#""type": "integer""#, ["number"]), (#""enum": [1, "a", null]"#, ["null", "number", "string"]),
            (#""enum": []"#, []), (#""type": "string", "enum": [1, "a"]"#, ["string"]),
            (#""allOf": [{"type": ["string", "null"]}, {"type": ["null", "array"]}]"#, ["null"]),
            (#""anyOf": [{"type": "string"}, {"type": "array"}]"#, ["array", "string"]),
            (#""oneOf": [{"type": "string"}, false]"#, ["string"]),
            (#""type": "object", "oneOf": [{"type": "string"}, {"required": ["a"]}]"#, ["object"]),
            (#""anyOf": [{"type": "string"}, {}]"#, nil), (#""minLength": 3"#, nil),
            (#""not": {"type": "string"}"#, nil),
            (##""allOf": [{"$ref": "#"}], "type": "boolean""##, ["boolean"]),
        ] as [(String, [String]?)])
    func kinds(schema: String, names: [String]?) throws {
        let view = try Self.view(schema, .draft202012)
        #expect(view.kinds.map { $0.map(\.name).sorted() } == names)
        for kind in JSONKind.allCases {
            #expect(view.allows(kind) == (names?.contains(kind.name) ?? true), "\(kind.name)")
        }
    }

    @Test("members come from properties, patterns and additional members, in this order")
    func members() throws {
        let view = try Self.view(
            """
            "properties": {"ab": {"title": "named"}, "no": false}, "patternProperties": {"^a": {"title": "pattern"},
            "(": {"title": "invalid"}}, "additionalProperties": {"title": "rest"}
            """, .draft202012)
        #expect(view.property("ab")?.title == "named")
        #expect(view.property("ac")?.title == "pattern")
        #expect(view.property("no")?.node.boolean == false)
        #expect(view.property("x") == nil)
        #expect(view.view(at: ["x"])?.title == "rest")
        #expect(view.additional?.title == "rest")
        #expect(view.propertyNames == ["ab", "no"])
        #expect(view.allowsAdditional)
        let plain = try Self.view(#""patternProperties": {"^a": {"title": "pattern"}}"#, .openAPI30)
        #expect(plain.property("ab") == nil, "OpenAPI 3.0 has no patternProperties")
    }

    @Test(
        "undeclared members are closed by additionalProperties, and by unevaluatedProperties since 2019-09",
        arguments: Draft.allCases)
    func closed(draft: Draft) throws {
        #expect(try !Self.view(#""additionalProperties": false"#, draft).allowsAdditional)
        #expect(try Self.view(#""additionalProperties": true"#, draft).allowsAdditional)
        let knows = draft == .draft201909 || draft == .draft202012
        #expect(try Self.view(#""unevaluatedProperties": false"#, draft).allowsAdditional == !knows)
        #expect(try (Self.view(#""unevaluatedProperties": {"title": "t"}"#, draft).additional != nil) == knows)
    }

    @Test("a keyword and a member have the location of their name, and an element that of its value")
    func locations() throws {
        let text = """
            {"type": "array",
              "prefixItems": [
                {"minLength": 2}
              ]}
            """
        var documents = SchemaDocuments()
        documents.add(
            try JSONDocument(parsing: text), uri: "test:///s.json", file: "s.json", dialect: .draft202012)
        let view = try #require(SchemaStore(documents).view(SchemaPlace(uri: "test:///s.json", pointer: .root)))
        let item = try #require(view.item(0))
        #expect(view.location.description == "s.json:1:1")
        #expect(item.location.description == "s.json:3:5")
        #expect(try view.location(of: #require(view.ownKeyword("prefixItems"))).description == "s.json:2:3")
        #expect(try item.location(of: #require(item.ownKeyword("minLength"))).description == "s.json:3:6")
    }
}
