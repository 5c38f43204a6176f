import Diagnostics
import JSONDocument
import OpenAPI
import Testing

/// Where issues of requests are, as scenario tables write it, and the texts that go with them.
@Suite("Places of issues in requests")
struct IssuePlaceTests {
    @Test(
        "a place is written like the column and path of a table",
        arguments: [
            (RequestIssue.Place.path("id"), "path.id"), (.path(""), "path"), (.query("q"), "query.q"),
            (.query(""), "query"),
            (.header("X-A"), "header.X-A"), (.cookie("c"), "cookie.c"), (.mediaType, "header.content-type"),
            (.method, "method"),
            (.body(.root), "body"), (.body(JSONPointer(["a", "0", "b/c"])), "body/a/0/b~1c"),
            (.partHeader(JSONPointer(["photo"]), "X-A"), "part.photo.header.X-A"),
            (.partHeader(JSONPointer(["photo", "1"]), "X-A"), "part.photo.1.header.X-A"),
        ])
    func places(place: RequestIssue.Place, text: String) {
        #expect(place.description == text)
    }

    private static let document = """
        openapi: 3.1.0
        info: {title: t, version: '1'}
        paths:
          /a/{id}:
            post:
              operationId: send
              parameters:
                - {name: id, in: path, required: true, schema: {type: integer, minimum: 1}}
                - {name: q, in: query, required: true, schema: {type: array, items: {type: integer}}}
                - {name: d, in: query, style: deepObject, schema: {type: object, properties: {a: {type: integer}}}}
                - {name: X-A, in: header, required: true, schema: {type: object, properties: {k: {type: integer}}}}
              requestBody: {required: true, content: {application/json: {schema: {type: integer}}, text/plain: {}}}
              responses: {'200': {description: ok}}
        """

    struct Row: Sendable, CustomTestStringConvertible {
        var path = "/a/1"
        var query: String? = "q=1"
        var headers = ["X-A: k,1", "content-type: application/json"]
        var body: String? = "1"
        /// The place, keyword, line, expected and actual texts of the issue.
        let issue: String

        var testDescription: String { issue }
    }

    static let rows = [
        Row(path: "/a/0", issue: "path.id minimum 8: at least 1, 0"),
        Row(path: "/a/x", issue: "path.id syntax 8: style simple, "),
        Row(path: "/a/%zz", issue: "path.id syntax 8: style simple, "),
        Row(query: nil, issue: "query.q required 9: a value, nothing"),
        Row(query: "q=x", issue: "query.q syntax 9: style form, "),
        Row(headers: ["content-type: application/json"], issue: "header.X-A required 11: a value, nothing"),
        Row(headers: ["X-A: k", "content-type: application/json"], issue: "header.X-A syntax 11: style simple, "),
        Row(headers: ["X-A: k,1"], issue: "header.content-type mediaType 12: application/json, text/plain, nothing"),
        Row(
            headers: ["X-A: k,1", "content-type: image/png"],
            issue: "header.content-type mediaType 12: application/json, text/plain, image/png"),
        Row(body: nil, issue: "body required 12: a body, nothing"), Row(body: "{", issue: "body json 12: JSON, "),
        Row(path: "/b", issue: "path path 1: a declared path, /b"),
    ]

    @Test("an issue has the location of the violated declaration, and what was expected and received", arguments: rows)
    func texts(row: Row) throws {
        let contract = try contract(Self.document)
        let headers = row.headers.map { line -> (name: String, value: String) in
            let parts = line.split(separator: ": ", maxSplits: 1)
            return (String(parts[0]), String(parts[1]))
        }
        let request = WireRequest(
            method: "POST", path: row.path, query: row.query, headers: headers, body: row.body.map { Array($0.utf8) })
        let issues = contract.issues(in: request).map { issue in
            "\(issue.place) \(issue.keyword) \(issue.location.line): \(issue.expected), \(issue.actual)"
        }
        #expect(issues == [row.issue])
    }

    @Test("a long or hostile media type is cut in the issue")
    func longType() throws {
        let contract = try contract(Self.document)
        let type = String(repeating: "é", count: 1_000_000)
        let request = WireRequest(
            method: "POST", path: "/a/1", query: "q=1", headers: [("X-A", "k,1"), ("content-type", type)], body: [0x31])
        #expect(contract.issues(in: request).map(\.actual.unicodeScalars.count) == [100])
    }

    @Test("the method is compared exactly, and the declared one is named")
    func method() throws {
        let contract = try contract(Self.document)
        let operation = try #require(contract.operation("send"))
        let request = WireRequest(
            method: "post", path: "/a/1", query: "q=1", headers: [("X-A", "k,1"), ("content-type", "text/plain")],
            body: [0x31])
        let issues = operation.issues(in: request, pathValues: [("id", "1")])
        #expect(issues.map(\.place) == [.method])
        #expect(issues.map(\.expected) == ["POST"] && issues.map(\.actual) == ["post"])
    }
}
