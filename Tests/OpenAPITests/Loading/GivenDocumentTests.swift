import Diagnostics
import JSONDocument
import JSONSchema
import OpenAPI
import SourceText
import TestKit
import Testing

/// Schemas in files that are not OpenAPI documents, and documents that are provided instead of being downloaded.
@Suite("Schema files and provided documents")
struct GivenDocumentTests {
    private static func load(
        _ files: [String: String], given: [String: JSONValue] = [:]
    ) throws -> (folder: TemporaryFolder, document: SchemaDocument) {
        let folder = try TemporaryFolder(files)
        let reader = SourceReader(root: folder.path)
        let documents = given.map { GivenDocument(uri: $0.key, document: JSONDocument($0.value)) }
        return (folder, SchemaDocument.load(try reader.read("s.json"), given: documents, reader: reader))
    }

    /// Whether a schema accepts a value; `nil` if the schema does not exist or cannot be compiled.
    private static func accepts(_ value: JSONValue, _ schema: Schema?) -> Bool? {
        guard let compiled = try? schema?.compiled() else { return nil }
        return compiled.isUnusable ? nil : compiled.isValid(JSONDocument(value).root) == .valid
    }

    @Test(
        "a schema is found by its pointer in the file",
        arguments: [
            ("#", true), ("#/$defs/A", true), ("#/$defs/a~1b", true), ("#/%24defs/A", true), ("#/$defs/None", false),
            ("", false),
            ("A", false), ("$defs/A", false), ("#A", false), ("#/$defs/%zz", false), ("other.json#", false),
        ])
    func pointers(reference: String, exists: Bool) throws {
        let text = ##"{"type": "object", "$defs": {"A": {"type": "integer"}, "a/b": {"$ref": "#/$defs/A"}}}"##
        let loaded = try Self.load(["s.json": text])
        let schema = loaded.document.schema(reference)
        #expect((schema != nil) == exists)
        guard exists else { return }
        #expect(Self.accepts(1, schema) == (reference != "#") && Self.accepts([:], schema) == (reference == "#"))
        #expect(schema?.location.file == "s.json")
    }

    @Test(
        "references to other files are followed, and what cannot be read is not judged",
        arguments: [
            ("parts/a.json#/$defs/B", true, []), ("./parts/a.json#/$defs/B", true, []),
            ("parts/a.json#/$defs/C", nil, []),
            ("none.json", nil, ["reference.unresolved"]), ("https://a.example/s.json", nil, ["reference.remote"]),
            ("../outside.json", nil, ["reference.outside"]),
        ] as [(String, Bool?, [String])])
    func files(reference: String, verdict: Bool?, rules: [String]) throws {
        let loaded = try Self.load([
            "s.json": JSONValue.object(["$ref": .string(reference)]).text,
            "parts/a.json": #"{"$defs": {"B": {"$ref": "b.yaml"}}}"#, "parts/b.yaml": "type: integer\n",
        ])
        #expect(Self.accepts(1, loaded.document.schema("#")) == verdict)
        #expect(Self.accepts("x", loaded.document.schema("#")) == verdict.map { !$0 })
        #expect(loaded.document.diagnostics.map(\.rule) == rules)
    }

    @Test(
        "a provided document is used for references to its URI, by pointer and by anchor",
        arguments: [
            ("https://a.example/s.json", true), ("https://a.example/s.json#", true),
            ("https://a.example/s.json#/$defs/T", true),
            ("https://a.example/s.json#t", true), ("https://a.example/s.json#/$defs/None", nil),
            ("https://a.example/other.json", nil),
            ("http://a.example/s.json", nil),
        ] as [(String, Bool?)])
    func given(reference: String, verdict: Bool?) throws {
        let given: [String: JSONValue] = [
            "https://a.example/s.json": ["type": "integer", "$defs": ["T": ["$anchor": "t", "type": "integer"]]]
        ]
        let loaded = try Self.load(["s.json": JSONValue.object(["$ref": .string(reference)]).text], given: given)
        #expect(Self.accepts(1, loaded.document.schema("#")) == verdict)
        #expect(Self.accepts("x", loaded.document.schema("#")) == verdict.map { !$0 })
    }

    private static let contractText = """
        openapi: 3.1.0
        info: {title: t, version: '1'}
        paths:
          /a:
            post:
              requestBody: {content: {application/json: {schema: {$ref: 'https://a.example/s.json#/$defs/T'}}}}
              responses: {'200': {description: ok}}
        """

    private static func issues(_ body: String, given: [GivenDocument]) throws -> [String] {
        let folder = try TemporaryFolder(["api.yaml": contractText])
        let contract = try ContractLoader.load(file: "api.yaml", given: given, reader: SourceReader(root: folder.path))
        let request = WireRequest(
            method: "POST", path: "/a", headers: [("content-type", "application/json")], body: Array(body.utf8))
        return contract.issues(in: request).map { "\($0.place) \($0.keyword)\($0.isUndecided ? " undecided" : "")" }
    }

    @Test("a contract is judged by a provided document, and without it says that it is not judged")
    func contracts() throws {
        let document = JSONDocument(["$defs": ["T": ["type": "integer"]]])
        let given = [GivenDocument(uri: "https://a.example/s.json", document: document)]
        #expect(try Self.issues("1", given: given) == [])
        #expect(try Self.issues("\"x\"", given: given) == ["body type"])
        for body in ["1", "\"x\""] { #expect(try Self.issues(body, given: []) == ["body unread undecided"]) }
        let other = [GivenDocument(uri: "https://b.example/s.json", document: document)]
        #expect(try Self.issues("1", given: other) == ["body unread undecided"])
    }

    @Test(
        "a file says itself whether it is an OpenAPI document",
        arguments: [
            ("openapi: 3.1.0", true), ("swagger: '2.0'", true), ("openapi: 7", true), ("type: object", false),
            ("[openapi]", false),
            ("x: {openapi: 3.1.0}", false), ("'openapi'", false),
        ])
    func kinds(text: String, isOpenAPI: Bool) throws {
        let source = try SourceReader.parse(Array(text.utf8), path: "x.yaml")
        #expect(SchemaDocument.isOpenAPI(source) == isOpenAPI)
    }
}
