import Conformance
import Testing

@Suite("Objects in a wrapper")
struct WrappedBodyTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var schema: String
        var body: String
        var found: [String]
        var testDescription: String { "\(schema) \(body)" }

        init(_ schema: String, _ body: String, _ found: String...) {
            (self.schema, self.body, self.found) = (schema, body, found)
        }
    }

    static let node = "{ $ref: '#/components/schemas/Node' }"
    static let thing = "{ type: object, required: [id], properties: { id: { type: string } } }"
    static let free = "{ type: object, properties: { id: { type: string } } }"
    static let cases = [
        // A required member is missing outside and present inside.
        Case(thing, #"{"data":{"id":"x"}}"#, "body.wrapped error body"),
        Case("{ type: array, items: \(thing) }", #"[{"thing":{"id":"x"}}]"#, "body.wrapped error /0"),
        Case(
            "{ type: object, properties: { one: \(thing) } }", #"{"one":{"data":{"id":"x"}}}"#,
            "body.wrapped error /one"),
        Case(
            "{ oneOf: [\(thing), { type: object, required: [no], properties: { no: { type: string } } }] }",
            #"{"data":{"id":"x"}}"#, "body.wrapped error body"),
        Case("{ allOf: [\(thing)], unevaluatedProperties: false }", #"{"data":{"id":"x"}}"#, "body.wrapped error body"),
        // What is inside is no such object.
        Case(thing, #"{"data":{"id":7}}"#, "body.required error /id", "body.undeclared warning /data"),
        Case(thing, #"{"data":{"other":"x"}}"#, "body.required error /id", "body.undeclared warning /data"),
        Case(thing, #"{"data":[{"id":"x"}]}"#, "body.required error /id", "body.undeclared warning /data"),
        // The schema allows it: undeclared members are warnings.
        Case(free, #"{"error":{"id":"x"}}"#, "body.undeclared warning /error"),
        Case(node, #"{"sibling":{"name":"x"}}"#, "body.undeclared warning /sibling"),
        Case("{ type: object }", #"{"data":{"id":"x"}}"#),
        Case("{}", #"{"data":{"id":"x"}}"#),
        Case("{ type: object, additionalProperties: \(free) }", #"{"sum":{"id":"x"}}"#),
        Case("{ type: object, required: [id], properties: { id: {} } }", #"{"id":{"id":"x"}}"#),
        // A tree: what is inside may be just another node.
        Case(
            "{ $ref: '#/components/schemas/Tree' }", #"{"data":{"name":"x"}}"#, "body.required error /name",
            "body.undeclared warning /data"),
        // An array is no wrapped object.
        Case("{ type: array, items: \(thing) }", #"{"data":[{"id":"x"}]}"#, "body.type error body"),
    ]

    static let components = """
        { Node: { type: object, properties: { name: { type: string }, child: { $ref: '#/components/schemas/Node' } } },
              Tree: { type: object, required: [name], properties: { name: { type: string },
                children: { type: array, items: { $ref: '#/components/schemas/Tree' } } } } }
        """

    @Test("a wrapper is reported only where required members are inside of it", arguments: cases)
    func wrapped(one: Case) throws {
        let found = try OneResponse.findings(
            "application/json", content: "{ schema: \(one.schema) }", components: Self.components,
            Array(one.body.utf8))
        #expect(found == one.found)
    }

    @Test("the document's own example is not wrapped, and the document is to blame")
    func example() throws {
        let content = "{ schema: \(Self.thing), example: { value: { id: t1 } } }"
        func verdict(_ body: String) throws -> Verdict {
            try OneResponse.verdict(
                responses: "{ '200': { description: d, content: { application/json: \(content) } } }",
                [("content-type", "application/json")], Array(body.utf8))
        }
        let own = try verdict(#"{"value":{"id":"t2"}}"#).allFindings
        #expect(own.map(\.short) == ["body.required error /id", "body.undeclared warning /value"])
        #expect(own.map(\.blame) == [.document, .document])
        let other = try verdict(#"{"data":{"id":"t2"}}"#).allFindings
        #expect(other.map(\.short) == ["body.wrapped error body"])
        #expect(other.map(\.blame) == [.server])
    }
}
