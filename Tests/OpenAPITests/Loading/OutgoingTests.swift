import JSONSchema
import OpenAPI
import Testing

/// What an API sends by itself.
struct OutgoingTests {
    private func jobs(_ version: String) throws -> Contract {
        try contract(
            """
            openapi: \(version)
            info: {title: t, version: '1'}
            paths:
              /jobs:
                post:
                  operationId: createJob
                  responses: {'200': {description: made}}
                  callbacks:
                    started: {$ref: '#/components/callbacks/Started'}
            \(version == "3.0.3" ? "" : "webhooks: {done: {put: {responses: {'200': {description: taken}}}}}")
            components:
              callbacks:
                Started:
                  '{$request.body#/url}':
                    post:
                      requestBody:
                        content: {application/json: {schema: {type: object, properties: {id: {type: string}}}}}
                      responses: {'204': {description: taken}}
                      callbacks:
                        again: {$ref: '#/components/callbacks/Started'}
            """)
    }

    @Test("callbacks and webhooks are read and are not operations of the API", arguments: ["3.0.3", "3.1.0"])
    func names(version: String) throws {
        let contract = try jobs(version)
        #expect(contract.operations.map(\.name) == ["createJob"])
        #expect(contract.outgoing.map(\.name) == (version == "3.0.3" ? ["started"] : ["started", "done"]))
        let first = try #require(contract.outgoing.first?.operation)
        #expect(first.method == "POST")
        #expect(first.path == "{$request.body#/url}")
        #expect(first.requestBody?.content.first?.schema?.view?.propertyNames == ["id"])
        #expect(contract.diagnostics.isEmpty, "\(contract.diagnostics)")
    }
}
