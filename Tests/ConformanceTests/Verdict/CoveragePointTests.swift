import Conformance
import Diagnostics
import Exchanges
import Scenarios
import Testing

/// Credentials, negative cases and parts of responses that a run exercises.
@Suite("Points of coverage")
struct CoveragePointTests {
    private static let document = """
        openapi: 3.1.1
        info: { title: T, version: '1' }
        paths:
          /x:
            post:
              operationId: x
              security: [{ Key: [] }, { Key: [], Pin: [] }, {}]
              requestBody: { content: { application/json: { schema: { type: object, properties: { n: { type: integer } } } } } }
              responses:
                '200':
                  description: d
                  headers: { X-A: { schema: {} }, X-B: { schema: {} } }
                  content:
                    application/json: { schema: { type: object, properties: { a: { enum: [1, 2] }, secret: { writeOnly: true } } } }
                    text/plain: {}
                4XX: { description: d }
                default: { description: d }
          /y:
            get: { operationId: y, security: [{ Key: [] }], responses: { '200': { description: d }, '401': { description: d } } }
          /z:
            get: { operationId: z, security: [], responses: { '204': { description: d } } }
        components:
          securitySchemes:
            Key: { type: apiKey, in: header, name: x-key }
            Pin: { type: apiKey, in: header, name: x-pin }
        """

    /// The coverage of one operation after a run with these rows (from `call` on) and their statuses and bodies.
    private static func coverage(_ rows: [(String, Int, String)], of operation: String) throws -> OperationCoverage {
        let lines = rows.indices.map { "\($0 == 0 ? "s" : ""),r\($0),\(rows[$0].0)" }
        let bench = try Bench(
            spec: document,
            tables: [("t.csv", "scenario,step,call,auth,set,expect,opts\n" + lines.joined(separator: "\n") + "\n")])
        var answers: [String: [ExchangeOutcome]] = [:]
        for step in bench.plan.scenarios[0].steps {
            let name = step.name.split(separator: "[")[0]
            let row = rows[Int(name.dropFirst()) ?? 0]
            let type = row.2.hasPrefix("{") ? "application/json" : "text/plain"
            answers[step.name] = [.answer(row.1, row.2, row.2.isEmpty ? [] : [("content-type", type), ("x-b", "")])]
        }
        return try #require(try bench.verdict(answers).coverage.operations.first { $0.operation == operation })
    }

    private static func told(_ points: [CoveragePoint]) -> [String] { points.map { "\($0.name) \($0.count)" } }

    @Test("an exact status precedes a range, and a range precedes `default`")
    func statuses() throws {
        func counts(_ status: Int, _ body: String = "") throws -> [Int] {
            try Self.coverage([("x,,n=1,2xx|4xx|5xx,", status, body)], of: "x").responses.map(\.count)
        }
        #expect(try counts(200, "{}") == [1, 0, 0])
        #expect(try counts(404) == [0, 1, 0])
        #expect(try counts(201) == [0, 0, 1])
        #expect(try counts(503) == [0, 0, 1])
    }

    @Test("parts of responses count whether they are right or wrong")
    func parts() throws {
        let covered = try Self.coverage(
            [
                ("x,,n=1,200,", 200, #"{"a":2}"#), ("x,,n=1,200,", 200, #"{"a":3,"secret":1}"#),
                ("x,,n=1,200,", 200, "text"),
            ], of: "x")
        let success = covered.responses[0]
        #expect(Self.told(success.mediaTypes.all) == ["application/json 2", "text/plain 1"])
        #expect(Self.told(success.headers.all) == ["X-A 0", "X-B 3"])
        // A member that only requests have is not one of the response.
        #expect(Self.told(success.properties.all) == ["/a 2"])
        #expect(Self.told(success.values.all) == ["/a=1 0", "/a=2 1"])
    }

    @Test("an alternative of credentials counts if the request was accepted with it")
    func credentials() throws {
        func security(_ status: Int, auth: String) throws -> [String] {
            try Self.told(
                Self.coverage([("x,\(auth),n=1,2xx|4xx,", status, status == 200 ? "{}" : "")], of: "x").security)
        }
        #expect(try security(200, auth: "none") == ["Key 0", "Key + Pin 0"])
        #expect(try security(401, auth: "") == ["Key 0", "Key + Pin 0"])
        #expect(try security(200, auth: "").contains { $0.hasSuffix(" 1") })
        #expect(try Self.coverage([("z,,,204,", 204, "")], of: "z").security == [])
    }

    @Test("a negative case counts once it was rejected")
    func negative() throws {
        func negative(_ row: String, _ status: Int, of operation: String = "y") throws -> [String] {
            try Self.told(Self.coverage([(row, status, "")], of: operation).negative)
        }
        #expect(try negative("y,none,,401,", 401) == ["no credentials 1", "wrong credentials 0"])
        #expect(try negative("y,wrong,,401,", 401) == ["no credentials 0", "wrong credentials 1"])
        #expect(try negative("y,none,,401,", 200) == ["no credentials 0", "wrong credentials 0"])
        #expect(try negative("y,none,,401,", 500) == ["no credentials 0", "wrong credentials 0"])
        // Without credentials, the operation may be called; and only an operation with input has an invalid request.
        #expect(try negative("x,,n='a',400,invalid", 400, of: "x") == ["invalid request 1"])
        #expect(try negative("x,,n='a',400,invalid", 200, of: "x") == ["invalid request 0"])
        #expect(try negative("z,,,204,", 204, of: "z") == [])
    }

    @Test("each point that was not exercised has a row that would exercise it")
    func missing() throws {
        func rows(_ covered: OperationCoverage) -> [String] {
            covered.missing.map { "\($0.what)|\($0.auth)|\($0.set)|\($0.expect)|\($0.opts)" }
        }
        #expect(
            rows(try Self.coverage([("y,none,,401,", 401, "")], of: "y"))
                == [
                    "200||||", "Key|alternatives|||", "wrong credentials|wrong|||",
                ].map { $0 == "200||||" ? "200|||200|" : $0 })
        #expect(
            rows(try Self.coverage([("x,,n=1,200,", 200, "{}")], of: "x")).suffix(2) == [
                "Key + Pin|alternatives|||", "invalid request||||invalid",
            ])
        #expect(rows(try Self.coverage([("z,,,204,", 204, "")], of: "z")) == [])
    }

    @Test("a share is the exercised part of the documented points of its kind")
    func shares() throws {
        let table = "scenario,step,call,auth,expect\ns,r,y,none,401\n"
        let verdict = try Bench(spec: Self.document, tables: [("t.csv", table)]).verdict(.answer(401, "", []))
        func share(_ kind: CoverageThreshold.Kind) -> [Int] {
            let share = verdict.coverage.share(kind)
            return [share.exercised, share.documented]
        }
        #expect(share(.operations) == [1, 3] && share(.responses) == [1, 6] && share(.mediaTypes) == [0, 2])
        #expect(share(.headers) == [0, 2] && share(.properties) == [0, 1] && share(.values) == [0, 2])
        #expect(share(.security) == [0, 3] && share(.negative) == [1, 3])
    }

    @Test(
        "a threshold is reached by exactly its share, and by documents without such points",
        arguments: [
            (CoverageThreshold.Kind.negative, 33.0, false), (.negative, 33.4, true), (.responses, 16.6, false),
            (.responses, 16.7, true), (.headers, 0, false), (.headers, 0.1, true), (.operations, 100, true),
        ])
    func thresholds(kind: CoverageThreshold.Kind, percent: Double, isFound: Bool) throws {
        let table = "scenario,step,call,auth,expect\ns,r,y,none,401\n"
        let verdict = try Bench(spec: Self.document, tables: [("t.csv", table)]).verdict(.answer(401, "", []))
        let found = verdict.requiring([.init(kind: kind, percent: percent)]).findings
            .filter { $0.rule == "coverage.below" }
        #expect(found.map(\.clause) == (isFound ? [kind.rawValue] : []))
        #expect(found.allSatisfy { $0.expected == "at least \(percent) %" && $0.severity == .error })
        let empty = Verdict(run: verdict.run, scenarios: [], coverage: Coverage(operations: []))
        #expect(!empty.requiring([.init(kind: kind, percent: 100)]).fails())
    }
}
