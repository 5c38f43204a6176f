import Diagnostics
import Exchanges
import Foundation
import JSONDocument
import Primitives
import TestKit
import Testing

@testable import Conformance
@testable import Reporting

/// Properties of the reports of random runs: for programs, for people, for the history and the page.
@Suite("Reports of random runs")
struct RandomRunTests {
    private static let seeds = 0..<40
    private static let schema = Result { try PublishedSchema("report") }

    private static func json(_ report: RunReport) -> String {
        VerdictJSON(redactor: report.redactor).render(
            report.verdict, exit: report.verdict.fails() ? 1 : 0, diagnostics: [Diagnostic("a.b", .note, "odd")])
    }

    @Test("every JSON report has the documented shape")
    func shape() throws {
        let schema = try Self.schema.get()
        for seed in Self.seeds {
            let problems = try schema.problems(Self.json(RandomVerdict.report(seed: seed)))
            #expect(problems == [], "seed \(seed)")
        }
    }

    @Test("the figures of the JSON report are the sums of its parts")
    func sums() throws {
        for seed in Self.seeds {
            let root = try JSONDocument(parsing: Self.json(RandomVerdict.report(seed: seed))).root.value
            let steps = root["scenarios"]?.elements?.flatMap { $0["steps"]?.elements ?? [] } ?? []
            let findings =
                steps.flatMap { $0["findings"]?.elements ?? [] } + (root["findings"]?.elements ?? [])
            func figure(_ names: String...) -> Int? {
                names.reduce(root["summary"]) { $0?[$1] }?.number?.int
            }
            #expect(figure("steps") == steps.count)
            #expect(figure("skippedSteps") == steps.count { $0["outcome"]?.string == "skipped" })
            #expect(figure("exchanges") == steps.reduce(0) { $0 + ($1["attempts"]?.number?.int ?? 0) })
            for severity in ["error", "warning", "note"] {
                #expect(figure("findings", severity) == findings.count { $0["severity"]?.string == severity })
            }
            let scenarios = figure("scenarios")
            let parts = ["passed", "failed", "notRun", "skipped"].compactMap { figure($0) }
            #expect(parts.count == 4 && scenarios == parts.reduce(0, +))
            let groups = root["groups"]?.elements ?? []
            #expect(groups.reduce(0) { $0 + ($1["count"]?.number?.int ?? 0) } == findings.count)
            let numbers = groups.compactMap { $0["number"]?.number?.int }
            #expect(numbers == numbers.indices.map { $0 + 1 })
            #expect(numbers.count == groups.count { $0["severity"]?.string == "error" })
        }
    }

    @Test(
        "no line is wider than the terminal, except a curl line, which continues by itself",
        arguments: [40, 52, 80, 120, 200])
    func widths(width: Int) {
        for seed in Self.seeds {
            let report = RandomVerdict.report(seed: seed)
            let style = TextStyle(isColoured: false, width: width)
            let text = VerdictText(style: style, redactor: report.redactor, listsMissing: true)
                .render(report, folder: "reports/latest")
            // A curl line of at most two lines is wrapped, a longer one is a single line.
            for line in text.split(separator: "\n") where !line.hasPrefix("  curl ") && !line.hasPrefix("  printf ") {
                #expect(line.unicodeScalars.count <= width, "seed \(seed): \(line)")
            }
        }
    }

    @Test("colours change no character, and every colour ends on its line")
    func colours() {
        for seed in Self.seeds {
            let report = RandomVerdict.report(seed: seed)
            func render(_ isColoured: Bool) -> String {
                VerdictText(style: TextStyle(isColoured: isColoured, width: 80), redactor: report.redactor)
                    .render(report, folder: "reports/latest")
            }
            let coloured = render(true)
            #expect(coloured.replacing(/\u{1B}\[[0-9]+m/, with: "") == render(false), "seed \(seed)")
            for line in coloured.split(separator: "\n") {
                let codes = line.matches(of: /\u{1B}\[([0-9]+)m/).map { String($0.output.1) }
                #expect(codes.count.isMultiple(of: 2))
                #expect(codes.enumerated().allSatisfy { ($0.offset % 2 == 1) == ($0.element == "0") }, "\(line)")
            }
        }
    }

    @Test("no report shows a secret or a character that moves the cursor")
    func secrets() {
        for seed in Self.seeds {
            let report = RandomVerdict.report(seed: seed)
            let scenarios = ScenarioText(redactor: report.redactor)
            let shown = ShownSteps(
                journal: "j", run: report.verdict.run,
                steps: report.verdict.scenarios.flatMap { scenario in
                    scenario.steps.map {
                        ShownSteps.Step(
                            scenario: scenario.name, name: $0.name, exchanges: $0.exchanges, reason: $0.reason)
                    }
                })
            let texts =
                CIReportTests.formats(report) + [
                    ("json", Self.json(report)), ("page", VerdictPage(report).render()),
                    (
                        "scenario",
                        report.verdict.scenarios.map { scenarios.report($0, report.verdict.run) }.joined()
                    ),
                    ("show", ShownStepsText(style: .plain, redactor: report.redactor).render(shown)),
                    (
                        "index",
                        LatestIndex(redactor: report.redactor).render(
                            report, LatestReport.allCases, journal: "j.ndjson")
                    ),
                ]
            for (name, text) in texts {
                #expect(!text.contains(RandomVerdict.secret), "\(name) of seed \(seed)")
                guard name != "json", name != "page" else { continue }
                #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.isVisible }, "\(name) of seed \(seed)")
                let lines = text.split(separator: "\n").map { $0.drop { $0 == " " } }
                #expect(name == "github" || !lines.contains { $0.hasPrefix("::") }, "\(name) of seed \(seed)")
            }
        }
    }

    // MARK: History

    @Test("the history reads the entry of a run as it was written")
    func history() {
        for seed in Self.seeds {
            let report = RandomVerdict.report(seed: seed)
            let entry = HistoryEntry(
                report.verdict, exit: 1, elapsed: report.elapsed, redactor: report.redactor)
            let line = HistoryLine.text(entry)
            #expect(HistoryLine.entry(line.utf8.dropLast()) == entry, "seed \(seed)")
            #expect(!line.contains(RandomVerdict.secret) && line.utf8.count { $0 == 0x0A } == 1)
            #expect(entry.failed == report.summary.failed && entry.passed == report.summary.passed)
            #expect(entry.causes == report.failures.count)
        }
    }

    /// A report whose scenarios and steps have the same names under every seed.
    private static func compared(_ seed: Int) throws -> ComparedReport {
        var maker = RandomVerdict(seed: seed)
        var verdict = maker.verdict()
        for scenario in verdict.scenarios.indices {
            verdict.scenarios[scenario].name = "scenario \(scenario)"
            for step in verdict.scenarios[scenario].steps.indices {
                verdict.scenarios[scenario].steps[step].planned.name = "step \(step)"
            }
        }
        let text = json(RunReport(verdict, redactor: RandomVerdict.redactor))
        return try #require(ComparedReport(path: "\(seed).json", try JSONDocument(parsing: text).root.value))
    }

    @Test("a report does not differ from itself")
    func same() throws {
        for seed in Self.seeds.prefix(20) {
            let report = try Self.compared(seed)
            let comparison = RunComparison(report, report)
            #expect(!comparison.isWorse && comparison.added.isEmpty && comparison.newlyFixed.isEmpty)
            #expect(comparison.goneCauses.isEmpty)
            #expect(comparison.stillFailing.count == report.steps.count { $0.outcome == "failed" })
        }
    }

    @Test("two reports compared in the other order have the opposite differences")
    func opposite() throws {
        for seed in Self.seeds.dropLast() {
            let (one, other) = (try Self.compared(seed), try Self.compared(seed + 1))
            let (there, back) = (RunComparison(one, other), RunComparison(other, one))
            #expect(there.newCauses == back.goneCauses && there.goneCauses == back.newCauses)
            #expect(Set(there.lost.map(\.name)) == Set(back.added.map(\.name)), "seed \(seed)")
            #expect(Set(there.stillFailing.map(\.name)) == Set(back.stillFailing.map(\.name)))
            // A fixed step is judged in both reports, so it fails newly in the other order.
            #expect(Set(there.newlyFixed.map(\.name)).isSubset(of: back.newlyFailing.map(\.name)))
        }
    }

    // MARK: Page

    @Test("the page has every finding in its group, and the messages of the first cases")
    func page() throws {
        for seed in Self.seeds {
            let report = RandomVerdict.report(seed: seed)
            let data = try PageReader(page: VerdictPage(report).render()).data().value
            let groups = data["groups"]?.elements ?? []
            #expect(groups.count == report.groups.count)
            let shownScenarios = try #require(data["scenarios"]?.elements)
            #expect(shownScenarios.count == report.verdict.scenarios.count)
            for (scenario, shown) in zip(report.verdict.scenarios, shownScenarios) {
                let steps = try #require(shown["steps"]?.elements)
                #expect(steps.count == scenario.steps.count)
                for (step, shown) in zip(scenario.steps, steps) { try Self.expect(shown, shows: step, groups) }
            }
            let members = groups.reduce(0) { $0 + ($1["count"]?.number?.int ?? 0) }
            #expect(members == report.verdict.allFindings.count)
        }
    }

    /// What a finding of a step does not have of its own is that of its group.
    private static func expect(_ shown: JSONValue, shows step: StepVerdict, _ groups: [JSONValue]) throws {
        #expect(shown["outcome"]?.string == step.outcome.rawValue)
        let findings = shown["findings"]?.elements ?? []
        #expect(findings.count == step.findings.count)
        for (finding, own) in zip(step.findings, findings) {
            let group = groups[try #require(own["group"]?.number?.int)]
            #expect((own["rule"] ?? group["rule"])?.string == finding.rule)
            #expect(((own["at"] ?? group["at"])?.string == nil) == (finding.response == nil))
            #expect(((own["expected"] ?? group["expected"])?.string == nil) == (finding.expected == nil))
            #expect(group["severity"]?.string == finding.severity.rawValue)
        }
    }
}
