import OpenAPI
import TestKit
import Testing

@Suite("Lint by comparing operations")
struct OperationRuleTests {
    @Test("an error schema that accepts everything, or less specific than the others, is reported")
    func errors() throws {
        let response = { (name: String) in
            "{description: x, content: {application/json: {schema: {$ref: '#/components/schemas/\(name)'}}}}"
        }
        let found = try contract(
            """
            openapi: 3.0.3
            info: {title: t, version: "1"}
            paths:
              /a:
                get:
                  responses:
                    '200': {description: x}
                    '400': \(response("E400"))
                    '401': \(response("E401"))
                    '404': \(response("E404"))
            components:
              schemas:
                E400: {type: object, required: [type], properties: {type: {type: string, enum: [a]}}}
                E401: {type: object, required: [type], properties: {type: {type: string}}}
                E404: {type: object, properties: {type: {type: string, enum: [c]}}}
            """
        ).lint().map(\.testLine)
        #expect(
            found == [
                """
                14:57 note schema.weaker-sibling: 'type' has no list of values here, but the other 2 errors have one
                """,
                "15:5 note response.empty-error: the schema of an error accepts an empty object: nothing is required",
            ])
    }

    @Test("a status that only one of several siblings documents is reported")
    func statuses() throws {
        let found = try contract(
            """
            openapi: 3.0.3
            info: {title: t, version: "1"}
            paths:
              /a: {get: {operationId: one, tags: [x], responses: {'200': {description: x}, '404': {description: x}}}}
              /b: {get: {operationId: two, tags: [x], responses: {'200': {description: x}, '404': {description: x}}}}
              /c: {get: {operationId: three, tags: [x], responses: {'200': {description: x}, '503': {description: x}}}}
            """
        ).lint().map(\.testLine)
        #expect(
            found == [
                "6:8 note operation.status-differs: three documents 503, but none of the other 2 operations of 'x' does"
            ])
    }

    @Test("a header that cannot have the value that requests send is reported once")
    func headers() throws {
        let found = try contract(
            """
            openapi: 3.0.3
            info: {title: t, version: "1"}
            paths:
              /a:
                get:
                  parameters: [{name: X-Version, in: header, schema: {type: string, default: v2}}]
                  responses:
                    '200': {description: x, headers: {x-version: {$ref: '#/components/headers/V'}}}
                    '404': {description: x, headers: {x-version: {$ref: '#/components/headers/V'}}}
            components:
              headers: {V: {schema: {type: string, enum: [v1]}}}
            """
        ).lint().map(\.testLine)
        #expect(
            found == [
                """
                11:25 warning response.header-mismatch: the response header x-version allows only "v1", but the request \
                header of that name is "v2"
                """
            ])
    }
}
