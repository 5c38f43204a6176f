import Diagnostics
import OpenAPI
import TestKit
import Testing

@Suite("Lint of examples")
struct ExampleRuleTests {
    private static func document(_ parts: String, version: String = "3.0.3") -> String {
        """
        openapi: \(version)
        info: {title: t, version: "1"}
        paths: {}
        components:
          \(parts)
        """
    }

    private func lint(_ parts: String, version: String = "3.0.3") throws -> [String] {
        try contract(Self.document(parts, version: version)).lint().map(\.testLine)
    }

    @Test("an example in a schema is judged against it, and each misfit has its place")
    func schemaExample() throws {
        let found = try lint("schemas: {S: {type: object, properties: {a: {type: string}}, example: {a: 1, b: 2}}}")
        #expect(
            found == [
                "5:64 warning example.undeclared: the example has \"b\", which its schema does not declare",
                "5:74 warning example.schema: the example at /a is a number, but the schema allows only string",
            ])
    }

    @Test("every example in a list is judged")
    func schemaExamples() throws {
        let found = try lint("schemas: {S: {type: string, examples: [a, 1, b]}}", version: "3.1.0")
        #expect(found == ["5:45 warning example.schema: the example is a number, but the schema allows only string"])
    }

    @Test("named examples of bodies are judged against the schema of their media type, also through references")
    func namedExamples() throws {
        let found = try lint(
            """
            responses:
                R:
                  description: r
                  content:
                    application/json:
                      schema: {type: integer}
                      examples:
                        good: {value: 1}
                        bad: {$ref: '#/components/examples/Bad'}
              examples:
                Bad: {value: one}
            """)
        #expect(found == ["15:11 warning example.schema: the example is a string, but the schema allows only integer"])
    }

    @Test("examples of parameters and headers are judged")
    func parameters() throws {
        let found = try lint(
            """
            parameters: {P: {name: p, in: query, schema: {type: integer}, example: x}}
              headers: {H: {schema: {type: integer}, example: y}}
            """)
        #expect(
            found == [
                "5:65 warning example.schema: the example is a string, but the schema allows only integer",
                "6:42 warning example.schema: the example is a string, but the schema allows only integer",
            ])
    }

    @Test("a request's example may omit readOnly members, and a response's writeOnly members")
    func directions() throws {
        let schema = """
            {type: object, required: [id, key], properties: {id: {type: string, readOnly: true}, \
            key: {type: string, writeOnly: true}}}
            """
        let found = try lint(
            """
            schemas: {S: \(schema)}
              requestBodies: {B: {content: {application/json: {schema: {$ref: '#/components/schemas/S'}, example: {key: k}}}}}
              responses:
                R: {description: r, content: {application/json: {schema: {$ref: '#/components/schemas/S'}, example: {id: i}}}}
            """)
        #expect(found == [])
    }

    @Test("$ref in an example is reported, and the example is judged with the target in its place")
    func reference() throws {
        let found = try lint(
            """
            schemas:
                S: {type: object, properties: {a: {type: integer}}, example: {a: {$ref: '#/components/examples/A/value'}}}
              examples: {A: {value: text}}
            """)
        #expect(
            found == [
                "6:67 warning example.reference: the example contains $ref, which is data in an example and is not followed",
                "7:18 warning example.schema: the example at /a is a string, but the schema allows only integer",
            ])
    }

    @Test("circular references end")
    func cycle() throws {
        let found = try lint(
            """
            schemas:
                S: {type: object, example: {$ref: '#/components/schemas/S/example'}}
            """)
        #expect(found.first?.contains("example.reference") == true)
    }

    @Test("an example without any member of its schema is reported")
    func foreign() throws {
        let found = try lint("schemas: {S: {type: object, properties: {a: {type: string}}, example: {x: 1}}}")
        #expect(
            found == [
                """
                5:64 warning example.undeclared: the example has "x", and none of the members that its schema declares
                """
            ])
    }

    @Test("a value that several examples share is reported once, with all of them")
    func shared() throws {
        let diagnostics = try contract(
            Self.document(
                """
                schemas:
                    S: {type: object, properties: {a: {type: integer}}, example: {a: {$ref: '#/components/examples/A/value'}}}
                    T: {type: object, allOf: [{$ref: '#/components/schemas/S'}], example: {a: {$ref: '#/components/examples/A/value'}}}
                  examples: {A: {value: text}}
                """)
        ).lint().filter { $0.rule == "example.schema" }
        #expect(diagnostics.count == 1)
        #expect(diagnostics.first?.related.map(\.location.line) == [6, 6, 7])
    }

    @Test(
        "streams of items and lists of parts are judged, but not other types with itemSchema",
        arguments: [
            ("application/jsonl", true), ("application/x-ndjson", true), ("application/json-seq", true),
            ("application/geo+json-seq", true), ("text/event-stream", true), ("multipart/mixed", true),
            ("application/octet-stream", false),
        ])
    func items(type: String, isJudged: Bool) throws {
        func found(_ content: String) throws -> [String] {
            try lint("responses: {R: {description: r, content: {\(type): \(content)}}}", version: "3.2.0")
        }
        let unjudged = ["5:45 note media-type.unjudged: bodies of \(type) are not validated against their schema"]
        #expect(try found("{itemSchema: {type: object}}") == (isJudged ? [] : unjudged))
        // The list of all items, with an example that is the text of the stream.
        #expect(try found("{schema: {type: array}, example: 'x'}") == (isJudged ? [] : unjudged))
    }

    @Test("an unsupported body is reported as unjudged, but not octets or schemas without effect")
    func unjudged() throws {
        let found = try lint(
            """
            responses:
                R:
                  description: r
                  content:
                    application/xml: {schema: {type: object}, example: <a/>}
                    image/png: {schema: {type: string, format: binary}}
                    image/gif: {schema: {type: string, maxLength: 9}}
                    image/jpeg: {schema: {description: a picture}}
                    text/plain: {schema: {type: string}, example: hello}
            """)
        #expect(
            found == [
                "9:9 note media-type.unjudged: bodies of application/xml are not validated against their schema"
            ])
    }
}
