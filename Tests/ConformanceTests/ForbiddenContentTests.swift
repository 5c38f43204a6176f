import Conformance
import Testing

/// RFC 9110, sections 8.6, 15.3.5, 15.3.6 and 15.4.5; section 9.3.2 for HEAD.
@Suite("Content where HTTP forbids it")
struct ForbiddenContentTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var status: Int
        var headers: [(String, String)]
        var body: String
        var found: [String]
        var testDescription: String { "\(status) \(headers.map { "\($0.0): \($0.1)" }) '\(body)'" }

        init(_ status: Int, _ headers: [(String, String)] = [], _ body: String = "", _ found: String...) {
            (self.status, self.headers, self.body, self.found) = (status, headers, body, found)
        }
    }

    static let json = ("content-type", "application/json")
    static let cases = [
        Case(204), Case(204, [("content-type", "application/json")]), Case(205), Case(304),
        Case(204, [json], "{}", "body.forbidden error body"),
        Case(205, [json], "{}", "body.forbidden error body"),
        Case(304, [json], "{}", "body.forbidden error body"),
        Case(204, [], " ", "body.forbidden error body"),
        Case(204, [json, ("content-length", "2")], "{}", "body.forbidden error body"),
        Case(204, [("Content-Length", "0")], "", "body.forbidden error header content-length"),
        Case(204, [("Content-Length", "8")], "", "body.forbidden error header content-length"),
        Case(204, [("Transfer-Encoding", "chunked")], "", "body.forbidden error header transfer-encoding"),
        // 205 may say that there is no content; 304 describes what a 200 would have.
        Case(205, [("content-length", "0")]), Case(205, [("transfer-encoding", "chunked")]),
        Case(205, [("content-length", "3")], "", "body.forbidden error header content-length"),
        Case(304, [("content-length", "300")]), Case(304, [("transfer-encoding", "chunked")]),
        // The status of ordinary content.
        Case(200, [json, ("content-length", "2")], "{}"),
        Case(202, [("content-type", "text/plain")], "hi", "body.unexpected warning body"),
    ]

    @Test("content and headers that announce it", arguments: cases)
    func content(one: Case) throws {
        let verdict = try OneResponse.verdict(
            responses: """
                { '200': { description: d, content: { application/json: { schema: { type: object } } } },
                      '202': { description: d }, '204': { description: d }, '205': { description: d },
                      '304': { description: d } }
                """,
            status: one.status, one.headers, Array(one.body.utf8))
        #expect(verdict.allFindings.map(\.short) == one.found)
    }

    @Test("content with an undocumented status has both findings")
    func undocumented() throws {
        let verdict = try OneResponse.verdict(
            responses: "{ '200': { description: d } }", status: 204, [Self.json], Array("{}".utf8))
        #expect(
            verdict.allFindings.map(\.short) == [
                "status.undocumented error status", "body.forbidden error body",
            ])
    }

    @Test(
        "the media type of a response to HEAD is compared, and content is not required",
        arguments: [
            (["application/json"], "", [String]()), ([], "", []),
            (["Application/JSON; charset=utf-8"], "", []),
            (["text/html"], "", ["media-type.undocumented error header content-type"]),
            (["json"], "", ["media-type.syntax error header content-type"]),
            (["application/json", "text/html"], "", ["media-type.syntax error header content-type"]),
            (["application/json"], "{}", ["body.forbidden error body"]),
        ] as [([String], String, [String])])
    func head(types: [String], body: String, found: [String]) throws {
        let verdict = try OneResponse.verdict(
            method: "head",
            responses: "{ '200': { description: d, content: { application/json: { schema: { type: object } } } } }",
            types.map { ("content-type", $0) } + [("content-length", "2")], Array(body.utf8))
        #expect(verdict.allFindings.map(\.short) == found)
    }
}
