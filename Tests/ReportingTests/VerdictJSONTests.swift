import Diagnostics
import Exchanges
import Foundation
import JSONDocument
import JSONSchema
import TestKit
import Testing

@testable import Conformance
@testable import Reporting

@Suite("The JSON report")
struct VerdictJSONTests {
    private static let diagnostics = [
        Diagnostic(
            "table.note", .warning, "is odd", at: SourceLocation(file: "scenarios/a.csv", line: 2, column: 3),
            place: "check", help: "look again",
            related: [Diagnostic.Related("first here", at: SourceLocation(file: "scenarios/b.csv", line: 1, column: 1))]
        ),
        Diagnostic("usage.odd", .note, "is odd as well"),
    ]

    private static func report(_ verdict: Verdict, exit: Int) -> String {
        VerdictJSON(redactor: .none).render(verdict, exit: exit, diagnostics: diagnostics)
    }

    /// The violations of the published schema.
    static func problems(_ report: String) throws -> [String] {
        try PublishedSchema("report").problems(report)
    }

    @Test("every kind of report has the documented shape, without undocumented members")
    func shape() throws {
        #expect(try Self.problems(Self.report(Samples.passing, exit: 0)) == [])
        #expect(try Self.problems(Self.report(Samples.failing, exit: 1)) == [])
        #expect(try Self.problems(Self.report(Samples.verdict([]), exit: 130)) == [])
        let members = VerdictJSON(redactor: .none).membersOfNothing
        for command in ["run", "record", "report", "replay"] {
            let refused = JSONEnvelope(command).render(exit: 2, members, diagnostics: Self.diagnostics)
            #expect(try Self.problems(refused) == [])
            #expect(try JSONDocument(parsing: refused).root["command"]?.string == command)
        }
        #expect(try Self.problems(JSONEnvelope("run").render(exit: 3, members)) == [])
    }

    @Test("the schema rejects a report of a different shape")
    func otherShapes() throws {
        var report = try JSONDocument(parsing: Self.report(Samples.failing, exit: 1)).root.value
        report["outcome"] = "great"
        report.set("1", at: JSONPointer(["scenarios", "0", "line"]))
        report.remove(at: JSONPointer(["scenarios", "0", "steps", "1", "findings", "0", "rule"]))
        report["extra"] = 1
        #expect(try Self.problems(report.text).count == 4)
    }

    @Test("the report contains the members that other tools rely on, with their values")
    func members() throws {
        let report = try JSONDocument(parsing: Self.report(Samples.failing, exit: 1)).root
        func at(_ pointer: String) -> String? { JSONPointer(pointer).flatMap { report.node(at: $0) }?.spelling }
        #expect(at("/schema") == #""assay/1""#)
        #expect(at("/command") == #""run""#)
        #expect(at("/outcome") == #""failed""#)
        #expect(at("/exit") == "1")
        #expect(at("/seed") == #""tulip""#)
        #expect(at("/target") == #""mock""#)
        #expect(at("/versions") == #"["2026-01"]"#)
        #expect(
            at("/summary")
                == #"{"scenarios":1,"passed":0,"#
                + #""failed":1,"notRun":0,"skipped":0,"steps":4,"skippedSteps":1,"exchanges":2,"#
                + #""findings":{"error":3,"warning":3,"note":0}}"#)
        #expect(at("/scenarios/0/name") == #""send""#)
        #expect(at("/scenarios/0/file") == #""scenarios/a.csv""#)
        #expect(at("/scenarios/0/line") == "2")
        #expect(at("/scenarios/0/outcome") == #""failed""#)
        #expect(at("/scenarios/0/steps/1/operation") == #""fetchParcel""#)
        #expect(at("/scenarios/0/steps/1/attempts") == "1")
        #expect(at("/scenarios/0/steps/1/milliseconds") == "3.1")
        #expect(at("/scenarios/0/steps/2/outcome") == #""notRun""#)
        #expect(at("/scenarios/0/steps/2/reason") == #""it needs create.id, which was never received""#)
        #expect(at("/scenarios/0/steps/3/outcome") == #""skipped""#)
        let finding = "/scenarios/0/steps/1/findings/0"
        #expect(at(finding + "/rule") == #""body.type""#)
        #expect(at(finding + "/severity") == #""error""#)
        #expect(at(finding + "/at") == #""/items/0/weight""#)
        #expect(at(finding + "/response") == #"{"line":4,"column":15}"#)
        #expect(at(finding + "/contract") == #"{"file":"specs/parcels.yaml","line":93,"column":19}"#)
        #expect(at(finding + "/expected") == #""number""#)
        #expect(at(finding + "/actual") == #""\"2.5\"""#)
        #expect(at(finding + "/curl") == #""curl --include 'http://127.0.0.1:4010/v1/parcels/P-1'""#)
        #expect(at("/scenarios/0/steps/1/findings/1/differences/1") == #"{"at":"/note","expected":null}"#)
        #expect(at("/scenarios/0/steps/1/findings/2/at") == #""header.x-shade""#)
        #expect(at("/findings/0/step") == #""last""#)
        #expect(at("/coverage/responses") == #"{"documented":2,"exercised":1}"#)
        #expect(at("/coverage/headers") == #"{"documented":1,"exercised":0}"#)
        #expect(at("/coverage/byOperation/0/security") == #"{"Key + Pin":2}"#)
        #expect(
            at("/coverage/byOperation/0/responses/0")
                == #"{"status":"200","count":2,"shares":{"mediaTypes":{"documented":1,"exercised":1},"#
                + #""headers":{"documented":1,"exercised":0},"properties":{"documented":1,"exercised":1},"#
                + #""values":{"documented":1,"exercised":1}},"unexercised":{"headers":["X-Trace"]}}"#)
        #expect(at("/coverage/byOperation/0/responses/1") == #"{"status":"4XX","count":0}"#)
        #expect(
            at("/diagnostics/0")
                == #"{"severity":"warning","code":"table.note","message":"is odd","file":"scenarios/a.csv","line":2,"#
                + #""column":3,"pointer":"check","hint":"look again","#
                + #""related":[{"message":"first here","file":"scenarios/b.csv","line":1,"column":1}]}"#)
        #expect(at("/diagnostics/1") == #"{"severity":"note","code":"usage.odd","message":"is odd as well"}"#)
    }

    @Test("two renderings produce the same bytes, and so do runs on two ports")
    func stable() throws {
        #expect(Self.report(Samples.failing, exit: 1) == Self.report(Samples.failing, exit: 1))
        var other = Samples.failing
        other.run.baseURL = "http://127.0.0.1:40000/v1"
        for step in other.scenarios[0].steps.indices {
            for exchange in other.scenarios[0].steps[step].exchanges.indices {
                other.scenarios[0].steps[step].exchanges[exchange].request.url = "http://127.0.0.1:40000/v1/parcels/P-1"
            }
        }
        #expect(Self.report(other, exit: 1) == Self.report(Samples.failing, exit: 1))
        #expect(Self.report(Samples.failing, exit: 1).utf8.last == UInt8(ascii: "\n"))
    }

    @Test(
        "every exit code has its own word",
        arguments: [(0, "passed"), (1, "failed"), (2, "wrongInput"), (3, "notPossible"), (130, "interrupted")])
    func outcomes(exit: Int, word: String) {
        #expect(JSONEnvelope.outcome(exit: exit) == word)
    }

    @Test("a secret in a compared value is masked, and the report stays valid JSON")
    func secrets() throws {
        let redactor = Redactor(secrets: [("KEY", "say \"x\" 123456"), ("PIN", "778899")])
        let finding = Samples.finding(.sameAs, "differs") {
            $0.differences = [
                JSONDifference(pointer: .root, expected: ["a": "say \"x\" 123456"], actual: 778_899)
            ]
        }
        let verdict = Samples.verdict([
            Samples.scenario([Samples.step("fetch", line: 3, [Samples.exchange(2, "fetch", Samples.answer)], [finding])]
            )
        ])
        let report = VerdictJSON(redactor: redactor).render(verdict, exit: 1)
        #expect(!report.contains("123456") && !report.contains("778899"))
        let node = try JSONDocument(parsing: report).root.node(
            at: JSONPointer(["scenarios", "0", "steps", "0", "findings", "0", "differences", "0"]))
        #expect(node?.spelling == #"{"at":"","expected":{"a":"‹secret KEY›"},"actual":"‹secret PIN›"}"#)
    }
}
