import Harness
import Synchronization
import Testing

@testable import AssayTesting

@Suite("Expecting that a response conforms")
struct ExpectConformsTests {
    private static let json = [(name: "content-type", value: "application/json")]

    private func contract() throws -> Contract {
        try Contract("Examples/SwiftPackage/openapi.yaml")
    }

    private func response(
        _ body: String, status: Int = 200, headers: [(name: String, value: String)] = json
    )
        -> ReceivedResponse
    {
        ReceivedResponse(status: status, headers: headers, body: Array(body.utf8))
    }

    @Test("a documented response passes")
    func conforming() throws {
        let book = response(#"{"id":"1","title":"Dune","price":9.50}"#)
        #expect(expectConforms(book, to: "getBook", of: try contract()))
        #expect(expectConforms(book, to: "GET /books/{bookId}", of: try contract()))
    }

    @Test("a finding is an issue at the call and names the place in the contract")
    func failing() throws {
        let found = Mutex<[Issue]>([])
        let contract = try contract()
        let line = #line + 2
        withKnownIssue {
            expectConforms(response(#"{"id":"1","title":7,"price":9.50}"#), to: "getBook", of: contract)
        } matching: { issue in
            found.withLock { $0.append(issue) }
            return true
        }
        let issues = found.withLock { $0 }
        #expect(issues.count == 1)
        #expect(issues.first?.sourceLocation?.line == line)
        #expect(issues.first?.sourceLocation?.fileName == "ExpectConformsTests.swift")
        let text = issues.first?.comments.map(\.rawValue).joined() ?? ""
        #expect(text.contains("body.type"))
        #expect(text.contains("/title"))
        #expect(text.contains("openapi.yaml:"))
    }

    @Test(
        "status, media type and required members are judged",
        arguments: [
            ("{}", 200, "application/json", "body.required"), ("{}", 418, "application/json", "status.undocumented"),
            ("book", 200, "text/plain", "media-type"),
        ])
    func rules(body: String, status: Int, type: String, rule: String) throws {
        let verdict = ResponseVerdict(
            response(body, status: status, headers: [(name: "content-type", value: type)]), "getBook", try contract())
        #expect(verdict.issues.contains { !$0.isWarning && $0.message.hasPrefix(rule) })
    }

    @Test("a body that cannot be judged fails")
    func undecided() throws {
        let headers = Self.json + [(name: "content-encoding", value: "br")]
        let verdict = ResponseVerdict(response("xx", headers: headers), "getBook", try contract())
        #expect(verdict.issues.contains { !$0.isWarning && $0.message.contains("unjudged") })
    }

    @Test("a response from a decoding client omits headers that describe the encoded bytes")
    func decoded() throws {
        let headers =
            Self.json + [(name: "Content-Encoding", value: "gzip"), (name: "Content-Length", value: "9999")]
        let book = ReceivedResponse(
            status: 200, headers: headers, decodedBody: Array(#"{"id":"1","title":"Dune","price":9.50}"#.utf8))
        #expect(ResponseVerdict(book, "getBook", try contract()).issues.isEmpty)
    }

    @Test("an unknown operation is an issue that names the nearest one")
    func unknownOperation() throws {
        let verdict = ResponseVerdict(response("{}"), "getBok", try contract())
        #expect(verdict.issues.count == 1)
        #expect(verdict.issues.first?.message.contains("getBook") == true)
    }

    @Test("a contract can be loaded from a project, with the overlays of its version")
    func project() throws {
        let contract = try Contract(project: ".", version: "2023-08-01")
        #expect(throws: Never.self) { try contract.loaded.operation(named: "PGCreateOrder") }
        #expect(throws: ScenariosError.self) { try Contract(project: ".", version: "2001-01-01") }
        #expect(throws: ScenariosError.self) { try Contract("no/such/file.yaml") }
    }
}
