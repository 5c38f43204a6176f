import Diagnostics
import Exchanges
import JSONDocument
import Testing

@testable import Conformance
@testable import Reporting

/// The bounds of formats: a run with thousands of failures stays readable, and every cut is named or counted.
@Suite("Bounds of formats")
struct FormatLimitTests {
    /// Steps with one failure each: all of one cause, or each of its own.
    private static func report(
        _ count: Int, ofOneCause: Bool, severity: Severity = .error, body: [UInt8] = []
    ) -> RunReport {
        let steps = (0..<count).map { index in
            let finding = Samples.finding(.bodyKeyword, id: "body.type", "is a string") {
                $0.severity = severity
                $0.step = "s\(index)"
                $0.exchange = index
                $0.response = .body(JSONPointer([ofOneCause ? "a" : "m\(index)x"]), nil)
            }
            let exchange = Samples.exchange(index, "s\(index)", .response(ResponseMessage(status: 200, body: body)))
            return Samples.step("s\(index)", line: index + 2, [exchange], [finding])
        }
        return RunReport(Samples.verdict([Samples.scenario(steps)]), redactor: .none)
    }

    @Test(
        "SARIF: a hundred rows of a group are listed, and all of its findings are counted",
        arguments: [100, 101, 102, 500])
    func sarif(count: Int) throws {
        let text = SARIFReport(Self.report(count, ofOneCause: true), version: "1.0.0").render()
        let result = try JSONDocument(parsing: text).root.value["runs"]?[0]?["results"]?[0]
        #expect(result?["occurrenceCount"]?.number?.int == count)
        #expect(result?["relatedLocations"]?.elements?.count == min(count - 1, 100))
    }

    @Test(
        "Markdown: a hundred failures in the table, twenty in full, and the number of the others",
        arguments: [20, 21, 100, 101, 250])
    func markdown(count: Int) throws {
        let text = VerdictMarkdown(Self.report(count, ofOneCause: false)).render()
        let lines = try #require(MarkdownReader.lines(text)).filter { !$0.isCode }.map(\.text)
        #expect(lines.count { $0.hasPrefix("| ") && $0.contains("`body.type`") } == min(count, 100))
        #expect(lines.count { $0.hasPrefix("### ") } == min(count, 20))
        let more = count - 100
        #expect(lines.contains("\(more) more failure\(more == 1 ? "" : "s") in the JSON report") == (more > 0))
        #expect(lines.first == "## ❌ \(count) failures")
    }

    @Test(
        "Markdown: four steps of a failure are named", arguments: [(4, ""), (5, " and 1 more"), (90, " and 86 more")])
    func markdownSteps(count: Int, more: String) {
        let text = VerdictMarkdown(Self.report(count, ofOneCause: true)).render()
        #expect(text.contains("\nin `send › s0`, `send › s1`, `send › s2`, `send › s3`\(more)\n"))
    }

    @Test(
        "Markdown: warnings and notes are counted",
        arguments: [(Severity.warning, "1 warning in the JSON report"), (.note, "1 note in the JSON report")])
    func markdownRest(severity: Severity, line: String) {
        let text = VerdictMarkdown(Self.report(1, ofOneCause: true, severity: severity)).render()
        #expect(text.hasSuffix("\n\(line)\n") && text.hasPrefix("## ✅ no failures"))
    }

    @Test("GitHub: every failure has an error, and ten warnings are listed", arguments: [9, 10, 11, 40])
    func github(count: Int) {
        func lines(_ severity: Severity) -> Int {
            GitHubAnnotations(Self.report(count, ofOneCause: false, severity: severity)).render().split(separator: "\n")
                .count
        }
        #expect(lines(.error) == count && lines(.warning) == min(count, 10) && lines(.note) == 0)
    }

    @Test("JUnit and CTRF: the output of a step has at most 16,000 characters", arguments: [10_000, 40_000])
    func outputs(size: Int) throws {
        let report = Self.report(1, ofOneCause: true, body: Array(repeating: UInt8(ascii: "x"), count: size))
        let output = try XMLReader.read(JUnitReport(report).render()).all.first { $0.name == "system-out" }?.text ?? ""
        let text = CTRFReport(report, version: "1.0.0").render()
        let trace = try JSONDocument(parsing: text).root.value["results"]?["tests"]?[0]?["trace"]?.string ?? ""
        for shown in [output, trace] {
            #expect((shown.unicodeScalars.count == 16_000) == (size > 16_000))
            #expect(shown.hasSuffix("…") == (size > 16_000) && shown.contains("xxxxxxxxx"))
        }
    }

    @Test("TAP: forty lines of details")
    func tap() throws {
        let finding = Samples.finding(.check, "x") { $0.details = (0..<6).map { "detail \($0)" } }
        let step = Samples.step(
            "s", line: 2, [Samples.exchange(2, "s", Samples.answer)], Array(repeating: finding, count: 30))
        let text = TAPReport(RunReport(Samples.verdict([Samples.scenario([step])]), redactor: .none)).render()
        #expect(text.split(separator: "\n").count { $0.hasPrefix("        - ") } == 40)
        #expect(try TAPReader.read(text).first?.subtest?.first?.block != nil)
    }

    @Test("text: five reasons of steps that were not run, three names of each, and the number of the others")
    func notRun() {
        let steps = (0..<7).flatMap { reason in
            (0..<(reason == 0 ? 9 : 1)).map { index in
                Samples.step("s\(reason)-\(index)", line: 2, reason: .unbuildable("reason \(reason)"))
            }
        }
        let report = RunReport(Samples.verdict([Samples.scenario(steps)]), redactor: .none)
        let lines = VerdictText(style: .plain, redactor: .none).render(report).split(separator: "\n").map { String($0) }
        #expect(
            lines.prefix(7) == [
                "• 9 steps skipped: reason 0", "    send › s0-0, send › s0-1, send › s0-2 and 6 more",
                "• send › s1-0  skipped: reason 1", "• send › s2-0  skipped: reason 2",
                "• send › s3-0  skipped: reason 3",
                "• send › s4-0  skipped: reason 4", "• 2 more steps skipped",
            ])
    }

    @Test("text: steps of an ill target were sent, and are named as not judged")
    func unjudged() {
        let step = Samples.step(
            "a", line: 2, reason: .unjudged("the target was ill"), [Samples.exchange(1, "a", Samples.answer)])
        let report = RunReport(Samples.verdict([Samples.scenario([step])]), redactor: .none)
        let text = VerdictText(style: .plain, redactor: .none).render(report)
        #expect(text.hasPrefix("• send › a  not judged: the target was ill\n"))
    }
}
