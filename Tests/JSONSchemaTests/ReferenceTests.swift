import Diagnostics
import JSONDocument
import JSONSchema
import Testing

/// References between documents, resources and anchors.
@Suite("References")
struct ReferenceTests {
    private func store(_ documents: [(uri: String, text: String)], _ dialect: SchemaDialect) throws -> SchemaStore {
        var all = SchemaDocuments()
        for (uri, text) in documents {
            all.add(try JSONDocument(parsing: text), uri: uri, file: uri, dialect: dialect)
        }
        return SchemaStore(all)
    }

    @Test("a relative reference may name another document, and issues point there")
    func otherDocument() throws {
        let store = try store(
            [
                ("file:///api/main.json", ##"{"properties": {"a": {"$ref": "parts/b.json#/c%20d/x~1y"}}}"##),
                (
                    "file:///api/parts/b.json",
                    "{\"c d\": {\"x/y\": {\"$ref\": \"../main.json#/properties/a/zzz\",\n\"type\": \"null\"}}}"
                ),
            ], .draft202012)
        let broken = try store.compiled(SchemaPlace(uri: "file:///api/main.json", pointer: .root))
        #expect(broken.unusable.map(\.location?.file) == ["file:///api/parts/b.json"])
        let good = try self.store(
            [
                ("file:///api/main.json", ##"{"properties": {"a": {"$ref": "parts/b.json#/c%20d/x~1y"}}}"##),
                ("file:///api/parts/b.json", "{\"c d\": {\"x/y\": {\n\"type\": \"null\"}}}"),
            ], .draft202012)
        let schema = try good.compiled(SchemaPlace(uri: "file:///api/main.json", pointer: .root))
        let issue = try #require(try schema.report(#"{"a": 1}"#).issues.first)
        #expect(issue.location.description == "file:///api/parts/b.json:2:1")
        #expect(issue.schema.pointer.description == "/c d/x~1y/type")
    }

    @Test("OpenAPI 3.0 has no $id: references are resolved against the document")
    func noIdentifiersIn30() throws {
        let document =
            ##"{"openapi": "3.0.0", "components": {"schemas": {"A": {"$id": "http://x/y", "allOf": [{"$ref": "#/components/schemas/B"}]}, "B": {"type": "string"}}}}"##
        let schema = try compile(document: document, at: "/components/schemas/A")
        #expect(try schema.outcome("1") == .invalid)
    }

    @Test("2020-12: references below $id are resolved against it")
    func identifiers() throws {
        let schema = try compile(
            ##"{"$id": "http://x/a/b", "$ref": "c#d", "$defs": {"c": {"$id": "c", "$defs": {"d": {"$anchor": "d", "const": 1}}}}}"##
        )
        #expect(try schema.outcome("1") == .valid)
        #expect(try schema.outcome("2") == .invalid)
    }

    @Test("an anchor inside data does not count")
    func anchorsInData() throws {
        #expect(try problems(##"{"$ref": "#a", "enum": [{"$anchor": "a"}], "x-y": {"$anchor": "a"}}"##).count == 1)
    }

    @Test("a part of an OpenAPI document with the name of a keyword is not read as a schema")
    func openAPIStructure() throws {
        let document = ##"""
            {"openapi": "3.1.0", "components": {
              "parameters": {"schema": {"name": "p", "in": "query", "schema": {"$anchor": "here", "type": "string"}}},
              "schemas": {"A": {"$ref": "#here"}, "B": {"$ref": "#/components/parameters/schema"}}}}
            """##
        let schema = try compile(document: document, at: "/components/schemas/A", .draft202012)
        #expect(try schema.outcome("1") == .invalid)
        let other = try compile(document: document, at: "/components/schemas/B", .draft202012)
        #expect(other.unusable.map(\.rule) == ["schema.reference"])
    }

    @Test("the outermost scope provides the target of a dynamic reference")
    func dynamic() throws {
        let text = ##"""
            {"$id": "http://x/strict", "$ref": "tree", "$dynamicAnchor": "node", "unevaluatedProperties": false,
             "$defs": {"tree": {"$id": "tree", "$dynamicAnchor": "node", "type": "object", "properties": {
               "data": true, "children": {"items": {"$dynamicRef": "#node"}}}}}}
            """##
        let schema = try compile(text)
        #expect(try schema.outcome(#"{"children": [{"data": 1}]}"#) == .valid)
        #expect(
            try schema.issues(#"{"children": [{"daat": 1}]}"#) == [
                #"/children/0 unevaluatedProperties: has the member "daat", which the schema does not allow"#
            ])
    }

    @Test("a metaschema decides which keywords are active")
    func vocabularies() throws {
        let metaschema = ##"""
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "http://x/meta", "$vocabulary": {
              "https://json-schema.org/draft/2020-12/vocab/core": true,
              "https://json-schema.org/draft/2020-12/vocab/applicator": true,
              "https://json-schema.org/draft/2020-12/vocab/format-assertion": true}}
            """##
        let store = try store(
            [
                ("http://x/meta", metaschema),
                (
                    "http://x/s",
                    ##"{"$schema": "http://x/meta", "minimum": 10, "format": "ipv4", "properties": {"a": false}}"##
                ),
            ], .draft202012)
        let schema = try store.compiled(SchemaPlace(uri: "http://x/s", pointer: .root))
        #expect(try schema.outcome("1") == .valid)
        #expect(try schema.outcome(#"{"a": 1}"#) == .invalid)
        #expect(try schema.outcome(#""x""#, ValidationOptions(formats: .annotate)) == .invalid)
    }

    @Test("a required unknown vocabulary is an error, an unknown dialect a warning")
    func unknownVocabulary() throws {
        let store = try store(
            [
                ("http://x/meta", ##"{"$vocabulary": {"http://x/own": true}}"##),
                ("http://x/s", ##"{"$schema": "http://x/meta"}"##),
            ], .draft202012)
        let schema = try store.compiled(SchemaPlace(uri: "http://x/s", pointer: .root))
        #expect(
            schema.unusable.map(\.message) == ["the dialect requires the unknown vocabulary http://x/own"])
        #expect(
            try notes(##"{"$schema": "http://x/none"}"##) == [
                "1:2 warning the dialect http://x/none is unknown; the schema is read as JSON Schema 2020-12"
            ])
    }

    @Test("positions may come from several files")
    func located() throws {
        var documents = SchemaDocuments()
        let document = try JSONDocument(parsing: "{\n\"type\":\n\"null\"}")
        documents.add(document, uri: "x:/s", dialect: .draft202012) { position in
            position.line == 2
                ? SourceLocation(file: "overlay.yaml", line: 7, column: 3)
                : SourceLocation(file: "base.yaml", line: position.line, column: position.column)
        }
        let store = SchemaStore(documents)
        let schema = try store.compiled(SchemaPlace(uri: "x:/s", pointer: .root))
        #expect(schema.location.description == "base.yaml:1:1")
        #expect(try schema.report("1").issues.first?.location.description == "overlay.yaml:7:3")
    }

    @Test("one store can be used by several threads")
    func threads() async throws {
        let names = (0..<50).map {
            ##""S\##($0)": {"minimum": \##($0), "properties": {"n": {"$ref": "#/$defs/S\##(($0 + 1) % 50)"}}}"##
        }
        let store = try store([("x:/s", "{\"$defs\": {\(names.joined(separator: ","))}}")], .draft202012)
        let value = try JSONDocument(parsing: #"{"n": {"n": 0}}"#)
        let outcomes = try await withThrowingTaskGroup(of: SchemaOutcome.self) { group in
            for number in 0..<50 {
                group.addTask {
                    let pointer = JSONPointer(["$defs", "S\(number)"])
                    return try store.compiled(SchemaPlace(uri: "x:/s", pointer: pointer)).isValid(value.root)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.count { $0 == .invalid } == 49)
    }
}
