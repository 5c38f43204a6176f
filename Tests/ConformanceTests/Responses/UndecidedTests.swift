import Conformance
import Diagnostics
import Exchanges
import JSONDocument
import OpenAPI
import Primitives
import Scenarios
import TestKit
import Testing
import Webhooks

/// What the judge cannot decide has a finding of its own, and never passes silently.
@Suite("Undecided parts")
struct UndecidedTests {
    /// A value that is nested more deeply than the judge reads.
    private static let deep = String(repeating: "[", count: 2_000) + String(repeating: "]", count: 2_000)

    private static func document(request: String = "{}", response: String = "{}", headers: String = "{}") -> String {
        """
        openapi: 3.1.1
        info: { title: T, version: '1' }
        paths:
          /x:
            post:
              operationId: x
              requestBody: { content: \(request) }
              responses: { '200': { description: d, headers: \(headers), content: \(response) }, '500': { description: d } }
        webhooks:
          told:
            post: { requestBody: { content: \(request) }, responses: { '204': { description: d } } }
        """
    }

    private static func findings(
        _ document: String, sent: (type: String, body: [UInt8])? = nil, _ outcome: ExchangeOutcome,
        extra: [(String, String)] = [], check: String = ""
    ) throws -> [Finding] {
        let bench = try Bench(
            spec: document,
            tables: [("t.csv", "scenario,step,call,expect,check\ns,x,x,200,\(check)\n")] + extra)
        var journal = try bench.journal(["x": [outcome]])
        if let sent {
            journal.exchanges[0].request.headers = [HeaderField(name: "content-type", value: sent.type)]
            journal.exchanges[0].request.body = sent.body
        }
        return Judge(plan: bench.plan, contracts: bench.contracts).verdict(journal).allFindings
    }

    private static let ok = ExchangeOutcome.answer(200, "", [])

    // MARK: Requests

    @Test(
        "a request body of a type that is not supported is a note, if the contract describes it",
        arguments: [
            ("{ application/xml: { schema: { type: object } } }", ["request.unjudged note"]),
            ("{ application/xml: {} }", []), ("{ application/xml: { schema: { type: string, format: binary } } }", []),
        ])
    func requestType(content: String, expected: [String]) throws {
        let found = try Self.findings(
            Self.document(request: content), sent: ("application/xml", Array("<a/>".utf8)), Self.ok)
        #expect(found.map { "\($0.rule) \($0.severity.rawValue)" } == expected)
        #expect(
            found.allSatisfy { $0.blame == .table && $0.message.hasPrefix("in the request, body cannot be judged") })
    }

    /// A pattern whose search would not end, and a text for it.
    private static let slow = (
        schema: #"{ type: string, pattern: '^(?:(a|aa)(?!\1b))+\1$' }"#,
        text: "\"" + String(repeating: "a", count: 5_000) + "!\""
    )

    @Test("a request that exceeds a limit of the judge is an error of its own")
    func requestLimit() throws {
        let found = try Self.findings(
            Self.document(request: "{ application/json: { schema: \(Self.slow.schema) } }"),
            sent: ("application/json", Array(Self.slow.text.utf8)), Self.ok)
        #expect(found.map(\.rule) == ["request.undecided"])
        #expect(found.allSatisfy { $0.severity == .error && $0.isUndecided })
    }

    @Test("an unusable schema of a request is a mistake of the document")
    func requestSchema() throws {
        let content = "{ application/json: { schema: { type: object, properties: { a: { pattern: '(' } } } } }"
        let found = try Self.findings(
            Self.document(request: content), sent: ("application/json", Array(#"{"a":"b"}"#.utf8)), Self.ok)
        #expect(found.map(\.rule) == ["document.schema"])
        #expect(found.map(\.blame) == [.document])
    }

    // MARK: Deliveries

    private static func deliveries(_ content: String, type: String, _ body: String) throws -> [String] {
        let contract = try Contract.load(text: document(request: content), name: "v1")
        let request = RequestMessage(
            method: "POST", url: "http://127.0.0.1:1/", headers: [HeaderField(name: "content-type", value: type)],
            body: Array(body.utf8))
        return DeliveryJudge(contract).findings(request, at: Instant(microsecondsSinceEpoch: 0)).map {
            "\($0.rule) \($0.severity.rawValue) \($0.blame.rawValue)"
        }
    }

    @Test("deliveries have rules of their own for what cannot be decided")
    func delivery() throws {
        let xml = "{ application/xml: { schema: { type: object } } }"
        #expect(try Self.deliveries(xml, type: "application/xml", "<a/>") == ["webhook.unjudged note server"])
        let json = "{ application/json: { schema: \(Self.slow.schema) } }"
        #expect(
            try Self.deliveries(json, type: "application/json", Self.slow.text) == ["webhook.undecided error server"])
        let broken = "{ application/json: { schema: { pattern: '(' } } }"
        #expect(
            try Self.deliveries(broken, type: "application/json", #""a""#) == ["document.schema error document"])
        let remote = "{ application/json: { schema: { $ref: 'https://elsewhere.example/a.json' } } }"
        #expect(
            try Self.deliveries(remote, type: "application/json", "1") == ["document.unjudged warning document"])
    }

    // MARK: Responses

    @Test("a body that exceeds a limit of the judge is an error, whatever its schema")
    func body() throws {
        for schema in ["{}", "{ type: array }", "true"] {
            let content = "{ application/json: { schema: \(schema) } }"
            let found = try Self.findings(Self.document(response: content), .answer(200, Self.deep))
            #expect(found.map(\.rule) == ["body.undecided"], "\(schema)")
        }
    }

    @Test("checks of a body that cannot be read are undecided, and so are laws")
    func checks() throws {
        let content = "{ application/xml: {} }"
        let xml = ExchangeOutcome.answer(200, "<a/>", [("content-type", "application/xml")])
        let found = try Self.findings(
            Self.document(response: content), xml,
            extra: [("laws.csv", "law,when,check\nfirst,status=200,a=1\nsecond,a=1,status=500\n")], check: "a=1")
        try #require(found.map(\.rule) == ["check.undecided", "law.undecided", "law.undecided"])
        #expect(found.allSatisfy { $0.severity == .error && $0.message.contains("application/xml are not supported") })
        #expect(found[1].message.hasPrefix("law 'first': cannot decide the check `a=1`"))
        #expect(found[2].clause == "second: a=1")
    }

    @Test("a law that refers to a missing value is undecided")
    func law() throws {
        let laws = [("laws.csv", "law,when,check,note\nnamed,,header.via={{req.header.x-none}},from the gateway\n")]
        let found = try Self.findings(Self.document(), Self.ok, extra: laws)
        #expect(found.map(\.rule) == ["law.undecided"])
        #expect(found.map(\.details) == [["from the gateway"]])
    }

    @Test("a header whose style is undefined is not judged, and says why")
    func header() throws {
        let found = try Self.findings(
            Self.document(headers: "{ X: { style: form, schema: { type: integer } } }"), .answer(200, "", [("x", "a")]))
        #expect(found.map(\.rule) == ["header.undecided"])
        #expect(found.map(\.message) == ["cannot be judged: a header can only have the style simple"])
    }

    // MARK: The mock

    @Test("the mock's response without a value blames the document, and replaces all other findings")
    func noValue() throws {
        let document = Self.document(
            response: "{ application/json: { schema: { type: string, minLength: 2, maxLength: 1 } } }")
        let problem = ExchangeOutcome.answer(
            500, "{}", [("content-type", "application/problem+json"), (MockProblem.header, MockProblem.noValue)])
        let found = try Self.findings(document, problem)
        try #require(found.map(\.rule) == ["document.no-value"])
        #expect(found.map(\.blame) == [.document] && found.map(\.actual) == ["500"])
        #expect(found.first?.details == ["fix the schema, or add an example to the response"])
        // Another status or value is an ordinary response.
        let other = ExchangeOutcome.answer(500, "", [(MockProblem.header, "other")])
        #expect(try Self.findings(document, other).first?.rule == "status.server-error")
        let success = ExchangeOutcome.answer(
            200, "1", [("content-type", "application/json"), (MockProblem.header, MockProblem.noValue)])
        #expect(try Self.findings(document, success).contains { $0.rule == "body.type" })
    }
}
