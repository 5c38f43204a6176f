import Testing

@testable import Drafting

/// What cannot be drafted is left out alone.
struct PartialDraftTests {
    private static let two = """
        openapi: 3.0.3
        info: {title: Two, version: '1'}
        paths:
          /a: {put: {operationId: putA, requestBody: &b {required: true, content: {application/json: {schema: {type: object, required: [n], properties: {n: {type: integer}}}}}}, responses: {'200': {description: ok}, '400': {description: bad}}}}
          /b: {put: {operationId: putB, requestBody: *b, responses: {'200': {description: ok}}}}
          /c: {get: {operationId: getC, responses: {'200': {description: ok}}}}
        """

    @Test(
        "an unusable existing body file removes only its own rows",
        arguments: ["{", "[1]", "{\"n\": {{x}}}"])
    func brokenBody(content: String) throws {
        let draft = Drafter.draft(try Drafts.contract(Self.two), profiles: []) { path in
            path == "scenarios/bodies/put-a.json" ? Array(content.utf8) : nil
        }
        #expect(draft.lines.contains { $0.contains(",putB,") })
        #expect(draft.lines.contains { $0.contains(",getC,") })
        #expect(!draft.lines.contains { $0.hasPrefix("put-a,works,putA") })
        #expect(draft.leftOut.contains { $0.operation == "putA" && !$0.why.isEmpty })
    }

    @Test(
        "bodies have separate files, even if the operationIds are similar",
        arguments: [
            ("putThing", "PutThing"), ("put-thing", "put_thing"),
            (
                "patch-merchants-merchantId-splitConfigurations-splitConfigurationId",
                "patch-merchants-merchantId-splitConfigurations-splitConfigurationId-rules"
            ),
        ])
    func bodyNames(first: String, second: String) throws {
        let draft = try Drafts.draft(
            """
            openapi: 3.0.3
            info: {title: Alike, version: '1'}
            paths:
              /a: {put: {operationId: \(first), requestBody: {required: true, content: {application/json: {schema: {type: object, required: [a], properties: {a: {type: string}}}}}}, responses: {'200': {description: ok}}}}
              /b: {put: {operationId: \(second), requestBody: {required: true, content: {application/json: {schema: {type: object, required: [b], properties: {b: {type: string}}}}}}, responses: {'200': {description: ok}}}}
            """)
        let bodies = draft.files.filter { $0.path.hasPrefix("scenarios/bodies/") }
        #expect(Set(bodies.map { $0.path.lowercased() }).count == 2)
        #expect(Set(bodies.map(\.text)).count == 2)
    }

    @Test(
        "a required transport header is left to the transport, with a note",
        arguments: ["Host", "content-length", "Connection", "Transfer-Encoding"])
    func transport(name: String) throws {
        let draft = try Drafts.draft(
            Drafts.document(
                "get: {operationId: read, parameters: [{name: \(name), in: header, required: true, schema: {type: string}}], responses: {'200': {description: ok}, '400': {description: bad}}}"
            ))
        #expect(draft.lines == ["scenario,step,call,tags", "read,works,read,smoke"])
        #expect(draft.gaps == ["the header parameter \(name) of read: the HTTP client sets this header itself"])
    }

    @Test(
        "an operation whose credentials no request can contain is omitted, with the reason",
        arguments: [
            ("[{None: []}]", "its security scheme None is not declared under components/securitySchemes"),
            (
                "[{Basic: [], Token: []}]",
                "its security schemes Basic and Token need different values in the header authorization"
            ),
        ])
    func credentials(security: String, why: String) throws {
        let draft = try Drafts.draft(
            Drafts.document(
                "{get: {operationId: read, security: \(security), responses: {'200': {description: ok}}}, head: {operationId: other, responses: {'200': {description: ok}}}}",
                components:
                    "{securitySchemes: {Basic: {type: http, scheme: basic}, Token: {type: http, scheme: bearer}}}"))
        #expect(draft.gaps == ["the operation of read: \(why)"])
        #expect(draft.lines == ["scenario,step,call,tags", "other,works,other,smoke"])
    }

    @Test("only the operation without a documented success is omitted")
    func withoutResponses() throws {
        let draft = try Drafts.draft(
            Drafts.document(
                "{get: {operationId: read}, put: {operationId: other, responses: {'200': {description: ok}}}}"))
        #expect(draft.gaps == ["the operation of read: the document declares no successful response"])
        #expect(draft.lines.count == 2)
    }

    @Test(
        "a summary that a spreadsheet would change removes the note but not the row",
        arguments: ["May 2", "Jan 2026", "TRUE"])
    func notes(summary: String) throws {
        let draft = try Drafts.draft(
            Drafts.document("{get: {operationId: read, summary: '\(summary)', responses: {'200': {description: ok}}}}"))
        #expect(draft.lines.contains { $0.hasPrefix("read,works,read,smoke") }, "\(draft.lines)")
        #expect(draft.leftOut.isEmpty)
    }

    @Test("no row relies on an optional response value")
    func optionalIDs() throws {
        let draft = try Drafts.draft(
            """
            openapi: 3.0.3
            info: {title: Optional, version: '1'}
            paths:
              /articles:
                post:
                  operationId: make
                  responses:
                    '201':
                      description: ok
                      content:
                        application/json:
                          schema: {type: object, properties: {meta: {type: object, properties: {article_id: {type: string}, kind: {type: string}}}}}
                          example: {meta: {kind: x}}
              /articles/{article_id}:
                parameters: [{name: article_id, in: path, required: true, schema: {type: string}}]
                get: {operationId: read, responses: {'200': {description: ok}}}
            """)
        #expect(
            draft.lines.contains { $0.contains(",read,") && $0.contains("article_id={{var.article_id}}") },
            "\(draft.lines)")
    }
}
