import Foundation
import JSONDocument
import JSONSchema
import SourceText
import TestKit
import Testing

@testable import Mocking

/// The published schema of behaviour files accepts the same files as the mock.
struct BehaviourSchemaTests {
    private static let root = Repository.root

    private static func schema() throws -> CompiledSchema {
        let bytes = try SourceReader(root: root.path).bytes("docs/behaviour.schema.json")
        var documents = SchemaDocuments()
        documents.add(
            try JSONDocument(parsing: bytes), uri: "test:///behaviour.json", file: "behaviour.schema.json",
            dialect: .draft202012)
        return try SchemaStore(documents).compiled(SchemaPlace(uri: "test:///behaviour.json", pointer: .root))
    }

    private static func issues(_ yaml: some StringProtocol) throws -> [String] {
        let source = try SourceReader.parse(Array(yaml.utf8), path: "behaviour.yaml", limits: SourceLimits())
        return try schema().validate(source.document.root, ValidationOptions()).issues.map {
            "\($0.pointer) \($0.keyword)"
        }
    }

    @Test("the shipped behaviour files fit the schema")
    func shipped() throws {
        let folder = Self.root.appending(path: "specs")
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".behaviour.yaml") }
        #expect(!names.isEmpty)
        for name in names {
            let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
            #expect(try Self.issues(text) == [], "\(name)")
        }
    }

    @Test("the examples of the documentation and of these tests fit the schema, part by part")
    func examples() throws {
        #expect(try Self.issues(Parcels.behaviour) == [])
        let page = try String(contentsOf: Self.root.appending(path: "docs/behaviour.md"), encoding: .utf8)
        let blocks = page.components(separatedBy: "```yaml\n").dropFirst().compactMap {
            $0.components(separatedBy: "```").first
        }
        #expect(blocks.count >= 5)
        for block in blocks where block.hasPrefix("behaviour:") || block.hasPrefix("version:") {
            let text = block.hasPrefix("behaviour:") ? block : "behaviour: 1\n" + block
            #expect(try Self.issues(text) == [], "\(text)")
        }
    }

    @Test(
        "the schema rejects every file whose shape the mock rejects",
        arguments: [
            "behaviour: 2", "behaviour: 1\ncolections: {}", "behaviour: 1\nanswers: {ending: x}",
            "behaviour: 1\nanswers: {offset: '5:30'}", "behaviour: 1\norder: [version]",
            "behaviour: 1\nversion: {}", "behaviour: 1\nidempotency: {header: 'a b'}",
            "behaviour: 1\nrateLimit: {limit: -1}", "behaviour: 1\nrateLimit: {limit: 1, per: day}",
            "behaviour: 1\nmemory: {entities: 0}", "behaviour: 1\nerrors: {unkown: {status: 404}}",
            "behaviour: 1\nerrors: {unknown: {status: 99}}", "behaviour: 1\nerrors: {unknown: {}}",
            "behaviour: 1\ncollections: {parcels: {fields: {}}}",
            "behaviour: 1\noperations: {getParcel: {read: parcels, list: parcels}}",
            "behaviour: 1\noperations: {getParcel: {change: parcels}}",
            "behaviour: 1\nheaders: {x: {$value: a, $text: b}}", "behaviour: 1\nheaders: {x: {$values: a}}",
            "behaviour: 1\nevents: {lose: {collection: parcels, transitions: []}}",
        ])
    func refused(text: String) throws {
        #expect(try !Self.issues(text).isEmpty)
        #expect(try !Fixture.problems(text).isEmpty)
    }
}
