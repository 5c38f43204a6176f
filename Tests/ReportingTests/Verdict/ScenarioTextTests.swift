import Diagnostics
import Exchanges
import JSONDocument
import Testing

@testable import Conformance
@testable import Reporting

/// The text of a scenario in the report of a test framework.
@Suite("Texts of scenarios for tests")
struct ScenarioTextTests {
    private static let text = ScenarioText(redactor: .none)

    private static func exchange(_ body: String, status: Int = 200) -> Exchange {
        Samples.exchange(2, "fetch", .response(ResponseMessage(status: status, body: Array(body.utf8))))
    }

    @Test("a finding has its rule, its places and its values on lines of their own")
    func message() {
        let finding = Samples.finding(.bodyKeyword, id: "body.type", "is a string") {
            $0.response = .body(JSONPointer(["weight"]), TextPosition(line: 1, column: 11, offset: 10))
            $0.contractLocation = SourceLocation(file: "a.yaml", line: 3, column: 5)
            $0.expected = "number"
            $0.actual = "\"2.5\""
        }
        #expect(
            Self.text.message(finding) == """
                body.type: is a string
                    place     /weight  line 1, column 11
                    expected  number
                    received  "2.5"
                    contract  a.yaml:3:5
                    table     scenarios/a.csv:3:1
                """)
    }

    @Test("a check of a value is shown as the difference of the whole bodies")
    func difference() {
        let finding = Samples.finding(.check, "expected \"sent\"") {
            $0.response = .body(JSONPointer(["state"]), nil)
            $0.clause = "state=sent"
            $0.expected = "\"sent\""
            $0.actual = "\"lost\""
        }
        let step = Samples.step("fetch", line: 3, [Self.exchange(#"{"id":1,"state":"lost"}"#)], [finding])
        let text = Self.text.message(finding, in: step)
        #expect(
            text.hasSuffix(
                """
                    Difference (expected: \u{2212}, received: +)
                    \u{2007} {
                    \u{2007}   "id": 1,
                    \u{2212}   "state": "sent"
                    +   "state": "lost"
                    \u{2007} }
                """), "\(text)")
        #expect(!text.contains("    expected  "))
        // Without the response, the values are shown alone.
        #expect(Self.text.message(finding).contains("    expected  \"sent\"\n    received  \"lost\""))
    }

    @Test("a finding belongs to its own exchange, and otherwise to the last one of the step")
    func exchanges() {
        var first = Self.exchange(#"{"state":"lost"}"#)
        first.sequence = 1
        let finding = Samples.finding(.check, "x") {
            $0.exchange = 1
            $0.response = .body(JSONPointer(["state"]), nil)
            $0.clause = "state=sent"
            $0.expected = "\"sent\""
        }
        let step = Samples.step("fetch", line: 3, [first, Self.exchange("{}")], [finding])
        #expect(Self.text.message(finding, in: step).contains("Difference"))
        var other = finding
        other.exchange = 9
        #expect(!Self.text.message(other, in: step).contains("Difference"))
    }

    @Test("a whole scenario: every step with its result, its findings, and its exchanges")
    func report() {
        let failed = Samples.step(
            "fetch", line: 3, [Self.exchange("{}", status: 404)],
            [Samples.finding(.statusUnexpected, "expected 200, received 404")])
        let scenario = Samples.scenario([
            Samples.step("create", line: 2, [Self.exchange("{}")]), failed,
            Samples.step("last", line: 4, reason: .missingValue(step: "create", path: "id")),
        ])
        #expect(
            Self.text.report(scenario, Samples.header) == """
                send  scenarios/a.csv:2  target mock, seed tulip

                ✓ create  fetchParcel  scenarios/a.csv:2:1

                  > GET http://127.0.0.1:51234/v1/parcels/P-1
                  < HTTP/1.1 200

                    | {}

                ✗ fetch  fetchParcel  scenarios/a.csv:3:1
                  status.unexpected: expected 200, received 404
                      table     scenarios/a.csv:3:1

                  > GET http://127.0.0.1:51234/v1/parcels/P-1
                  < HTTP/1.1 404

                    | {}

                • last  fetchParcel  scenarios/a.csv:4:1
                  skipped: it needs create.id, which was never received

                """)
    }

    @Test("a response is shown as it was transmitted, masked and escaped")
    func response() {
        let text = ScenarioText(redactor: Redactor(secrets: [("KEY", "swordfish-42")]))
        let response = ResponseMessage(
            status: 200, headers: [HeaderField(name: "x", value: "swordfish-42")],
            body: Array("a\n::error::\u{1B}".utf8))
        #expect(
            text.text(of: response) == """
                  < HTTP/1.1 200
                  < x: ‹secret KEY›

                    | a
                    | ::error::\\u{1b}

                """)
    }
}
