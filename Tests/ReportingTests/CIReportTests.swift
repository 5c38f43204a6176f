import Diagnostics
import Exchanges
import Foundation
import JSONDocument
import Primitives
import Testing

@testable import Conformance
@testable import Reporting

/// Reports in the formats of CI servers.
@Suite("Reports for CI")
struct CIReportTests {
    private static func junit(_ verdict: Verdict, _ redactor: Redactor = .none) -> String {
        JUnitReport(report(verdict, redactor)).render()
    }

    private static func report(_ verdict: Verdict, _ redactor: Redactor = .none) -> RunReport {
        RunReport(verdict, elapsed: .milliseconds(1_234), redactor: redactor)
    }

    private static func github(_ verdict: Verdict) -> String { GitHubAnnotations(report(verdict)).render() }

    private static func markdown(_ verdict: Verdict) -> String { VerdictMarkdown(report(verdict)).render() }

    /// Every format that writes the results of a run, by its name.
    static func formats(_ report: RunReport) -> [(name: String, text: String)] {
        [
            ("junit", JUnitReport(report).render()), ("github", GitHubAnnotations(report).render()),
            ("markdown", VerdictMarkdown(report).render()), ("gitlab", GitLabReport(report).render()),
            ("sarif", SARIFReport(report, version: "1.2.3").render()), ("tap", TAPReport(report).render()),
            ("ctrf", CTRFReport(report, version: "1.2.3").render()),
            ("text", VerdictText(style: TextStyle(isColoured: false), redactor: report.redactor).render(report)),
        ]
    }

    @Test("JUnit: steps are test cases, with properties for rule and place")
    func junit() {
        let text = Self.junit(Samples.failing)
        #expect(
            text.hasPrefix(
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites name="assay mock" tests="5" failures="2" errors="0" skipped="2" time="1.234">
                  <testsuite name="send" tests="4" failures="1" errors="0" skipped="2" time="0.006" \
                timestamp="2026-01-01T00:00:00" file="scenarios/a.csv">
                    <testcase name="create" classname="send" file="scenarios/a.csv" line="2" time="0.003"/>
                    <testcase name="fetch" classname="send" file="scenarios/a.csv" line="3" time="0.003">
                      <properties>
                        <property name="rule" value="body.type"/>
                        <property name="place" value="/items/0/weight"/>
                        <property name="explain" value="assay explain body.type"/>
                        <property name="rule" value="same-as"/>
                        <property name="place" value="/state"/>
                        <property name="explain" value="assay explain same-as"/>
                      </properties>
                      <failure message="is a string, but the schema allows only number" type="body.type">\
                  body.type  is a string, but the schema allows only number
                    place     /items/0/weight  line 4, column 15

                """))
        #expect(
            text.contains(
                """
                    <testcase name="last" classname="send" file="scenarios/a.csv" line="4" time="0.000">
                      <skipped message="it needs create.id, which was never received"/>
                    </testcase>
                """))
        #expect(text.contains("<testcase name=\"send › last\" classname=\"run\""))
        #expect(text.contains("curl --include 'http://127.0.0.1:4010/v1/parcels/P-1'</system-out>"))
    }

    @Test("JUnit: a step without a response is an error and not a failure")
    func transport() {
        let finding = Samples.finding(.transport, id: "transport.reset", "the connection was reset") {
            $0.blame = .transport
        }
        let exchange = Samples.exchange(2, "fetch", .failure(TransportFailure(.reset, "the connection was reset")))
        let verdict = Samples.verdict([Samples.scenario([Samples.step("fetch", line: 3, [exchange], [finding])])])
        #expect(Self.junit(verdict).contains("tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\""))
        #expect(Self.junit(verdict).contains("<error message=\"the connection was reset\" type=\"transport.reset\">"))
    }

    @Test("GitHub: one annotation for each group, on the row of its first step")
    func github() {
        #expect(
            Self.github(Samples.failing).split(separator: "\n").map { $0.prefix(100) } == [
                "::error file=scenarios/a.csv,line=3,col=1,title=body.type fetchParcel /items/0/weight::send › fetch%",
                "::error file=scenarios/a.csv,line=3,col=40,title=same-as fetchParcel /state::send › fetch%0Asame-as ",
                "::error file=scenarios/a.csv,line=3,col=1,title=value.missing fetchParcel::value.missing  step 'last",
                "::warning file=scenarios/a.csv,line=3,col=1,title=header.undeclared fetchParcel header x-shade::send",
                "::warning file=scenarios/laws.csv,line=2,col=1,title=law.never-applied ::law.never-applied  the law ",
                "::notice file=specs/parcels.yaml,line=93,col=19,title=body.type fetchParcel /items/0/weight::violate",
            ])
        #expect(Self.github(Samples.passing) == "")
    }

    @Test("GitHub: a notice on each violated line of a contract, at most ten")
    func githubContract() {
        func notices(_ lines: [Int]) -> [String] {
            let steps = lines.enumerated().map { index, line in
                Samples.step(
                    "step\(index)", line: index + 2, [],
                    [
                        Samples.finding(.bodyKeyword, id: "body.type", "is a string") {
                            $0.step = "step\(index)"
                            $0.response = .body(JSONPointer(["m\(index)"]), nil)
                            $0.contractLocation = SourceLocation(file: "specs/a.yaml", line: line, column: 7)
                        }
                    ])
            }
            return Self.github(Samples.verdict([Samples.scenario(steps)])).split(separator: "\n").map(String.init)
                .filter { $0.hasPrefix("::notice") }
        }
        #expect(
            notices([5, 9, 5]) == [
                "::notice file=specs/a.yaml,line=5,col=7,title=body.type fetchParcel /m0::"
                    + "violated by send › step0 (scenarios/a.csv:3)",
                "::notice file=specs/a.yaml,line=9,col=7,title=body.type fetchParcel /m1::"
                    + "violated by send › step1 (scenarios/a.csv:3)",
            ])
        #expect(notices(Array(1...20)).count == 10)
    }

    @Test("Markdown: the figures, a table of failures, and the first case of each")
    func markdown() {
        let text = Self.markdown(Samples.failing)
        #expect(
            text.hasPrefix(
                """
                ## ❌ 3 failures

                1 scenario: 0 passed, 1 failed, 0 skipped · 4 steps, 2 exchanges in 1.2 s · target `mock` · seed `tulip`

                | # | rule | operation | place | steps | row |
                | --: | --- | --- | --- | --: | --- |
                | 1 | `body.type` | `fetchParcel` | `/items/0/weight` | 1 | `scenarios/a.csv:3` |
                | 2 | `same-as` | `fetchParcel` | `/state` | 1 | `scenarios/a.csv:3` |
                | 3 | `value.missing` | `fetchParcel` |  | 0 | `scenarios/a.csv:3` |

                ### 1. `body.type` is a string, but the schema allows only number

                in `send › fetch`

                ```text
                place     /items/0/weight  line 4, column 15

                """))
        #expect(Self.markdown(Samples.passing).hasPrefix("## ✅ no failures\n\n1 scenario: 1 passed, 0 failed"))
    }

    /// Texts that mean something in one of the formats.
    private static let hostile = "x\n::error::own\r\n%0A<b>&\"'```\n]]>\u{0}\u{1B}[2J\u{FFFE}\u{202E} | [a](b) <!-- -->"

    private static let hostileVerdict: Verdict = {
        let finding = Samples.finding(.check, hostile) {
            $0.response = .header(hostile)
            $0.expected = hostile
            $0.actual = hostile
            $0.details = [hostile]
        }
        var exchange = Samples.exchange(
            2, "fetch",
            .response(
                ResponseMessage(
                    status: 200, headers: [HeaderField(name: "x-request-id", value: hostile)], body: Array(hostile.utf8)
                )))
        exchange.request.url = "http://a/\(hostile)"
        var step = Samples.step("fetch", line: 3, note: hostile, [exchange], [finding])
        step.planned.name = hostile
        var scenario = Samples.scenario([step])
        scenario.name = hostile
        return Samples.verdict([scenario])
    }()

    @Test("hostile text is neutralised in every format")
    func hostile() throws {
        let github = Self.github(Self.hostileVerdict)
        #expect(github.utf8.count { $0 == 0x0A } == 1, "\(github)")
        #expect(
            github.hasPrefix("::error file=scenarios/a.csv,line=3,col=1,title=check fetchParcel header x\\n%3A%3Aerror")
        )
        let junit = Self.junit(Self.hostileVerdict)
        #expect(junit.unicodeScalars.allSatisfy { $0 == "\n" || $0.isVisible })
        #expect(!junit.contains("<b>") && !junit.contains("]]>"))
        let markdown = Self.markdown(Self.hostileVerdict)
        #expect(!markdown.contains("\n::") && !markdown.contains("\u{1B}") && !markdown.contains("\u{202E}"))
        let outsideOfBlocks = markdown.components(separatedBy: "````").enumerated().filter { $0.offset % 2 == 0 }
        #expect(outsideOfBlocks.allSatisfy { !$0.element.contains("<b>") && !$0.element.contains("<!--") })
        for (name, text) in Self.formats(Self.report(Self.hostileVerdict)) {
            #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.isVisible }, "\(name)")
            let lines = text.split(separator: "\n").map { $0.drop { $0 == " " } }
            #expect(name == "github" || !lines.contains { $0.hasPrefix("::") }, "\(name)")
        }
    }

    @Test("secrets are masked in every format")
    func secrets() {
        let redactor = Redactor(secrets: [("KEY", "swordfish-42")])
        let finding = Samples.finding(.check, "it is swordfish-42") { $0.actual = "swordfish-42" }
        let exchange = Samples.exchange(
            2, "fetch", .response(ResponseMessage(status: 200, body: Array(#"{"k":"swordfish-42"}"#.utf8))),
            headers: [HeaderField(name: "x-key", value: "swordfish-42")])
        let verdict = Samples.verdict([Samples.scenario([Samples.step("fetch", line: 3, [exchange], [finding])])])
        for (name, text) in Self.formats(Self.report(verdict, redactor)) {
            #expect(!text.contains("swordfish") && text.contains("‹secret KEY›"), "\(name)")
        }
    }

    @Test("two renderings of a run are the same bytes in every format")
    func sameBytes() {
        let first = Self.formats(Self.report(Samples.failing))
        let second = Self.formats(Self.report(Samples.failing))
        for (one, other) in zip(first, second) { #expect(one.text == other.text && !one.text.isEmpty) }
    }

    @Test("every format names the command that explains the rule of a failure")
    func explained() {
        for (name, text) in Self.formats(Self.report(Samples.failing)) {
            #expect(text.contains("assay explain body.type"), "\(name)")
        }
    }

    @Test("a command that failed writes its mistakes in every format")
    func failures() {
        let page = FailurePage(
            command: "run",
            Diagnostics([
                Diagnostic(
                    "table.x", .error, "the cell is <wrong>", at: SourceLocation(file: "a.csv", line: 2, column: 3),
                    help: "change it")
            ]))
        #expect(page.github == "::error file=a.csv,line=2,col=3,title=table.x::the cell is <wrong>%0Ahelp: change it\n")
        #expect(page.junit.contains("tests=\"1\" failures=\"0\" errors=\"1\""))
        #expect(page.junit.contains("<error message=\"a.csv:2:3: the cell is &lt;wrong&gt;\""))
    }
}
