import Conformance
import Testing

/// OpenAPI 3.2.0, section 4.14; WHATWG HTML, section 9.2.6; RFC 7464.
@Suite("Bodies that are streams of items")
struct StreamTests {
    static let events = """
        { itemSchema: { type: object, required: [data], additionalProperties: false, properties:
                { event: { enum: [tick] }, data: { type: string, pattern: '^[a-z\\n]*$' }, id: { type: string },
                  retry: { type: integer } } } }
        """

    @Test(
        "events end with an empty line, and lines with CR LF, LF or CR",
        arguments: ["\n", "\r\n", "\r"], ["", "\u{FEFF}"])
    func lineEnds(end: String, mark: String) throws {
        func found(_ lines: String...) throws -> [String] {
            try OneResponse.findings(
                openapi: "3.2.0", "text/event-stream", content: Self.events,
                Array((mark + lines.joined(separator: end)).utf8))
        }
        #expect(try found("event: tick", "data: a", "data:b", "", ": comment", "data", "", "") == [])
        #expect(try found("event: tock", "data: a", "", "") == ["body.enum error /0/event"])
        #expect(try found("data: a", "", "event: tick", "data: 7", "", "") == ["body.pattern error /1/data"])
        // An event without data, and one that no empty line ends, are never dispatched.
        #expect(try found("event: tock", "", "data: 7") == [])
        #expect(try found("id: 1", "retry: 10", "retry: soon", "id: a\u{0}b", "other: x", "data: a", "", "") == [])
    }

    @Test("an empty body is a sequence without items")
    func empty() throws {
        func found(_ type: String, _ content: String) throws -> [String] {
            try OneResponse.findings(openapi: "3.2.0", type, content: content, [])
        }
        for type in ["application/x-ndjson", "application/jsonl", "application/json-seq", "text/event-stream"] {
            #expect(try found(type, "{ itemSchema: { type: object, required: [n] } }") == [], "\(type)")
            #expect(try found(type, "{ schema: { type: array } }") == [], "\(type)")
            #expect(
                try found(type, "{ schema: { type: array, minItems: 1 } }") == ["body.minItems error body"], "\(type)")
        }
    }

    @Test("a body of another type has no items, and its `itemSchema` is reported as not applied")
    func otherTypes() throws {
        let content = "{ itemSchema: { type: object, properties: { n: { type: integer } } } }"
        for (type, body) in [("application/json", #"[{"n": "x"}]"#), ("text/plain", "x")] {
            let found = try OneResponse.findings(openapi: "3.2.0", type, content: content, Array(body.utf8))
            #expect(found == ["body.unjudged note body"], "\(type)")
        }
    }

    @Test("an event stream is UTF-8, and fields have the types of the standard")
    func fields() throws {
        func found(_ bytes: [UInt8], _ content: String = Self.events) throws -> [String] {
            try OneResponse.findings(openapi: "3.2.0", "text/event-stream", content: content, bytes)
        }
        #expect(try found(Array("data: ".utf8) + [0xFF, 0x0A, 0x0A]) == ["body.encoding error body"])
        let exact = """
            { itemSchema: { const: { data: "a\\nb", retry: 10, id: "7" } } }
            """
        #expect(try found(Array("data: a\ndata: b\nretry: 010\nretry: +3\nid:7\n\n".utf8), exact) == [])
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var type: String
        var body: String
        var found: [String]
        var testDescription: String { "\(type) \(body.debugDescription)" }

        init(_ type: String, _ body: String, _ found: String...) {
            (self.type, self.body, self.found) = (type, body, found)
        }
    }

    static let cases = [
        Case("application/json-seq", "\u{1E}{\"n\":1}\n\u{1E}{\"n\":2}\n"), Case("application/json-seq", ""),
        Case("application/json-seq", "\u{1E}\u{1E}{\"n\":1}"),
        Case("application/geo+json-seq", "{\"n\":1}\n", "body.json error body"),
        Case("application/json-seq", "{\"n\":1}\n", "body.json error body"),
        Case("application/json-seq", "{\"n\":1}\n\u{1E}{\"n\":2}\n", "body.json error body"),
        Case("application/json-seq", "\u{1E}{\"n\":1}\n{\"n\":2}\n", "body.json error body"),
        Case("application/json-seq", "\u{1E}{\"n\":1}\n\u{1E}12", "body.json error body"),
        Case("application/json-seq", "\u{1E}{\"n\":1}\n\u{1E}12\n", "body.type error /1"),
        Case("application/jsonl", "{\"n\":1}\n\n{\"n\":2}\r\n"), Case("application/x-ndjson", "{\"n\":1}"),
        Case("application/jsonl", "{\"n\":1}\n{}\n", "body.required error /1/n"),
        Case("application/jsonl", "{\"n\":1}\r{\"n\":2}\r", "body.json error body"),
        Case("application/jsonl", "\u{FEFF}{\"n\":1}\n", "body.encoding error body"),
        Case("application/jsonl", "[\n{\"n\":1}\n]", "body.json error body"),
    ]

    @Test("JSON lines and JSON text sequences", arguments: cases)
    func items(one: Case) throws {
        let content = "{ itemSchema: { type: object, required: [n], properties: { n: { type: integer } } } }"
        // An empty body of a documented sequence has no items.
        #expect(
            try OneResponse.findings(openapi: "3.2.0", one.type, content: content, Array(one.body.utf8)) == one.found)
    }

    @Test(
        "events are judged by what their schema describes: their fields, or the JSON in their data",
        arguments: [
            // Objects of another kind than events, as OpenAPI 3.0 and 3.1 documents describe them.
            (
                "{ schema: { type: array, items: { type: object, required: [n], properties: { n: { type: integer } } } } }",
                0
            ),
            ("{ itemSchema: { type: object, required: [id, n], properties: { id: {}, n: { type: integer } } } }", 0),
            (
                "{ itemSchema: { oneOf: [{ required: [n], properties: { n: { type: integer } } }, { type: integer }] } }",
                0
            ),
            // Fields whose data is described as the JSON that it contains.
            (
                """
                { itemSchema: { required: [data], properties: { event: { type: string }, data: { type: object, \
                required: [n], properties: { n: { type: integer } } } } } }
                """, 1
            ),
            (
                """
                { schema: { type: array, items: { required: [data], properties: { data: { type: object, required: [n], \
                properties: { n: { type: integer } } } } } } }
                """, 1
            ),
        ])
    func readings(content: String, depth: Int) throws {
        func found(_ body: String) throws -> [String] {
            try OneResponse.findings(openapi: "3.2.0", "text/event-stream", content: content, Array(body.utf8))
                .filter { $0.contains(" error ") }
        }
        #expect(try found("event: a\ndata: {\"id\": 1,\ndata: \"n\": 1}\n\ndata: {\"id\": 2, \"n\": 2}\n\n") == [])
        let wrong = try found("data: {\"id\": 1, \"n\": 1}\n\ndata: {\"id\": 2, \"n\": \"x\"}\n\n")
        #expect(wrong.count == 1 && wrong[0].hasPrefix("body.") && wrong[0].contains("/1"), "\(wrong)")
        let text = try found("data: hello\n\ndata: {\"id\": 2, \"n\": 2}\n\n")
        #expect(text.count == 1 && text[0].hasPrefix(depth == 0 ? "body.json error" : "body.type error"), "\(text)")
        // A last event may only say that the stream is over.
        if depth == 0 { #expect(try found("data: {\"id\": 1, \"n\": 1}\n\ndata: [DONE]\n\n") == []) }
    }

    @Test("events whose schema is text are judged by their data")
    func texts() throws {
        let content = "{ schema: { type: array, items: { type: string, maxLength: 2 } } }"
        func found(_ body: String) throws -> [String] {
            try OneResponse.findings("text/event-stream", content: content, Array(body.utf8))
        }
        #expect(try found("data: ab\n\ndata: 12\n\n") == [])
        #expect(try found("data: ab\n\ndata: abc\n\n") == ["body.maxLength error /1"])
    }
}
