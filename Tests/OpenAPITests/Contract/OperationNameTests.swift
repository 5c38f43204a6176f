import OpenAPI
import TestKit
import Testing

@Suite("Operations by name")
struct OperationNameTests {
    private static let document = """
        openapi: 3.1.0
        info: {title: Names, version: '1'}
        paths:
          /a:
            get: {operationId: twice, summary: first, responses: {'200': {description: ok}}}
            put: {operationId: twice, summary: second, responses: {'200': {description: ok}}}
          /b:
            get: {operationId: "GET /c", summary: misleading, responses: {'200': {description: ok}}}
            post: {summary: nameless, responses: {'200': {description: ok}}}
          /c:
            get: {operationId: "caf\\u00E9", summary: composed, responses: {'200': {description: ok}}}
            put: {operationId: "cafe\\u0301", summary: decomposed, responses: {'200': {description: ok}}}
        """

    @Test(
        "an operation is found by its id, then by method and path; the first with an id counts",
        arguments: [
            ("twice", "first"), ("PUT /a", "second"), ("POST /b", "nameless"), ("GET /c", "misleading"),
            ("GET /b", "misleading"), ("caf\u{E9}", "composed"), ("cafe\u{301}", "decomposed"), ("post /b", nil),
            ("", nil), ("Twice", nil),
        ] as [(String, String?)])
    func names(name: String, summary: String?) throws {
        let contract = try Contract.load(text: Self.document)
        #expect(contract.operation(name)?.annotations.summary == summary)
    }
}
