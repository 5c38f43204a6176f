import JSONDocument
import JSONSchema
import Testing

/// Alternatives: which is nearest, and what `discriminator` selects.
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

    @Test("the nearest alternative comes first, and the others say why they fell")
    func nearest() throws {
        let schema = try compile(document: Self.pets, at: "/components/schemas/Plain")
        let issue = try #require(try schema.report(#"{"kind": "Dog", "bark": {}}"#).issues.first)
        #expect(issue.line == " oneOf: satisfies none of the 2 alternatives")
        #expect(
            issue.causes.map { $0.map(\.line) } == [
                [#"/bark required: lacks the required member "loud""#],
                [
                    #" required: lacks the required member "lives""#,
                    #"/kind enum: "Dog" is none of the 2 allowed values "Cat", "c""#,
                ],
            ])
        #expect(
            issue.causes.first?.first?.schema.pointer.description == "/components/schemas/Dog/properties/bark/required")
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
        "the discriminator selects the alternative that a value is judged by",
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
            (#"{"lives": 9}"#, [#" discriminator: lacks the member "kind", which selects the alternative"#]),
            (
                #"{"kind": 1}"#,
                [#" discriminator: the member "kind" selects the alternative and must be a string, but is 1"#]
            ),
            ("7", [" oneOf: satisfies none of the 2 alternatives"]),
        ])
    func discriminator(value: String, issues: [String]) throws {
        let schema = try compile(document: Self.pets, at: "/components/schemas/Pet")
        #expect(try schema.issues(value) == issues)
        #expect(try schema.outcome(value) == (issues.isEmpty ? .valid : .invalid))
        let later = try compile(
            document: Self.pets.replacing("3.0.3", with: "3.1.0"), at: "/components/schemas/Pet", .draft202012)
        #expect(try later.issues(value) == issues)
    }

    @Test("a mapping that leads nowhere is an error at its place")
    func brokenMapping() throws {
        let text = """
            {"oneOf": [{"type": "object"}],
             "discriminator": {"propertyName": "kind", "mapping": {"a": "#/nowhere"}}}
            """
        #expect(
            try problems(text) == [
                ##"2:2 error the reference "#/nowhere" leads nowhere: the document has no member "nowhere""##
            ])
    }

    @Test("a mapping to a name that no component has says so, and names no file")
    func unknownMapping() throws {
        let text = """
            {"oneOf": [{"type": "object"}],
             "discriminator": {"propertyName": "kind", "mapping": {"a": "Dog"}}}
            """
        #expect(
            try problems(text) == [
                #"2:2 error the mapping leads to "Dog", and components/schemas has no schema of that name"#
            ])
    }

    @Test("one alternative alone is judged as if it stood there itself")
    func single() throws {
        #expect(
            try compile(#"{"oneOf": [{"required": ["a"]}]}"#).issues("{}")
                == [#" required: lacks the required member "a""#])
    }
}
