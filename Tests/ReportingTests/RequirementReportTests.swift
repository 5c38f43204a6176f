import Diagnostics
import Exchanges
import Foundation
import JSONDocument
import Testing

@testable import Conformance
@testable import Reporting

/// Requirements in each kind of report.
@Suite("Requirements in reports") struct RequirementReportTests {
    private static func verdict(_ states: [RequirementVerdict.State], failing: Bool = false) -> Verdict {
        var verdict = failing ? Samples.failing : Samples.passing
        verdict.requirements = states.enumerated().map { index, state in
            let row = RequirementVerdict.Row(
                scenario: "send", step: "fetch", outcome: state == .failed ? .failed : .passed,
                location: SourceLocation(file: "scenarios/a.csv", line: 3, column: 1))
            return RequirementVerdict(
                id: "R-\(index)", title: "A <b>title</b> | with *marks*",
                link: index == 0 ? "https://example.com/a(1)|b" : nil, isMandatory: index != 1, state,
                rows: state == .shown || state == .failed ? [row] : [])
        }
        return verdict
    }

    private static func line(_ verdict: Verdict) -> String? {
        VerdictText(style: .plain, redactor: .none).render(RunReport(verdict, redactor: .none))
            .split(separator: "\n").map { String($0) }.first { $0.hasPrefix("  refs") }
    }

    @Test("the text report has one line, and in a failing report only if a requirement failed")
    func text() {
        let states: [RequirementVerdict.State] = [.shown, .shown, .notExercised, .notApplicable, .notSelected]
        #expect(
            Self.line(Self.verdict(states))
                == "  refs      1 not exercised, 2 shown, 1 not applicable, 1 not selected")
        #expect(Self.line(Self.verdict([])) == nil)
        #expect(Self.line(Self.verdict(states, failing: true)) == nil)
        #expect(
            Self.line(Self.verdict([.failed, .shown, .failed], failing: true))
                == "  refs      2 failed (R-0, R-2), 1 shown")
        #expect(
            Self.line(Self.verdict([.failed, .failed, .failed, .failed], failing: true))
                == "  refs      4 failed (R-0, R-1, R-2, …)")
    }

    @Test("the JSON report lists each requirement with its rows, in the documented shape")
    func json() throws {
        let text = VerdictJSON(redactor: .none).render(Self.verdict([.shown, .notExercised]), exit: 0)
        let all = try #require(JSONDocument(parsing: text).root["requirements"]).elements.map { $0 }
        #expect(all.map { $0["result"]?.string } == ["shown", "notExercised"])
        #expect(all.map { $0["level"]?.string } == ["mandatory", "conditional"])
        #expect(all[0]["rows"]?[0]?["line"]?.number?.int == 3 && all[1]["rows"]?.count == 0)
        #expect(try VerdictJSONTests.problems(text) == [])
        let without = VerdictJSON(redactor: .none).render(Samples.passing, exit: 0)
        #expect(try JSONDocument(parsing: without).root["requirements"] == nil)
    }

    @Test("Markdown lists those that need attention first, and escapes texts and links")
    func markdown() {
        let text = VerdictMarkdown(RunReport(Self.verdict([.shown, .failed]), redactor: .none)).render()
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `R-") || $0.hasPrefix("| [`R-") }
        #expect(text.contains("### Requirements: 1 failed, 1 shown"))
        #expect(rows.first?.hasPrefix("| `R-1` | failed | conditional | 1 |") == true)
        #expect(rows.last?.hasPrefix("| [`R-0`](https://example.com/a%281%29%7Cb) | shown | mandatory | 1 |") == true)
        #expect(rows.allSatisfy { $0.hasSuffix(#"A &lt;b&gt;title&lt;/b&gt; \| with \*marks\* |"#) })
        #expect(!VerdictMarkdown(RunReport(Samples.passing, redactor: .none)).render().contains("Requirements"))
    }

    @Test("the page has a section with every requirement")
    func page() throws {
        let page = PageReader(
            page: VerdictPage(RunReport(Self.verdict([.shown, .failed]), redactor: .none), trend: nil).render())
        let all = try #require(page.data()["requirements"]).elements.map { $0 }
        #expect(all.map { $0["words"]?.string } == ["shown", "failed"])
        #expect(all[1]["rows"]?[0]?[1]?.string == "failed")
        #expect(try page.script().contains("requirementSection()"))
        #expect(!page.page.contains("<b>title"))
    }
}
