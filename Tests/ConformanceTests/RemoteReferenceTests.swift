import Conformance
import Testing

@Suite("Parts described by a remote document are not judged, all others are")
struct RemoteReferenceTests {
    private static func found(_ responses: String, _ body: String, status: Int = 200) throws -> [String] {
        try OneResponse.verdict(
            responses: responses, status: status, [("content-type", "application/json")], Array(body.utf8)
        ).allFindings.map(\.short)
    }

    private static func schema(_ target: String) -> String {
        """
        { '200': { description: d, content: { application/json: { schema: { type: object, required: [a, b], properties: \
        { a: { type: integer }, b: { $ref: '\(target)' } } } } } } }
        """
    }

    @Test("a remote schema of one member")
    func keyword() throws {
        let remote = Self.schema("https://a.example/x.yaml#/B")
        #expect(try Self.found(remote, #"{"a": 1, "b": [2]}"#) == ["document.unjudged warning body"])
        #expect(
            try Self.found(remote, #"{"a": "x", "b": 2}"#) == ["document.unjudged warning body", "body.type error /a"])
        // A reference that cannot be resolved is a mistake of the document.
        let dangling = Self.schema("#/components/schemas/Gone")
        #expect(try Self.found(dangling, #"{"a": 1, "b": [2]}"#) == ["document.schema error body"])
    }

    @Test("a remote response still documents its status")
    func response() throws {
        let remote = "{ '200': { description: d }, '404': { $ref: 'https://a.example/x.yaml#/R' } }"
        #expect(try Self.found(remote, "{}", status: 404) == ["document.unjudged warning -"])
        #expect(try Self.found(remote, "{}", status: 400) == ["status.undocumented error status"])
        let dangling = "{ '200': { description: d }, '404': { $ref: '#/components/responses/Gone' } }"
        #expect(try Self.found(dangling, "{}", status: 404) == ["document.schema error -"])
    }
}
