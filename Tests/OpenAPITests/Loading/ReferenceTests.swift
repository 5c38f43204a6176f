import Diagnostics
import JSONDocument
import JSONSchema
import OpenAPI
import SourceText
import TestKit
import Testing

@Suite("References")
struct ReferenceTests {
    private static let root = """
        openapi: 3.0.3
        info: {title: t, version: "1"}
        paths:
          /a/{id}: {$ref: 'paths/a.yaml#/~1a~1%7Bid%7D'}
        components:
          schemas:
            Local: {type: string, maxLength: 2}
        """

    private static let files = [
        "api.yaml": root,
        "paths/a.yaml": """
        /a/{id}:
          get:
            operationId: getA
            parameters: [{$ref: ../parts.json#/id}]
            requestBody: {$ref: '../parts.json#/body'}
            responses:
              "200":
                description: ok
                headers: {X-A: {$ref: '../parts.json#/header'}}
                content:
                  application/json:
                    schema: {$ref: '../schemas/thing.yaml'}
                    examples: {e: {$ref: '../parts.json#/examples/one'}}
              "400": {$ref: '../parts.json#/failed'}
        """,
        "parts.json": """
        {"id": {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
         "body": {"content": {"application/json": {"schema": {"$ref": "schemas/thing.yaml"}}}},
         "header": {"schema": {"type": "integer"}},
         "examples": {"one": {"value": {"name": "n"}}},
         "failed": {"description": "failed"}}
        """,
        "schemas/thing.yaml": """
        type: object
        properties:
          name: {$ref: '../api.yaml#/components/schemas/Local'}
          more: {$ref: 'thing.yaml'}
        """,
    ]

    @Test("references are followed through files in every place, and back")
    func files() throws {
        let project = try TemporaryFolder(Self.files)
        let contract = try project.contract()
        #expect(contract.check() == [])
        let operation = try #require(contract.operation("getA"))
        #expect(operation.location.description == "paths/a.yaml:2:3")
        #expect(operation.parameters.map(\.location.description) == ["parts.json:1:2"])
        #expect(operation.requestBody?.location.description == "parts.json:2:2")
        let response = try #require(operation.response(status: 200))
        #expect(response.header("x-a")?.location.description == "parts.json:3:2")
        #expect(response.content[0].examples.map(\.location.description) == ["parts.json:4:23"])
        #expect(operation.response(status: 400)?.description == "failed")
        let schema = try #require(try response.content[0].schema?.compiled())
        let issues = schema.validate(
            try JSONDocument(parsing: "{\"more\": {\"name\": \"long\"}}").root,
            ValidationOptions()
        ).issues
        #expect(issues.map(\.location.description) == ["api.yaml:7:27"])
    }

    @Test("a changed file changes the fingerprint")
    func fingerprint() throws {
        let project = try TemporaryFolder(Self.files)
        let first = try project.contract().fingerprint
        try project.write("type: object", to: "schemas/thing.yaml")
        #expect(try project.contract().fingerprint != first)
    }

    @Test(
        "an unresolved reference is reported at its location",
        arguments: [
            ("nope.yaml", "reference.unresolved: the reference 'nope.yaml' names a file that does not exist"),
            ("'#/nope'", "reference.unresolved: the reference '#/nope' leads nowhere"),
            ("'#nope'", "reference.unresolved: the reference '#nope' has no JSON pointer after '#'"),
            ("'#/a%2'", "reference.malformed: the fragment of '#/a%2' is not percent-encoded text"),
            (
                "../x.yaml",
                "reference.outside: the reference '../x.yaml' leads outside the project folder and is not followed"
            ),
            (
                "https://a.example/x",
                "reference.remote: references to 'a.example' are not followed: remote documents are not fetched"
            ),
            (
                "//a.example/x",
                "reference.remote: references to 'a.example' are not followed: remote documents are not fetched"
            ),
            (
                "file:///etc/passwd",
                "reference.scheme: the reference 'file:///etc/passwd' has the scheme 'file', which is not allowed"
            ),
            ("'x.yaml?a=1'", "reference.malformed: the reference 'x.yaml?a=1' has a query, which a file cannot have"),
            (
                "'..\\x.yaml'",
                """
                reference.malformed: the reference '..\\x.yaml' contains a backslash; use \
                slashes
                """
            ),
            ("[1]", "reference.malformed: $ref must be a string, found a list"),
            ("'#/info'", "reference.kind: the reference must lead to a response, but leads to an info object"),
            (
                "'#/paths/~1a/get/responses/200'",
                "reference.cycle: the reference leads back to itself"
            ),
        ]
    )
    func broken(reference: String, expected: String) throws {
        let text = """
            openapi: 3.1.0
            info: {title: t, version: "1"}
            paths:
              /a:
                get:
                  responses:
                    "200": {$ref: \(reference)}
                    "201": {description: fine}
            """
        let project = try TemporaryFolder(["api.yaml": text])
        #expect(findings(in: project) == ["7:17 error \(expected)"])
        // The status stays documented; of the rest of the response nothing is known.
        let responses = try project.contract().operations[0].responses
        #expect(responses.map(\.statusKey) == ["200", "201"])
        #expect(responses.map(\.unread?.isRemote) == [expected.hasPrefix("reference.remote"), nil])
        #expect(responses[0].unread?.message.hasPrefix("the response 200 is not judged: ") == true)
    }

    @Test("a file with mistakes is reported at the mistakes and at the reference")
    func brokenFile() throws {
        let text = """
            openapi: 3.1.0
            info: {title: t, version: "1"}
            paths: {/a: {get: {responses: {"200": {$ref: b.yaml}, "201": {$ref: b.yaml}}}}}
            """
        let project = try TemporaryFolder(["api.yaml": text, "b.yaml": "a: 1\na: 2\n"])
        #expect(
            findings(in: project) == [
                "3:40 error reference.unresolved: the reference 'b.yaml' names a file that cannot be read",
                "3:63 error reference.unresolved: the reference 'b.yaml' names a file that cannot be read",
                "b.yaml:2:1 error source.duplicate-key: duplicate key 'a' on line 1 and again on line 2",
            ]
        )
    }

    @Test("an identifier of another schema in the documents is not a remote address")
    func identifiers() throws {
        let text = """
            openapi: 3.1.0
            info: {title: t, version: "1"}
            components:
              schemas:
                A: {$ref: 'https://schemas.example/b'}
                B: {$id: 'https://schemas.example/b', type: string}
                C: {$ref: item}
                D: {$id: item, type: string}
                E: {$ref: 'https://schemas.example/c'}
            """
        #expect(
            try findings(text) == [
                "9:9 error reference.remote: references to 'schemas.example' are not followed: remote documents are not fetched"
            ]
        )
    }

    @Test("members next to a reference have no effect, which is reported")
    func siblings() throws {
        let text = """
            openapi: 3.0.3
            info: {title: t, version: "1"}
            paths:
              /a: {get: {responses: {"200": {$ref: '#/components/responses/R', description: own}}}}
            components: {responses: {R: {description: shared}}}
            """
        #expect(try findings(text) == ["4:68 note reference.sibling: `description` next to $ref has no effect"])
    }

    @Test("a document is found by the URI that it declares")
    func ownAddress() throws {
        let text = """
            openapi: 3.2.0
            $self: https://a.example/api
            info: {title: t, version: "1"}
            paths:
              /a:
                get:
                  responses:
                    "200":
                      content:
                        application/json: {schema: {$ref: 'https://a.example/api#/components/schemas/A'}}
                    "201": {$ref: 'https://a.example/api#/components/responses/R'}
            components: {responses: {R: {description: r}}, schemas: {A: {type: string}}}
            """
        let contract = try contract(text)
        #expect(contract.check() == [])
        #expect(contract.operations[0].response(status: 201)?.description == "r")
    }

    @Test("a name that begins with x- is an ordinary name in maps")
    func namesWithX() throws {
        let contract = try contract(
            """
            openapi: 3.0.4
            info: {title: t, version: "1"}
            paths:
              /a:
                get:
                  security: [{x-key: []}]
                  responses:
                    "200":
                      description: d
                      headers: {x-left: {$ref: '#/components/headers/x-count'}}
            components:
              securitySchemes: {x-key: {type: apiKey, name: x-key, in: header}}
              headers: {x-count: {$ref: '#/components/headers/x-number'}, x-number: {schema: {type: integer}}}
            """)
        let response = try #require(contract.operations.first?.response(status: 200))
        #expect(response.header("x-left")?.location.line == 13)
        #expect(contract.securitySchemes.map(\.name) == ["x-key"])
    }
}
