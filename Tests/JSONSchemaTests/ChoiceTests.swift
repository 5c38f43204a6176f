import JSONDocument
import JSONSchema
import Testing

/// Alternatives: which is nearest, and what `discriminator` says.
@Suite("Alternatives")
struct ChoiceTests {
    static let pets = """
        {"openapi": "3.0.3", "components": {"schemas": {
          "Pet": {
            "oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
            "discriminator": {"propertyName": "kind", "mapping": {"d": "Dog", "c": "#/components/schemas/Cat"}}
          },
          "Plain": {"oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}]},
          "Cat": {"type": "object", "required": ["kind", "lives"], "properties": {
            "kind": {"type": "string", "enum": ["Cat", "c"]}, "lives": {"type": "integer"}}},
          "Dog": {"type": "object", "required": ["kind", "bark"], "properties": {
            "kind": {"type": "string", "enum": ["Dog", "d"]}, "bark": {"type": "object", "required": ["loud"]}}}
        }}}
        """

    @Test("the closest alternative comes first, and the others say why they do not match")
    func nearest() throws {
        let schema = try compile(document: Self.pets, at: "/components/schemas/Plain")
        let issue = try #require(try schema.report(#"{"kind": "Dog", "bark": {}}"#).issues.first)
        #expect(issue.line == " oneOf: satisfies none of the 2 alternatives")
        #expect(
            issue.causes.map { $0.map(\.line) } == [
                [#"/bark required: lacks the required member "loud""#],
                [
                    #" required: lacks the required member "lives""#,
                    #"/kind enum: "Dog" is not one of the 2 allowed values "Cat", "c""#,
                ],
            ])
        #expect(
            issue.causes.first?.first?.schema.pointer.description == "/components/schemas/Dog/properties/bark/required")
    }

    @Test(
        "one wrong member is one issue, although no alternative evaluates the other members",
        arguments: ["oneOf", "anyOf"])
    func closedAlternatives(keyword: String) throws {
        let schema = try compile(
            """
            {"properties": {"id": {"type": "integer"}}, "unevaluatedProperties": false, "\(keyword)": [
              {"properties": {"card": {"type": "string"}, "name": {"type": "string"}}, "required": ["card"]},
              {"properties": {"bank": {"type": "string"}, "name": {"type": "string"}}, "required": ["bank"]}]}
            """)
        func keywords(_ value: String) throws -> [String] { try schema.report(value).issues.map(\.keyword) }
        #expect(try keywords(#"{"id": 1, "card": 2, "name": "n"}"#) == [keyword])
        #expect(try keywords(#"{"id": 1, "card": "c", "name": "n"}"#) == [])
        // A member that no alternative has is a second mistake, and so is one of an alternative that does not match.
        #expect(try keywords(#"{"card": 2, "odd": 1}"#) == [keyword, "unevaluatedProperties"])
        #expect(try keywords(#"{"card": "c", "name": 1}"#) == [keyword])
        #expect(try keywords(#"{"card": "c", "bank": 1}"#) == ["unevaluatedProperties"])
    }

    @Test("an alternative for another type is the farthest")
    func otherType() throws {
        let schema = try compile(#"{"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "null"}}]}"#)
        let issue = try #require(try schema.report("[1]").issues.first)
        #expect(
            issue.causes.map { $0.map(\.line) } == [
                ["/0 type: is a number, but the schema allows only null"],
                [" type: is an array, but the schema allows only string"],
            ])
    }

    @Test(
        "the discriminator selects the alternative that the issues describe",
        arguments: [
            (#"{"kind": "d", "bark": {"loud": 1}}"#, [String]()),
            (#"{"kind": "Cat", "lives": 9}"#, []),
            (#"{"kind": "c", "lives": "9"}"#, ["/lives type: is a string, but the schema allows only integer"]),
            (#"{"kind": "d", "lives": 9}"#, [#" required: lacks the required member "bark""#]),
            (
                #"{"kind": "Bird"}"#,
                [
                    #" discriminator: the member "kind" is "Bird", which selects none of the alternatives "d", "c", "Cat", "Dog""#
                ]
            ),
            (#"{"lives": "9"}"#, [#" discriminator: lacks the member "kind", which selects the alternative"#]),
            (#"{"kind": 1}"#, [" oneOf: satisfies none of the 2 alternatives"]),
            ("7", [" oneOf: satisfies none of the 2 alternatives"]),
        ])
    func discriminator(value: String, issues: [String]) throws {
        for (text, dialect) in Self.versions(of: Self.pets) {
            let schema = try compile(document: text, at: "/components/schemas/Pet", dialect)
            #expect(try schema.issues(value) == issues)
            #expect(try schema.outcome(value) == (issues.isEmpty ? .valid : .invalid))
        }
    }

    private static func versions(of document: String) -> [(String, SchemaDialect)] {
        [(document, .openAPI30), (document.replacing("3.0.3", with: "3.1.0"), .draft202012)]
    }

    /// `Loose` alternatives do not limit the member, `Tagged` ones do, and `Optional` ones do not require it.
    private static let shapes = """
        {"openapi": "3.0.3", "components": {"schemas": {
          "Loose": {"oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
            "discriminator": {"propertyName": "t", "mapping": {"kitten": "Cat", "other": "Bird"}}},
          "Any": {"anyOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
            "discriminator": {"propertyName": "t"}},
          "Cat": {"type": "object", "required": ["meow"], "properties": {
            "t": {"oneOf": [{"type": "string"}, {"type": "integer"}]}, "meow": {"type": "integer"}}},
          "Dog": {"type": "object", "required": ["bark"], "properties": {"t": {}, "bark": {"type": "integer"}}},
          "Bird": {"type": "object"},
          "Tagged": {"oneOf": [
              {"type": "object", "required": ["t"], "properties": {"t": {"type": "string", "enum": ["a", "b"]}}},
              {"type": "object", "required": ["t"], "properties": {"t": {"type": "string", "enum": ["c"]}}}],
            "discriminator": {"propertyName": "t"}},
          "Wrapping": {"oneOf": [
              {"allOf": [{"$ref": "#/components/schemas/Cat"}], "required": ["t"]},
              {"$ref": "#/components/schemas/Dog"}],
            "discriminator": {"propertyName": "t", "mapping": {"c": "Cat"}}}
        }}}
        """

    @Test(
        "the discriminator changes no verdict, and a name of another alternative is a remark",
        arguments: [
            ("Loose", #"{"t": "Cat", "meow": 1}"#, SchemaOutcome.valid, [String]()),
            ("Loose", #"{"t": "kitten", "meow": 1}"#, .valid, []),
            ("Loose", #"{"meow": 1}"#, .valid, []),
            ("Loose", #"{"t": 3, "meow": 1}"#, .valid, []),
            ("Loose", #"{"t": "kitten", "bark": 1}"#, .valid, [#"/t "kitten" names Cat, but the value satisfies Dog"#]),
            ("Loose", #"{"t": "other", "bark": 1}"#, .valid, [#"/t "other" names Bird, but the value satisfies Dog"#]),
            (
                "Loose", #"{"t": "fish", "bark": 1}"#, .valid,
                [#"/t "fish" names none of the alternatives, but the value satisfies Dog"#]
            ),
            ("Loose", #"{"t": "Cat", "meow": 1, "bark": 1}"#, .invalid, []),
            ("Loose", #"{"t": "other"}"#, .invalid, []),
            ("Any", #"{"t": "Cat", "meow": 1, "bark": 1}"#, .valid, []),
            ("Any", #"{"t": "Cat", "bark": 1}"#, .valid, [#"/t "Cat" names Cat, but the value satisfies Dog"#]),
            ("Any", #"{"bark": 1}"#, .valid, []),
            ("Tagged", #"{"t": "b"}"#, .valid, []),
            ("Tagged", #"{"t": "c"}"#, .valid, []),
            ("Tagged", #"{"t": "d"}"#, .invalid, []),
            ("Wrapping", #"{"t": "c", "meow": 1}"#, .valid, []),
        ])
    func annotates(name: String, value: String, outcome: SchemaOutcome, remarks: [String]) throws {
        for (text, dialect) in Self.versions(of: Self.shapes) {
            let schema = try compile(document: text, at: "/components/schemas/\(name)", dialect)
            #expect(try schema.outcome(value) == outcome)
            let report = try schema.report(value)
            #expect(report.outcome == outcome)
            #expect(report.remarks.map { "\($0.pointer) \($0.message)" } == remarks)
            // Without the discriminator the verdict is the same.
            let plain = text.replacing("discriminator", with: "x-discriminator")
            #expect(try compile(document: plain, at: "/components/schemas/\(name)", dialect).outcome(value) == outcome)
        }
    }

    @Test("a mapping that cannot be resolved is an error at its place")
    func brokenMapping() throws {
        let text = """
            {"oneOf": [{"type": "object"}],
             "discriminator": {"propertyName": "kind", "mapping": {"a": "#/nowhere"}}}
            """
        #expect(
            try problems(text) == [
                ##"2:2 error the reference '#/nowhere' leads nowhere: the document has no member "nowhere""##
            ])
    }

    @Test("a mapping to an unknown component is reported without a file name")
    func unknownMapping() throws {
        let text = """
            {"oneOf": [{"type": "object"}],
             "discriminator": {"propertyName": "kind", "mapping": {"a": "Dog"}}}
            """
        #expect(
            try problems(text) == [
                #"2:2 error the mapping refers to "Dog", but components/schemas has no schema with that name"#
            ])
    }

    @Test("a single alternative is judged as if it were written in place")
    func single() throws {
        #expect(
            try compile(#"{"oneOf": [{"required": ["a"]}]}"#).issues("{}")
                == [#" required: lacks the required member "a""#])
    }
}
