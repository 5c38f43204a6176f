import OpenAPI
import TestKit
import Testing

@Suite("Lint of webhooks, callbacks and links")
struct UnseenOperationTests {
    private func lint(_ text: String) throws -> [String] {
        try contract(text).lint().map(\.testLine).filter { !$0.contains(" note ") }
    }

    @Test("operations of webhooks, callbacks and components are checked like those of paths")
    func operations() throws {
        let found = try lint(
            """
            openapi: 3.1.0
            info: {title: t, version: "1"}
            paths:
              /a:
                post:
                  operationId: a
                  callbacks:
                    done: {'{$request.body#/url}': {post: {responses: {'20': {description: x}}}}}
                  responses: {'200': {description: ok}}
            webhooks:
              hook: {post: {operationId: a, responses: {'200': {description: x, content: {nonsense: {}}}}}}
            components:
              pathItems:
                P: {get: {security: [{nobody: []}], responses: {'200': {description: x}}}}
            """
        )
        #expect(
            found == [
                "8:60 error response.status: '20' is not a valid status; use three digits, a range such as 4XX, or default",
                "11:10 error operation.id-twice: the operationId 'a' of POST hook is also used by POST /a",
                """
                11:79 error media-type.malformed: 'nonsense' is not a valid media type such as application/json or text/*
                """,
                "14:27 error security.unknown: the security scheme 'nobody' is not declared under"
                    + " components/securitySchemes",
            ])
    }

    @Test(
        "the keys of callbacks are URLs with expressions",
        arguments: [
            ("{$request.body#/url}/x?{$request.query.id}", nil),
            ("{$method}{$url}{$statusCode}{$response.header.location}{$request.path.id}{$response.body}", nil),
            ("https://a.example/hook", nil),
            ("{$foo}", "\"$foo\" is not one of $url, $method, $statusCode, $request.… and $response.…"),
            ("{$request.body/url}", "\"$request.body/url\" has no JSON pointer after 'body#'"),
            (
                "{$request.cookie.a}",
                "\"$request.cookie.a\" does not name a header, a query or path parameter, or the body"
            ),
            ("{$url", "has an unclosed brace"),
            ("a}", "has a closing brace without an opening brace"),
        ] as [(String, String?)]
    )
    func expressions(key: String, problem: String?) throws {
        let found = try lint(
            """
            openapi: 3.0.3
            info: {title: t, version: "1"}
            paths: {}
            components: {callbacks: {C: {'\(key)': {post: {responses: {'200': {description: x}}}}}}}
            """
        )
        #expect(found == (problem.map { ["4:30 error callback.expression: the callback's key \($0)"] } ?? []))
    }

    @Test("a link must refer to an operation")
    func links() throws {
        let found = try lint(
            """
            openapi: 3.0.3
            info: {title: t, version: "1"}
            paths:
              /a: {get: {operationId: readAll, responses: {'200': {description: ok}}}}
            components:
              links:
                good: {operationId: readAll, parameters: {id: $response.body#/id, n: 1}}
                also: {operationRef: '#/paths/~1a/get'}
                slip: {operationId: raedAll}
                gone: {operationRef: '#/paths/~1b/get'}
                both: {operationRef: '#/paths/~1a/get', operationId: readAll}
                none: {description: nothing}
                odd: {operationId: readAll, parameters: {id: $response.bod}}
            """
        )
        #expect(
            found == [
                "9:12 error link.operation: the link refers to the unknown operation 'raedAll'",
                "10:12 error link.operation: the link leads nowhere: #/paths/~1b/get",
                "11:45 error link.operation: the link has both operationId and operationRef",
                "12:5 error link.operation: the link has neither operationId nor operationRef",
                "13:46 error link.expression: the expression \"$response.bod\" does not name a header, a query or path parameter, or the body",
            ])
    }

    @Test("encodings name properties of forms, texts are strings, and discriminators refer to schemas")
    func bodies() throws {
        let found = try lint(
            """
            openapi: 3.1.0
            info: {title: t, version: "1"}
            components:
              requestBodies:
                B:
                  content:
                    multipart/form-data: {schema: {type: object, properties: {file: {}}}, encoding: {fiel: {}, file: {}}}
                    application/json: {schema: {type: object}, encoding: {file: {}}}
                    text/plain: {schema: {type: object}}
              schemas:
                Pet:
                  oneOf: [{$ref: '#/components/schemas/Cat'}, {type: object, properties: {name: {type: string}}}]
                  discriminator: {propertyName: kind}
                Base:
                  type: object
                  properties: {kind: {type: string}}
                  discriminator:
                    propertyName: kind
                    mapping: {cat: Cat, tom: '#/components/schemas/Cat', dog: Dog, cow: '#/components/schemas/Cow'}
                Cat: {type: object, required: [kind], properties: {kind: {type: string}}}
            """
        )
        #expect(
            found == [
                "7:90 warning media-type.encoding: the encoding 'fiel' names no property of the schema",
                "8:52 warning media-type.encoding: `encoding` has no effect on bodies that are not forms",
                "9:9 warning media-type.text: a body of text/plain is text, but the schema allows no string",
                "12:51 error schema.discriminator: the alternative does not declare 'kind', which selects it",
                "19:62 error schema.discriminator: the mapping of 'dog' leads nowhere: Dog",
                "19:72 error schema.discriminator: the mapping of 'cow' leads nowhere: #/components/schemas/Cow",
            ])
    }

    @Test("a relative reference is resolved against the URI that the document declares")
    func ownAddress() throws {
        let found = try lint(
            """
            openapi: 3.2.0
            $self: https://api.example/v1/root.yaml
            info: {title: t, version: "1"}
            paths:
              /a:
                get:
                  responses: {'200': {$ref: 'root.yaml#/components/responses/R'}}
                put:
                  responses: {'200': {$ref: '../v1/./root.yaml#/components/responses/R'}}
                delete:
                  responses: {'200': {$ref: '/v1/root.yaml#/components/responses/R'}}
                post:
                  responses: {'200': {$ref: 'https://api.example/v1/root.yaml#/components/responses/R'}}
            components:
              responses: {R: {description: r, content: {application/json: {schema: {$ref: 'root.yaml#/components/schemas/S'}}}}}
              schemas: {S: {type: string}}
            """
        )
        #expect(found == [])
    }
}
