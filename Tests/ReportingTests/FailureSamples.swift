import Diagnostics
import Exchanges
import JSONDocument
import Primitives

@testable import Conformance
@testable import Reporting

/// A typical failure: one finding, the response that it is about, and the lines that it points to.
struct FailureSample: Sendable {
    let name: String
    let finding: Finding
    var outcome = ExchangeOutcome.response(ResponseMessage(status: 200))

    /// The place that readers look for: in the response, otherwise the row.
    var place: String { finding.response?.description ?? "scenarios/parcels.csv:3:1" }

    static let document = [
        91: "      properties:", 92: "        weight:", 93: "          type: number", 94: "          minimum: 0",
        32: "          X-Request-Id:", 33: "            required: true",
    ]
    static let table = [
        3: ",fetch,fetchParcel,parcel_id={{send.id}},200,\"state=sent; weight=2.5\",send",
        1: "scenario,step,call,set,expect,check,same_as",
    ]
    static let sources = SourceExcerpts(["specs/parcels.yaml": document, "scenarios/parcels.csv": table])

    /// The report of a run with this failure.
    func report(sources: SourceExcerpts = Self.sources) -> RunReport {
        var exchange = Samples.exchange(
            2, "fetch", outcome,
            headers: [
                HeaderField(name: "accept", value: "application/json"),
                HeaderField(name: "x-request-id", value: "5b0c6e0f-5d1c-4a94-8f0e-7b1c9a3d2e4f"),
            ])
        exchange.scenario = "parcel-lifecycle"
        var finding = finding
        finding.scenario = "parcel-lifecycle"
        var step = Samples.step("fetch", line: 3, [exchange], [finding])
        step.planned.location = SourceLocation(file: "scenarios/parcels.csv", line: 3, column: 1)
        let scenario = ScenarioVerdict(
            name: "parcel-lifecycle", file: "scenarios/parcels.csv", line: 2, steps: [step])
        return RunReport(
            Samples.verdict([scenario]), elapsed: .milliseconds(87), redactor: .none, sources: sources)
    }

    init(
        _ name: String, _ rule: Rule, id: String? = nil, _ message: String, _ status: Int = 200, _ body: String = "",
        type: String = "application/json", _ change: (inout Finding) -> Void = { _ in }
    ) {
        self.name = name
        var finding = Samples.finding(rule, id: id, message)
        finding.table = SourceLocation(file: "scenarios/parcels.csv", line: 3, column: 1)
        change(&finding)
        self.finding = finding
        outcome = .response(
            ResponseMessage(
                status: status, headers: [HeaderField(name: "content-type", value: type)], body: Array(body.utf8)))
    }

    private static func schema(_ line: Int, _ column: Int) -> SourceLocation {
        SourceLocation(file: "specs/parcels.yaml", line: line, column: column)
    }

    private static func cell(_ column: Int) -> SourceLocation {
        SourceLocation(file: "scenarios/parcels.csv", line: 3, column: column)
    }

    private static func body(_ tokens: String..., line: Int = 1, column: Int = 11) -> ResponsePlace {
        .body(JSONPointer(tokens), TextPosition(line: line, column: column, offset: column - 1))
    }

    /// A dozen failures, and some more.
    static let all: [FailureSample] = bodies + messages + rows + others

    private static let bodies = [
        FailureSample(
            "body-type", .bodyKeyword, id: "body.type", "is a string, but the schema allows only number", 200,
            #"{"weight":"2.5","state":"sent"}"#
        ) {
            $0.response = body("weight")
            $0.contractLocation = schema(93, 11)
            $0.expected = "number"
            $0.actual = #""2.5""#
        },
        FailureSample(
            "body-required", .bodyKeyword, id: "body.required", "lacks the required member \"weight\"", 200,
            #"{"state":"sent"}"#
        ) {
            $0.response = body("weight", column: 1)
            $0.contractLocation = schema(91, 7)
            $0.expected = "a member \"weight\""
        },
        FailureSample("body-json", .bodyJSON, "expected a value, found '}'", 200, "{\"weight\":}") {
            $0.response = body()
        },
        FailureSample(
            "body-undeclared", .bodyUndeclared, "the contract does not declare this member", 200,
            #"{"weight":2.5,"debug":true}"#
        ) {
            $0.severity = .error
            $0.response = body("debug", column: 23)
        },
    ]

    private static let messages = [
        FailureSample(
            "status-unexpected", .statusUnexpected, "expected 200, received 404", 404,
            #"{"code":"parcel_not_found","message":"there is no parcel 'P-1'"}"#
        ) {
            $0.response = .status
            $0.expected = "200"
            $0.actual = "404"
            $0.table = cell(41)
        },
        FailureSample("server-error", .serverError, "the server failed with 500", 500, "upstream failed") {
            $0.response = .status
            $0.expected = "200"
            $0.actual = "500"
        },
        FailureSample(
            "media-type", .mediaTypeUndocumented, "text/html is not documented for status 200", 200,
            "<html><body>Login</body></html>", type: "text/html"
        ) {
            $0.response = .header("content-type")
            $0.expected = "application/json"
            $0.actual = "text/html"
        },
        FailureSample("header-required", .headerMissing, "the header is missing", 200, "{}") {
            $0.response = .header("X-Request-Id")
            $0.contractLocation = schema(33, 13)
            $0.expected = "a header X-Request-Id"
        },
    ]

    private static let rows = [
        FailureSample(
            "check", .check, "expected `state` to be \"sent\", received \"lost\"", 200,
            #"{"weight":2.5,"state":"lost"}"#
        ) {
            $0.response = body("state", column: 23)
            $0.table = cell(46)
            $0.clause = "state=sent"
            $0.expected = #""sent""#
            $0.actual = #""lost""#
        },
        FailureSample(
            "same-as", .sameAs, "2 fields differ from the response of send", 200,
            #"{"id":"P-1","weight":2,"state":"lost","items":[1,2,3]}"#
        ) {
            $0.response = body("weight", column: 21)
            $0.table = cell(70)
            $0.clause = "send"
            $0.differences = [
                JSONDifference(pointer: JSONPointer(["weight"]), expected: .number(JSONNumber("2.5")!), actual: 2),
                JSONDifference(pointer: JSONPointer(["state"]), expected: "sent", actual: "lost"),
            ]
        },
        FailureSample(
            "law", .law, "law 'request-id-echoed': expected `header.x-request-id` to be present", 200, "{}"
        ) {
            $0.response = .header("x-request-id")
            $0.table = SourceLocation(file: "scenarios/laws.csv", line: 2, column: 20)
            $0.clause = "request-id-echoed"
        },
        FailureSample(
            "negative-accepted", .negativeAccepted, "the request violates the contract and was accepted", 201,
            #"{"weight":-1}"#
        ) {
            $0.response = .status
            $0.expected = "a rejection with 4xx"
            $0.actual = "201"
            $0.clause = "body.weight"
        },
    ]

    private static let others: [FailureSample] = {
        var timeout = FailureSample(
            "transport-timed-out", .transport, id: "transport.timedOut", "no response within 30 s"
        ) {
            $0.blame = .transport
            $0.expected = "200"
        }
        timeout.outcome = .failure(TransportFailure(.timedOut, "no response within 30 s"))
        return [
            timeout,
            FailureSample(
                "security", .securityNotEnforced, "a request without credentials was accepted", 200, "{}"
            ) {
                $0.response = .status
                $0.expected = "401 or 403"
                $0.actual = "200"
            },
            FailureSample("document", .documentSchema, "the pattern '[' is invalid", 200, #"{"weight":2.5}"#) {
                $0.blame = .document
                $0.response = body("weight")
                $0.contractLocation = schema(93, 11)
            },
        ]
    }()
}
