import Conformance
import Exchanges
import Scenarios
import Testing

/// The status of a response against the contract and the row: one finding, by the rule that names the cause best.
@Suite("Statuses")
struct StatusTests {
    private static let document = """
        openapi: 3.1.1
        info: { title: T, version: '1' }
        paths:
          /x:
            post:
              operationId: x
              security: [{ Key: [] }]
              requestBody: { content: { application/json: { schema: { type: object, properties: { n: { type: integer } } } } } }
              responses:
                '200': { description: d }
                '201': { description: d }
                '302': { description: d }
                '400': { description: d }
                '401': { description: d }
                '403': { description: d }
                '404': { description: d }
                '409': { description: d }
                '422': { description: d }
                '503': { description: d }
          /open:
            get: { operationId: open, security: [{}, { Key: [] }], responses: { '200': { description: d }, '401': { description: d } } }
        components: { securitySchemes: { Key: { type: apiKey, in: header, name: x-key } } }
        """

    private static func verdict(
        _ status: Int, expect: String, auth: String = "", set: String = "n=1", opts: String = "", call: String = "x"
    ) throws -> Verdict {
        let bench = try Bench(
            spec: document,
            tables: [
                ("t.csv", "scenario,step,call,auth,set,expect,opts\ns,x,\(call),\(auth),\(set),\(expect),\(opts)\n")
            ])
        return try bench.verdict(.answer(status, "", []))
    }

    private static func rules(
        _ status: Int, expect: String, auth: String = "", set: String = "n=1", opts: String = "", call: String = "x"
    ) throws -> [String] {
        try verdict(status, expect: expect, auth: auth, set: set, opts: opts, call: call).allFindings.map(\.rule)
    }

    @Test(
        "a row accepts the statuses that it names",
        arguments: [
            ("200", 200, true), ("200", 201, false), ("2xx", 201, true), ("2XX", 200, true), ("2xx", 302, false),
            ("200|404", 404, true), ("200|404", 400, false), ("4xx|201", 409, true), ("", 200, true), ("", 201, true),
            // Without a cell, all documented successes are expected.
            ("", 302, false), ("", 404, false), ("3xx", 302, true), ("5xx", 503, true),
        ])
    func expected(expect: String, status: Int, isAccepted: Bool) throws {
        let rules = try Self.rules(status, expect: expect)
        #expect(rules == (isAccepted ? [] : ["status.unexpected"]))
    }

    @Test(
        "the rule names the cause: undocumented, failed, or only unexpected",
        arguments: [
            (418, "200", "status.undocumented"), (418, "418", "status.undocumented"),
            (500, "200", "status.undocumented"),
            (503, "200", "status.server-error"), (503, "404", "status.server-error"), (404, "200", "status.unexpected"),
            (200, "404", "status.unexpected"), (302, "200", "status.unexpected"),
        ])
    func causes(status: Int, expect: String, rule: String) throws {
        #expect(try Self.rules(status, expect: expect) == [rule])
    }

    @Test("an undocumented status names the row's expectation as well, if that is another one")
    func undocumented() throws {
        let all = "200, 201, 302, 400, 401, 403, 404, 409, 422, 503"
        #expect(try Self.verdict(418, expect: "418").allFindings.map(\.expected) == [all])
        #expect(try Self.verdict(418, expect: "404").allFindings.map(\.expected) == ["404 (documented: \(all))"])
        #expect(try Self.verdict(418, expect: "404").allFindings.map(\.actual) == ["418"])
    }

    @Test(
        "a request without credentials must be rejected because of them",
        arguments: [
            ("none", 401, "401", [String]()), ("none", 403, "401|403", []), ("none", 401, "", []),
            ("none", 404, "", []),
            ("none", 200, "401", ["security.not-enforced"]), ("none", 201, "", ["security.not-enforced"]),
            ("none", 200, "200", []), ("wrong", 200, "401", ["security.not-enforced"]),
            // A response about the resource shows that the credentials were accepted.
            ("none", 404, "401", ["security.not-enforced"]), ("wrong", 409, "401", ["security.not-enforced"]),
            ("none", 422, "403", ["security.not-enforced"]), ("none", 404, "404", []),
            ("none", 400, "401", ["status.unexpected"]), ("none", 503, "401", ["status.server-error"]),
            ("none", 418, "401", ["status.undocumented"]),
        ])
    func credentials(auth: String, status: Int, expect: String, expected: [String]) throws {
        #expect(try Self.rules(status, expect: expect, auth: auth) == expected)
    }

    @Test("an operation that can be called without credentials need not reject such a call")
    func optional() throws {
        #expect(try Self.rules(200, expect: "200", auth: "none", set: "", call: "open") == [])
        #expect(try Self.rules(200, expect: "401", auth: "none", set: "", call: "open") == ["status.unexpected"])
    }

    @Test("documented credentials that are rejected have a rule of their own")
    func alternatives() throws {
        func rules(_ status: Int, expect: String) throws -> [String] {
            let bench = try Bench(
                spec: Self.document,
                tables: [("t.csv", "scenario,step,call,auth,set,expect\ns,x,x,alternatives,n=1,\(expect)\n")])
            let name = bench.plan.scenarios[0].steps[0].name
            return try bench.verdict([name: [.answer(status, "", [])]]).allFindings.map(\.rule)
        }
        #expect(try rules(401, expect: "200") == ["security.refused"])
        #expect(try rules(403, expect: "200") == ["security.refused"])
        #expect(try rules(404, expect: "200") == ["status.unexpected"])
        #expect(try rules(401, expect: "401") == [])
    }

    @Test(
        "an invalid request must be rejected",
        arguments: [
            (400, "400", [String]()), (422, "4xx", []), (200, "400", ["negative.accepted"]),
            (201, "4xx", ["negative.accepted"]), (200, "2xx", ["negative.accepted"]), (200, "200", []),
            (503, "400", ["status.server-error"]), (404, "400", ["status.unexpected"]),
            (302, "400", ["status.unexpected"]), (418, "400", ["status.undocumented"]),
        ])
    func invalid(status: Int, expect: String, expected: [String]) throws {
        #expect(try Self.rules(status, expect: expect, set: "n='x'", opts: "invalid") == expected)
    }

    @Test("a retried response of a gateway need not be documented, unless it is the last one")
    func retried() throws {
        let bench = try Bench(
            spec: Self.document, tables: [("t.csv", "scenario,step,call,set,expect,opts\ns,x,x,n=1,200,retry=2/1s\n")])
        func rules(_ statuses: Int...) throws -> [String] {
            try bench.verdict(["x": statuses.map { .answer($0, "", []) }]).allFindings.map(\.rule)
        }
        #expect(try rules(502, 200) == ["flaky"])
        #expect(try rules(429, 504, 200) == ["flaky"])
        #expect(try rules(502, 502) == ["status.undocumented"])
        // A status for which nothing is retried is judged in every attempt.
        #expect(try rules(418, 200).contains("status.undocumented"))
    }
}
