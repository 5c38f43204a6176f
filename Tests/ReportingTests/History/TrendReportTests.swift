import JSONDocument
import Primitives
import TestKit
import Testing

@testable import Conformance
@testable import Reporting

/// Trends of long and mixed histories, and the bounds of their reports.
@Suite("Reports of trends")
struct TrendReportTests {
    /// A random history: letters of results for each run, some of another target, some written twice.
    private static func history(_ seed: Int) -> [HistoryEntry] {
        var random = SplitMix(seed: seed)
        var entries: [HistoryEntry] = []
        for hour in 0..<(3 + random.number(below: 40)) {
            let results = String((0..<6).map { _ in random.pick(Array("ppppfrs-")) })
            let target = random.once(in: 5) ? "other" : "mock"
            entries.append(HistorySamples.entry(hour, results, target: target, tenths: random.number(below: 4_000)))
            if random.once(in: 6) { entries.append(HistorySamples.entry(hour, results, target: target, seed: "again")) }
        }
        return entries
    }

    @Test("a trend does not depend on the order of the lines of a history")
    func order() throws {
        for seed in 0..<40 {
            var random = SplitMix(seed: 1_000 + seed)
            let entries = Self.history(seed)
            let trend = try #require(RunTrend(entries))
            #expect(RunTrend(entries.shuffled(using: &random)) == trend)
            #expect(RunTrend(entries + entries) == trend)
            #expect(trend.runs.count <= RunTrend.window && Set(trend.runs.map(\.target)).count == 1)
        }
    }

    @Test("every step of a list was judged in the last run, with the result that the list says")
    func lists() throws {
        for seed in 0..<40 {
            let trend = try #require(RunTrend(Self.history(seed)))
            let last = try #require(trend.runs.last?.scenarios.first?.steps)
            func outcome(_ name: RunTrend.StepName) -> Outcome? { last.first { $0.name == name.step }?.outcome }
            #expect(trend.newlyFailing.allSatisfy { outcome($0) == .failed })
            #expect(trend.newlyFixed.allSatisfy { outcome($0) == .passed })
            #expect(trend.slower.allSatisfy { outcome($0.name) == .passed && $0.tenths > 2 * $0.usual })
            #expect(trend.flaky.allSatisfy { (1...$0.runs).contains($0.unsteady) && $0.runs <= trend.runs.count })
            #expect(Set(trend.newlyFailing).isDisjoint(with: trend.newlyFixed))
        }
    }

    @Test("the trend of a history with one more passing run has no newly failing step")
    func passing() throws {
        for seed in 0..<20 {
            let entries = Self.history(seed) + [HistorySamples.entry(900, "pppppp")]
            let trend = try #require(RunTrend(entries))
            #expect(trend.newlyFailing.isEmpty)
            let before = trend.runs.dropLast().last {
                $0.scenarios[0].steps.contains { $0.name == "step0" && $0.outcome != .skipped }
            }
            let wasFailing = before?.scenarios[0].steps.first { $0.name == "step0" }?.outcome == .failed
            #expect(trend.newlyFixed.contains { $0.step == "step0" } == wasFailing)
        }
    }

    @Test("JSON has the documented shape for every history")
    func shape() throws {
        let schema = try PublishedSchema("history")
        for seed in 0..<15 {
            let report = RunTrendJSON.render(RunTrend(Self.history(seed)))
            #expect(try schema.problems(report) == [], "seed \(seed)")
        }
        #expect(try schema.problems(RunTrendJSON.render(nil)) == [])
    }

    private static let text = RunTrendText(style: .plain)

    @Test(
        "text: the last fifteen runs are listed, and the earlier ones counted", arguments: [(15, 0), (16, 1), (30, 15)])
    func runs(count: Int, earlier: Int) throws {
        let trend = try HistorySamples.trend(Array(repeating: "p", count: count))
        let lines = Self.text.render(trend).split(separator: "\n")
        #expect(lines.count { $0.contains("✓") } == min(count, 15))
        #expect(lines[0] == "\(count) runs against mock")
        let words = earlier == 1 ? "1 earlier run" : "\(earlier) earlier runs"
        #expect(lines.contains("  … \(words)") == (earlier > 0))
    }

    @Test("text: twenty steps of a list are named, and the others counted", arguments: [20, 21, 45])
    func steps(count: Int) throws {
        let trend = try HistorySamples.trend(
            [String(repeating: "p", count: count), String(repeating: "f", count: count)])
        let text = Self.text.render(trend)
        #expect(text.contains("\nnewly failing (\(count))\n"))
        #expect(text.ranges(of: "  send › step").count == min(count, 20))
        #expect(text.contains("  … and \(count - 20) more\n") == (count > 20))
    }

    @Test("text: a run alone has no comparison, and equal runs say so")
    func same() throws {
        #expect(!Self.text.render(try HistorySamples.trend(["p"])).contains("no step"))
        #expect(
            Self.text.render(try HistorySamples.trend(["p", "p"])).hasSuffix(
                "no step changed its result in the last run\n"))
    }

    @Test("text: a slower step has both times, and a run without a judged scenario a sign of its own")
    func slower() throws {
        let times = [1_000, 1_000, 1_000, 1_000, 1_000, 2_500]
        let entries = times.enumerated().map { HistorySamples.entry($0.offset, "p", tenths: $0.element) }
        let text = Self.text.render(try #require(RunTrend(entries)))
        #expect(text.contains("\nslower than before (1)\n  send › step0  250 ms, usually 100 ms\n"))
        #expect(Self.text.render(try HistorySamples.trend(["s"])).contains("  •  0 failed  0 passed"))
    }

    // MARK: Comparisons

    private static func report(_ outcomes: [String], path: String) -> ComparedReport {
        ComparedReport(
            path: path, startedAt: "2026-01-01T00:00:00Z", target: "mock",
            steps: outcomes.enumerated().map {
                .init(name: .init(scenario: "send", step: "s\($0.offset)"), outcome: $0.element, errors: [])
            }, causes: [])
    }

    @Test("text: thirty entries of a list of differences, also first judged steps and equal reports")
    func comparison() {
        func text(_ before: [String], _ after: [String]) -> String {
            RunComparisonText(style: .plain).render(
                RunComparison(Self.report(before, path: "a.json"), Self.report(after, path: "b.json")))
        }
        let many = text(Array(repeating: "passed", count: 35), Array(repeating: "failed", count: 35))
        #expect(many.contains("newly failing (35)\n") && many.contains("  … and 5 more\n"))
        #expect(text(["passed"], ["passed"]).hasSuffix("the results are the same\n"))
        #expect(text([], ["passed", "passed"]).hasSuffix("\n2 steps judged for the first time\n"))
        #expect(text(["failed"], ["failed"]).contains("\nstill failing (1)\n  send › s0\n"))
    }

    @Test("a report is compared only if it has every member that comparisons need")
    func incomplete() throws {
        let whole =
            #"{"schema":"assay/1","scenarios":[{"name":"a","steps":[{"name":"s","outcome":"passed"}]}],"groups":[]}"#
        func read(_ text: String) throws -> ComparedReport? {
            ComparedReport(path: "x", try JSONDocument(parsing: text).root.value)
        }
        let report = try read(whole)
        #expect(report?.steps.map(\.outcome) == ["passed"] && report?.startedAt == "" && report?.target == "")
        for part in [
            "assay/1", "\"scenarios\"", "\"groups\"", "\"steps\"", "\"outcome\"", "\"name\":\"a\"", "\"name\":\"s\"",
        ] {
            let damaged = whole.replacing(
                part, with: part.hasPrefix("\"") ? "\"x\"" + (part.contains(":") ? ":1" : "") : "assay/2")
            #expect(try read(damaged) == nil, "\(damaged)")
        }
    }
}
