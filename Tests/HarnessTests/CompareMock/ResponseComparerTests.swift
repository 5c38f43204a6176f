import Diagnostics
import Exchanges
import OpenAPI
import Reporting
import Scenarios
import TestKit
import Testing

@testable import Harness

/// The places in which the responses of a server and of the mock differ.
@Suite("Comparing two responses")
struct ResponseComparerTests {
    private static let document = """
        openapi: 3.1.0
        info: {title: Parcels, version: '1'}
        paths:
          /parcels:
            get:
              operationId: list
              responses:
                '200':
                  description: all
                  headers: {x-id: {schema: {type: string}}}
                  content:
                    application/json:
                      schema: {type: object, properties: {state: {enum: [A, B]}, note: {type: string}}}
                '400': {description: no, content: {application/json: {}}}
        """

    private static func found(
        _ sandbox: (Int, String), _ mock: (Int, String), headers: ([String], [String]) = ([], [])
    ) throws -> [String] {
        let contract = try Contract.load(text: document)
        let (plan, _) = Planner.plan(
            tables: [TableSource(path: "t.csv", bytes: Array("scenario,step,call\ns,a,list\n".utf8))],
            contracts: Contracts([contract]), settings: PlanSettings(readFile: { _ in [] }))
        func message(_ answer: (Int, String), _ names: [String]) -> ResponseMessage {
            let type = HeaderField(name: "content-type", value: "application/json")
            return ResponseMessage(
                status: answer.0, headers: [type] + names.map { HeaderField(name: $0, value: $0) },
                body: Array(answer.1.utf8))
        }
        var comparer = ResponseComparer(
            try #require(plan.scenarios.first?.steps.first), states: ["phase"])
        comparer.compare(message(sandbox, headers.0), message(mock, headers.1))
        return comparer.found.map { "\($0.place.text) \($0.kind)" }
    }

    @Test(
        "values are compared where they mean something, and kinds and members everywhere",
        arguments: [
            (200, #"{"state":"A"}"#, #"{"state":"B"}"#, ["/state value"]),
            (200, #"{"phase":"A"}"#, #"{"phase":"B"}"#, ["/phase value"]),
            (200, #"{"ok":true}"#, #"{"ok":false}"#, ["/ok value"]),
            (200, #"{"note":"a","count":1}"#, #"{"note":"b","count":2}"#, []),
            (200, #"{"note":"a"}"#, #"{"note":1}"#, ["/note kind"]),
            (200, #"{"note":"a"}"#, "{}", ["/note missing"]),
            (200, "{}", #"{"note":"a"}"#, ["/note surplus"]),
            (400, #"{"message":"a"}"#, #"{"message":"b"}"#, ["/message value"]),
            (400, #"{"code":1}"#, #"{"code":2}"#, []),
            // A journal masked the value.
            (200, #"{"state":"‹redacted state›"}"#, #"{"state":"B"}"#, []),
            (400, #"{"message":"‹secret KEY› is wrong"}"#, #"{"message":"b"}"#, []),
        ])
    func bodies(status: Int, sandbox: String, mock: String, expected: [String]) throws {
        #expect(try Self.found((status, sandbox), (status, mock)) == expected)
    }

    @Test(
        "documented headers are compared by their presence",
        arguments: [
            (["x-id"], [], ["header x-id missing"]), ([], ["X-ID"], ["header x-id surplus"]),
            (["x-id"], ["x-id"], []),
            (["x-other"], [], []),
        ] as [([String], [String], [String])])
    func headers(sandbox: [String], mock: [String], expected: [String]) throws {
        #expect(try Self.found((200, "{}"), (200, "{}"), headers: (sandbox, mock)) == expected)
    }

    @Test("of responses with different statuses, nothing else is compared")
    func statuses() throws {
        #expect(try Self.found((200, #"{"ok":true}"#), (400, #"{"ok":false}"#)) == ["status value"])
    }

    @Test("a comparison without two responses is not a pass")
    func nothing() {
        func exit(compared: Int) -> ExitCode {
            var comparison = MockComparison(source: "j.ndjson", target: "sandbox")
            comparison.compared = compared
            return CompareMockResult(
                comparison: comparison, diagnostics: Diagnostics([]), redactor: Redactor(secrets: [])
            ).exit
        }
        #expect(exit(compared: 0) == .notPossible)
        #expect(exit(compared: 1) == .passed)
    }
}
