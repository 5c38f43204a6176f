import Diagnostics
import JSONDocument
import JSONSchema
import Testing

/// A document without identifiers is not read in advance. Its references have the same targets as in a document that is.
@Suite struct LazyIndexTests {
    /// The places of a document, with what a reference to each is: a schema, something else, or nothing.
    private static let document = ##"""
        {
          "openapi": "3.1.0", "info": {"title": "t", "version": "1"},
          "paths": {"/a": {
            "parameters": [{"name": "q", "in": "query", "schema": {"type": "integer"}}],
            "get": {"responses": {"200": {"description": "", "content": {"application/json": {
              "schema": {"type": "integer"}, "example": {"type": "integer"}}}}}}}},
          "components": {
            "schemas": {
              "Number": {"type": "integer"},
              "Holder": {
                "properties": {"schema": {"type": "integer"}, "n": {"$ref": "#/components/schemas/Number"}},
                "items": {"type": "integer"}, "allOf": [{"type": "integer"}], "default": {"type": "integer"}}},
            "parameters": {"P": {"name": "p", "in": "query", "schema": {"type": "integer"}}},
            "headers": {"schema": {"schema": {"type": "integer"}}},
            "x-mine": {"Number": {"type": "integer"}}},
          "x-more": {"schemas": {"Number": {"type": "integer"}}},
          "test": {"$ref": "REFERENCE"}SPARE
        }
        """##

    @Test(
        "a reference has the same target whether the document is read in advance or not",
        arguments: [
            ("#/components/schemas/Number", true), ("#/components/schemas/Holder/properties/n", true),
            ("#/components/schemas/Holder/properties/schema", true), ("#/components/schemas/Holder/items", true),
            ("#/components/schemas/Holder/allOf/0", true), ("#/components/parameters/P/schema", true),
            ("#/components/headers/schema/schema", true), ("#/paths/~1a/parameters/0/schema", true),
            ("#/paths/~1a/get/responses/200/content/application~1json/schema", true),
            // No keyword of the specification reaches these, so they may be schemas.
            ("#/components/x-mine/Number", true), ("#/x-more/schemas/Number", true),
            ("#/paths/~1a/get/responses/200/content/application~1json/example", true),
            ("#/components/schemas/Holder/default", true),
            // These are objects of other kinds.
            ("#/components/parameters/P", false), ("#/components/headers/schema", false), ("#/components", false),
            ("#/components/schemas", false), ("#/components/schemas/Holder/properties", false), ("#", false),
            ("#/paths/~1a/get", false), ("#/paths", false),
            // These do not exist.
            ("#/components/schemas/Numbers", false), ("#/components/schemas/Holder/allOf/1", false), ("#anchor", false),
        ])
    func targets(reference: String, isSchema: Bool) throws {
        let lazy = Self.document.replacing("REFERENCE", with: reference).replacing("SPARE", with: "")
        let read = Self.document.replacing("REFERENCE", with: reference)
            .replacing("SPARE", with: ##", "x-spare": {"$anchor": "unused"}"##)
        for text in [lazy, read] {
            let schema = try compile(document: text, at: "/test", .draft202012)
            #expect(schema.notes.filter { $0.severity == .error }.isEmpty == isSchema, "\(schema.notes)")
            #expect(try schema.outcome("1") == .valid)
            // A keyword that cannot be used is left out.
            #expect(try schema.outcome(#""a""#) == (isSchema ? .invalid : .valid))
        }
        let notes = try [lazy, read].map { try compile(document: $0, at: "/test", .draft202012).notes.map(\.message) }
        #expect(notes[0] == notes[1])
    }

    @Test(
        "each kind of identifier is found wherever it is",
        arguments: [
            (##"{"$defs": {"a": {"$anchor": "n", "type": "integer"}}, "$ref": "#n"}"##, true),
            (##"{"$defs": {"a": {"$dynamicAnchor": "n", "type": "integer"}}, "$dynamicRef": "#n"}"##, true),
            (##"{"$defs": {"a": {"$id": "n.json", "type": "integer"}}, "$ref": "n.json"}"##, true),
            (##"{"$defs": {"a": {"\u0024id": "n.json", "type": "integer"}}, "$ref": "n.json"}"##, true),
            (
                ##"{"$schema": "http://json-schema.org/draft-04/schema#", "definitions": {"a": {"id": "n.json", "type": "integer"}}, "$ref": "n.json"}"##,
                true
            ),
            // In later drafts, `id` is a member like any other.
            (##"{"$defs": {"a": {"id": "n.json", "type": "integer"}}, "$ref": "n.json"}"##, false),
        ])
    func identifiers(text: String, isFound: Bool) throws {
        #expect(try problems(text).isEmpty == isFound)
        #expect(try compile(text).outcome(#""a""#) == (isFound ? .invalid : .valid))
    }
}
