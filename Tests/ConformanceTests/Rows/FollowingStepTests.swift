import Conformance
import Exchanges
import Scenarios
import Testing

/// A step that sends a value with a finding of its own: its failure is a consequence, and not a second finding.
@Suite("Steps that use values of other steps")
struct FollowingStepTests {
    private static let document = """
        openapi: 3.1.1
        info: { title: T, version: '1' }
        paths:
          /x:
            post:
              operationId: make
              requestBody: { content: { application/json: { schema: { type: object, properties: { name: { type: string } } } } } }
              responses:
                '200':
                  description: d
                  headers: { X-Ref: { schema: { type: integer } } }
                  content:
                    application/json:
                      schema:
                        type: object
                        properties:
                          id: { type: string, pattern: '^P' }
                          code: { type: integer, maximum: 9 }
                          list: { type: array, maxItems: 2, items: { type: object, properties: { n: { type: integer, maximum: 9 } } } }
          /x/{id}:
            parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
            get: { operationId: read, responses: { '200': { description: d }, '404': { description: d } } }
        """

    private static let right = #"{"id":"P1","code":5,"list":[{"n":1},{"n":2}]}"#

    /// The findings and the outcomes of a creation and a read of `reference`, which is not found.
    private static func told(
        _ body: String, header: String = "7", check: String = "", reference: String
    ) throws -> (rules: [String], outcomes: [String]) {
        let bench = try Bench(
            spec: document,
            tables: [
                (
                    "t.csv",
                    "scenario,step,call,set,expect,check\ns,one,make,name=n,200,\(check)\n,two,read,id={{one.\(reference)}},200,\n"
                )
            ])
        let json = [("content-type", "application/json"), ("x-ref", header)]
        let verdict = try bench.verdict(["one": [.answer(200, body, json)], "two": [.answer(404, "", [])]])
        return (verdict.errors, verdict.outcomes)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var body: String
        var header = "7"
        var check = ""
        var reference: String
        /// The finding about the first step; `nil` if it has none.
        var rule: String?
        var isConsequence: Bool
        var testDescription: String { "\(body) \(header) \(check) \(reference)" }

        init(
            _ body: String, header: String = "7", check: String = "", _ reference: String, _ rule: String?,
            isConsequence: Bool
        ) {
            (self.body, self.header, self.check, self.reference) = (body, header, check, reference)
            (self.rule, self.isConsequence) = (rule, isConsequence)
        }
    }

    static let badID = right.replacing("P1", with: "Q1")
    static let badCode = right.replacing("5", with: "50")
    static let badFirst = right.replacing(#"{"n":1}"#, with: #"{"n":11}"#)
    static let longList = right.replacing(#"{"n":2}"#, with: #"{"n":2},{"n":3}"#)

    static let cases = [
        Case(right, "id", nil, isConsequence: false), Case(badID, "id", "body.pattern", isConsequence: true),
        Case(badID, "code", "body.pattern", isConsequence: false),
        Case(badCode, "id", "body.maximum", isConsequence: false),
        Case(badCode, "code", "body.maximum", isConsequence: true),
        // A value inside of a wrong value, and one next to it.
        Case(badFirst, "list[0].n", "body.maximum", isConsequence: true),
        Case(badFirst, "list[1].n", "body.maximum", isConsequence: false),
        Case(longList, "list[1].n", "body.maxItems", isConsequence: true),
        Case(longList, "id", "body.maxItems", isConsequence: false),
        Case(right.replacing(#""code""#, with: #""id":"P2","code""#), "id", "body.duplicate-name", isConsequence: true),
        // A failed check is a finding as well.
        Case(right, check: "id=P9", "id", "check", isConsequence: true),
        Case(right, check: "id=P9", "code", "check", isConsequence: false),
        Case(right, check: "id=P1", "id", nil, isConsequence: false),
        // Headers have places of their own.
        Case(right, header: "many", "header.x-ref", "header.type", isConsequence: true),
        Case(right, header: "many", "header.X-REF", "header.type", isConsequence: true),
        Case(right, header: "many", "id", "header.type", isConsequence: false),
        Case(right, "header.x-ref", nil, isConsequence: false),
        // What the row itself sent is not wrong because of the response.
        Case(badID, "req.body.name", "body.pattern", isConsequence: false),
    ]

    @Test("a failure that follows from another finding is not reported, and every other failure is", arguments: cases)
    func consequences(one: Case) throws {
        let told = try Self.told(one.body, header: one.header, check: one.check, reference: one.reference)
        #expect(told.rules == (one.rule.map { [$0] } ?? []) + (one.isConsequence ? [] : ["status.unexpected"]))
        #expect(
            told.outcomes == [
                "one \(one.rule == nil ? "passed" : "failed")", "two \(one.isConsequence ? "notRun" : "failed")",
            ])
    }

    @Test("a missing value leaves the step out, and is a finding only if the step before passed")
    func missing() throws {
        let absent = try Self.told(#"{"code":5}"#, reference: "id")
        #expect(absent.outcomes == ["one passed", "two notRun"])
        let broken = try Self.told(#"{"code":50}"#, reference: "id")
        #expect(broken.rules == ["body.maximum"] && broken.outcomes == ["one failed", "two notRun"])
    }
}
