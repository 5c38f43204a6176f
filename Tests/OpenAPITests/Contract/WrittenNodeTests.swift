import Diagnostics
import JSONDocument
import JSONSchema
import OpenAPI
import TestKit
import Testing

/// Values as the documents contain them, with references and overlays.
@Suite("Written values")
struct WrittenNodeTests {
    private static let document = """
        openapi: 3.1.0
        info: {title: t, version: '1', x-note: {a: [1, 2.0]}}
        paths:
          /a: {get: {operationId: a, parameters: [{$ref: '#/components/parameters/P'}], responses: {'200': {$ref: 'more.yaml#/R'}}}}
        components:
          parameters:
            P: {$ref: '#/components/parameters/Q'}
            Q: {name: q, in: query, schema: {type: integer}}
            Loop: {$ref: '#/components/parameters/Loop'}
            Gone: {$ref: '#/components/parameters/None'}
            Odd: {$ref: 7}
          schemas: {A: {type: integer}, B: {type: integer, minimum: 1.0}, C: {minimum: 1, type: integer}}
        """
    private static let more =
        "R: {description: from another file, x-back: {$ref: 'api.yaml#/components/parameters/P'}}\n"

    private static func folder() throws -> TemporaryFolder {
        try TemporaryFolder([
            "api.yaml": document, "more.yaml": more,
            "overlay.yaml": "overlay: 1.0.0\nactions:\n- {target: $.info, update: {title: new}}\n",
        ])
    }

    @Test(
        "references are followed to the end, one step, or not at all",
        arguments: [
            // The place, the name at the end, and the name after one step.
            (["components", "parameters", "P"], "q", "q"), (["components", "parameters", "Q"], "q", nil),
            (["components", "parameters", "Loop"], nil, nil), (["components", "parameters", "Gone"], nil, nil),
            (["components", "parameters", "Odd"], nil, nil),
        ] as [([String], String?, String?)])
    func references(path: [String], end: String?, step: String?) throws {
        var node: WrittenNode? = try Self.folder().contract().written
        for name in path { node = node?[name] }
        let value = try #require(node)
        #expect(value.followed?.text("name") == end)
        #expect(value.target?.text("name") == step)
    }

    @Test("a reference leads to another file and back, and each value has the location in its file")
    func files() throws {
        let contract = try Self.folder().contract()
        let responses = contract.written["paths"]?["/a"]?["get"]?["responses"]
        let response = try #require(responses?["200"]?.followed)
        #expect(response.text("description") == "from another file")
        #expect(response.location.description == "more.yaml:1:1")
        #expect(response["x-back"]?.followed?.text("name") == "q")
        #expect(response["x-back"]?.target?.location.description == "api.yaml:7:5")
        // The same value has the same identity, however it was reached.
        let back = try #require(response["x-back"]?.followed)
        let direct = try #require(contract.written["components"]?["parameters"]?["Q"])
        #expect(back.identity == direct.identity && back.identity != response.identity)
    }

    @Test("members, elements, texts and flags are those of the document, extensions included")
    func contents() throws {
        let written = try Self.folder().contract().written
        #expect(written.members.map(\.name) == ["openapi", "info", "paths", "components"])
        #expect(written["info"]?.members.map(\.name) == ["title", "version", "x-note"])
        #expect(written["info"]?["x-note"]?["a"]?.elements.map(\.node.spelling) == ["1", "2.0"])
        #expect(written.text("openapi") == "3.1.0" && written.text("info") == nil)
        #expect(written["info"]?.flag("title") == nil && written["none"] == nil)
        #expect(written["components"]?["schemas"]?["A"]?.schema?.kinds == [.number])
        #expect(!written.isOpenAPI30)
        #expect(try contract("openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}").written.isOpenAPI30)
    }

    @Test(
        "values are equal as JSON: numbers by value, members in any order",
        arguments: [("B", "C", true), ("A", "B", false), ("A", "A", true)])
    func equality(left: String, right: String, isEqual: Bool) throws {
        let schemas = try #require(Self.folder().contract().written["components"]?["schemas"])
        let (one, other) = (try #require(schemas[left]), try #require(schemas[right]))
        #expect(one.isEqual(to: other) == isEqual && other.isEqual(to: one) == isEqual)
    }

    @Test("values from an overlay are the written ones, at their place in the overlay")
    func overlay() throws {
        let contract = try Self.folder().contract(overlays: ["overlay.yaml"])
        #expect(contract.written["info"]?.text("title") == "new")
        #expect(contract.written["info"]?["title"]?.location.description == "overlay.yaml:3:29")
        #expect(contract.written["info"]?["version"]?.location.description == "api.yaml:2:18")
        #expect(contract.files == ["api.yaml", "more.yaml"])
        #expect(contract.fingerprint != (try Self.folder().contract().fingerprint))
    }
}
