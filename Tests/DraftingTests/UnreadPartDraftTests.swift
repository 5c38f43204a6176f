import Drafting
import Testing

@Suite("Drafts of documents with unresolved references")
struct UnreadPartDraftTests {
    @Test(
        "operations with unresolved references are omitted with a reason, and the rest is drafted",
        arguments: ["https://a.example/x", "gone.yaml"])
    func leftOut(target: String) throws {
        let draft = try Drafts.draft(
            """
            openapi: 3.0.3
            info: {title: t, version: '1'}
            paths:
              /a:
                get: {operationId: read, responses: {'200': {$ref: '\(target)#/R'}}}
                put: {operationId: put, requestBody: {$ref: '\(target)#/B'}, responses: {'200': {description: ok}}}
                post: {operationId: post, parameters: [{$ref: '\(target)#/P'}], responses: {'200': {description: ok}}}
              /b: {$ref: '\(target)#/I'}
              /c/{id}:
                get:
                  operationId: item
                  parameters: [{name: id, in: path, required: true, schema: {$ref: '\(target)#/S'}}]
                  responses: {'200': {description: ok}}
              /d: {get: {operationId: plain, responses: {'200': {description: ok}}}}
            """)
        let called = draft.lines.filter { $0.contains(",works,") }.map { $0.split(separator: ",")[2] }
        #expect(called == ["read", "plain"])
        let starts = [
            "the operation of put: the request body is not known: ",
            "the operation of post: a parameter is not known: ",
            "the operation of item: its path parameter id is not known: ", "the operations of /b: they are not known: ",
        ]
        for start in starts { #expect(draft.gaps.contains { $0.hasPrefix(start) }, "\(start)\n\(draft.gaps)") }
    }

    @Test("a multipart form is drafted, each part as its property describes it")
    func parts() throws {
        let draft = try Drafts.draft(
            """
            openapi: 3.0.3
            info: {title: t, version: '1'}
            paths:
              /a:
                post:
                  operationId: upload
                  requestBody:
                    required: true
                    content:
                      multipart/form-data:
                        schema: {type: object, required: [file, meta], properties: {file: {type: string, format: binary}, meta: {type: object, required: [n], properties: {n: {type: integer}}}}}
                  responses: {'200': {description: ok}}
            """)
        #expect(draft.lines.contains { $0.hasPrefix("upload,works,upload,bodies/upload.json") }, "\(draft.gaps)")
    }
}
