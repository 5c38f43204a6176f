import Conformance
import Testing

@Suite("Blame for a body")
struct BlameTests {
    /// The findings as `rule place blame`.
    private static func found(_ content: String, _ body: String, openapi: String = "3.1.1") throws -> [String] {
        try OneResponse.verdict(
            openapi: openapi, responses: "{ '200': { description: d, content: { application/json: \(content) } } }",
            [("content-type", "application/json")], Array(body.utf8)
        ).allFindings.map { "\($0.rule) \($0.response?.reported ?? "") \($0.blame.rawValue)" }
    }

    private static let pair = "{ type: object, properties: { a: { type: integer }, b: { type: integer } } }"
    private static let list = "{ type: array, items: \(pair) }"
    private static let map = "{ type: object, additionalProperties: { type: integer } }"

    @Test(
        "the document is to blame where its own example violates the same keyword at the same place",
        arguments: [
            (pair, "{ a: x }", #"{"a":"y"}"#, ["body.type /a document"]),
            (pair, "{ a: x }", #"{"b":"y"}"#, ["body.type /b server"]),
            (pair, "{ a: 1 }", #"{"a":"y"}"#, ["body.type /a server"]),
            // Elements of a list have one schema.
            (list, "[{ a: 1 }, { a: x }]", #"[{"a":"y"}]"#, ["body.type /0/a document"]),
            // Members of a map have one schema, too, but names of their own.
            (map, "{ a: x }", #"{"b":"y"}"#, ["body.type /b server"]),
            (
                "{ type: object, required: [a, b], properties: { a: {}, b: {} } }", "{ a: 1 }", "{}",
                ["body.required  server"]
            ),
            (
                "{ type: object, required: [a, b], properties: { a: {}, b: {} } }", "{}", "{}",
                ["body.required  document"]
            ),
            (pair, "{ c: 1 }", #"{"c":2}"#, ["body.undeclared /c document"]),
            (pair, "{ c: 1 }", #"{"d":2}"#, ["body.undeclared /d server"]),
        ])
    func places(schema: String, example: String, body: String, found: [String]) throws {
        #expect(try Self.found("{ schema: \(schema), example: \(example) }", body) == found)
        #expect(try Self.found("{ schema: \(schema), examples: { one: { value: \(example) } } }", body) == found)
    }

    @Test("the example of a schema counts, the example of a branch does not")
    func schemas() throws {
        let own = "{ schema: { type: object, required: [a, b], properties: { a: {}, b: {} }, example: { a: 1 } } }"
        #expect(try Self.found(own, #"{"a":2}"#) == ["body.required /b document"])
        let branch = """
            { schema: { allOf: [{ type: object, properties: { a: {} }, example: { a: 1 } },
              { type: object, required: [b], properties: { b: {} } }] } }
            """
        #expect(try Self.found(branch, #"{"a":2}"#) == ["body.required /b server"])
    }

    @Test("an example for both directions does not count for members of one direction")
    func directions() throws {
        let schema = "type: object, properties: { pin: { type: string, writeOnly: true } }"
        let body = #"{"pin":"1"}"#
        #expect(
            try Self.found("{ schema: { \(schema), example: { pin: '2' } } }", body) == ["body.writeOnly /pin server"])
        #expect(
            try Self.found("{ schema: { \(schema) }, example: { pin: '2' } }", body) == ["body.writeOnly /pin document"]
        )
    }

    @Test("a warning about an unusable schema is not an error")
    func unusable() throws {
        let content = """
            { schema: { type: object, properties: { a: { type: string, format: shape }, b: { $ref: '#/nowhere' } } } }
            """
        let verdict = try OneResponse.verdict(
            openapi: "3.0.3", responses: "{ '200': { description: d, content: { application/json: \(content) } } }",
            [("content-type", "application/json")], Array("{}".utf8))
        #expect(!verdict.allFindings.isEmpty)
        #expect(verdict.allFindings.allSatisfy { $0.blame == .document && !$0.message.contains("shape") })
    }
}
