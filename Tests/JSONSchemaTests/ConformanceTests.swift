import Diagnostics
import Foundation
import JSONDocument
import JSONSchema
import TestKit
import Testing

/// The conformance suites: groups of a schema and values with their verdicts.
@Suite("Conformance suite")
struct ConformanceTests {
    @Test("OpenAPI 3.0: every verdict is correct", arguments: ConformanceData.all)
    func openAPI30(data: ConformanceData) throws {
        for group in try Conformance.groups(data, "schema/schema-oas30-open.ndjson") {
            try judge(group, in: try Conformance.components(group, dialect: .openAPI30))
        }
    }

    @Test("2020-12: every verdict is correct for a standalone schema", arguments: ConformanceData.all)
    func draft202012Alone(data: ConformanceData) throws {
        let remotes = try Conformance.remotes(data)
        for group in try Conformance.groups(data, "schema/schema-oas31-open.ndjson") {
            try judge(group, in: try Conformance.alone(group, remotes: remotes))
        }
    }

    @Test(
        "2020-12: every verdict is correct for a schema in the components of a document",
        arguments: ConformanceData.all)
    func draft202012InDocument(data: ConformanceData) throws {
        let remotes = try Conformance.remotes(data)
        for group in try Conformance.groups(data, "schema/schema-oas31-open.ndjson") {
            try judge(group, in: try Conformance.components(group, dialect: .draft202012, remotes: remotes))
        }
    }

    private func judge(_ group: Conformance.Group, in place: (SchemaStore, SchemaPlace)) throws {
        let schema: CompiledSchema
        do {
            schema = try place.0.compiled(place.1)
        } catch {
            Issue.record("\(group.name): \(error.diagnostics.map(\.message))")
            return
        }
        for test in group.tests {
            var options = ValidationOptions()
            options.formats = group.assertsFormats ? .assert : .annotate
            options.direction = test.mode == "request" ? .request : test.mode == "response" ? .response : .none
            let expected: SchemaOutcome = test.isValid ? .valid : .invalid
            // The value is judged where it stands in the suite's document and once more on its own.
            #expect(schema.isValid(test.data, options) == expected, "\(group.name): \(test.description)")
            let report = schema.validate(JSONDocument(test.data.value).root, options)
            #expect(report.outcome == expected, "\(group.name): \(test.description)")
            #expect(report.issues.isEmpty == test.isValid, "\(group.name): \(test.description)")
        }
    }
}

/// Reads the suite.
enum Conformance {
    struct Group {
        let name: String
        let assertsFormats: Bool
        let json: JSONNode
        let tests: [Case]
    }

    struct Case {
        let description: String
        let data: JSONNode
        let isValid: Bool
        let mode: String?
    }

    /// The name that the suite's own references use for the schema of a group.
    private static let name = "Exam"

    static func groups(_ data: ConformanceData, _ file: String) throws -> [Group] {
        try data.lines(file, atLeast: 40).map { root in
            let tests = try #require(root["tests"])
            return Group(
                name: root["group"]?.string ?? "", assertsFormats: root["format"]?.string == "assert", json: root,
                tests: tests.elements.compactMap { test in
                    guard let data = test["data"], let isValid = test["valid"]?.boolean else { return nil }
                    return Case(
                        description: test["description"]?.string ?? "", data: data, isValid: isValid,
                        mode: test["mode"]?.string)
                })
        }
    }

    static func remotes(_ data: ConformanceData) throws -> [(uri: String, document: JSONDocument)] {
        let bytes = try data.bytes("schema/remotes-oas31.json")
        return try JSONDocument(parsing: bytes).root.members.map { ($0.name, JSONDocument($0.value.value)) }
    }

    /// The schema as a document of its own.
    static func alone(
        _ group: Group, remotes: [(uri: String, document: JSONDocument)]
    ) throws -> (SchemaStore, SchemaPlace) {
        let schema = try #require(group.json["schema"])
        var documents = SchemaDocuments()
        for remote in remotes {
            documents.add(remote.document, uri: remote.uri, file: remote.uri, dialect: .draft202012)
        }
        let uri = "https://conformance.invalid/alone"
        documents.add(JSONDocument(schema.value), uri: uri, file: "schema.json", dialect: .draft202012)
        return (SchemaStore(documents), SchemaPlace(uri: uri, pointer: .root))
    }

    /// The schema among the components of an OpenAPI document.
    static func components(
        _ group: Group, dialect: SchemaDialect, remotes: [(uri: String, document: JSONDocument)] = []
    ) throws -> (SchemaStore, SchemaPlace) {
        var schema = try #require(group.json["schema"]).value
        if dialect == .draft202012, schema.kind == .object, schema["$id"] == nil {
            schema["$id"] = .string("https://conformance.invalid/chosen")
        }
        var root = JSONValue.object(JSONObject())
        root["openapi"] = .string(dialect == .openAPI30 ? "3.0.4" : "3.1.1")
        root["components"] = .object(JSONObject())
        var schemas = group.json["components"]?.value ?? .object(JSONObject())
        schemas[name] = schema
        root["components"]?["schemas"] = schemas
        let uri = group.json["base"]?.string ?? "https://conformance.invalid/openapi"
        var documents = SchemaDocuments()
        for remote in remotes {
            documents.add(remote.document, uri: remote.uri, file: remote.uri, dialect: .draft202012)
        }
        for member in group.json["remotes"].map({ Array($0.members) }) ?? [] {
            documents.add(
                JSONDocument(member.value.value), uri: member.name, file: member.name, dialect: .openAPI30)
        }
        documents.add(JSONDocument(root), uri: uri, file: "openapi.json", dialect: dialect)
        return (SchemaStore(documents), SchemaPlace(uri: uri, pointer: JSONPointer(["components", "schemas", name])))
    }
}
