import Exchanges
import JSONDocument
import Primitives
import TestKit
import Testing

@testable import Conformance
@testable import Reporting

/// Runs as the history stores them, written as one letter for each step: `p` passed, `f` failed, `r` passed after a
/// retry, `s` skipped, `-` not selected.
enum HistorySamples {
    static func entry(
        _ hour: Int, _ results: String, target: String = "mock", seed: String = "s", tenths: Int = 100
    ) -> HistoryEntry {
        let steps = results.enumerated().compactMap { index, letter -> HistoryEntry.Step? in
            guard letter != "-" else { return nil }
            let outcome: Outcome = letter == "f" ? .failed : letter == "s" ? .skipped : .passed
            return HistoryEntry.Step(
                name: "step\(index)", outcome: outcome, isFlaky: letter == "r", tenths: letter == "s" ? nil : tenths)
        }
        return HistoryEntry(
            startedAt: Instant(microsecondsSinceEpoch: 1_767_225_600_000_000 + Int64(hour) * 3_600_000_000), seed: seed,
            target: target, versions: ["2026-01"], exit: results.contains("f") ? 1 : 0, milliseconds: 1_500,
            causes: results.contains("f") ? 1 : 0, scenarios: [HistoryEntry.Scenario(name: "send", steps: steps)])
    }

    static func trend(_ runs: [String]) throws -> RunTrend {
        try #require(RunTrend(runs.enumerated().map { entry($0.offset, $0.element) }))
    }
}

@Suite("The trend of runs")
struct RunTrendTests {
    @Test(
        "a step is compared with the last run that judged it",
        arguments: [
            (["p", "f"], ["step0"], []), (["f", "p"], [], ["step0"]), (["f", "f"], [], []), (["p", "p"], [], []),
            (["f"], [], []), (["p", "-", "f"], ["step0"], []), (["f", "s", "p"], [], ["step0"]),
            (["p", "s"], [], []), (["pf", "-p", "f-"], ["step0"], []), (["r", "f"], ["step0"], []),
        ] as [([String], [String], [String])])
    func changes(runs: [String], failing: [String], fixed: [String]) throws {
        let trend = try HistorySamples.trend(runs)
        #expect(trend.newlyFailing.map(\.step) == failing)
        #expect(trend.newlyFixed.map(\.step) == fixed)
        #expect(trend.runs.count == runs.count)
    }

    @Test(
        "a step is flaky if its result changed there and back, or if it was retried",
        arguments: [
            (["p", "f", "p"], 1, 3), (["f", "p", "f"], 2, 3), (["p", "r"], 1, 2), (["r", "r", "f"], 3, 3),
            (["p", "-", "f", "-", "p"], 1, 3), (["p", "f", "f"], nil, 0), (["f", "p", "p"], nil, 0),
            (["p", "p"], nil, 0),
        ] as [([String], Int?, Int)])
    func flaky(runs: [String], unsteady: Int?, judged: Int) throws {
        let flaky = try HistorySamples.trend(runs).flaky
        #expect(flaky.first?.unsteady == unsteady)
        #expect((flaky.first?.runs ?? 0) == judged)
    }

    @Test(
        "a step is slower if it takes twice its usual time and 50 ms more",
        arguments: [
            ([1_000, 1_000, 1_000, 1_000, 1_000, 2_001], true), ([1_000, 1_000, 1_000, 1_000, 1_000, 2_000], false),
            ([100, 100, 100, 100, 100, 599], false), ([100, 100, 100, 100, 100, 600], true),
            ([1_000, 1_000, 1_000, 1_000, 9_000], false), ([9_000, 1_000, 1_000, 1_000, 1_000, 1_900], false),
        ] as [([Int], Bool)])
    func slower(tenths: [Int], isSlower: Bool) throws {
        let entries = tenths.enumerated().map { HistorySamples.entry($0.offset, "p", tenths: $0.element) }
        let trend = try #require(RunTrend(entries))
        #expect(!trend.slower.isEmpty == isSlower)
        if isSlower { #expect(trend.slower.first?.usual == tenths[1]) }
    }

    @Test("JSON has the documented shape, and nothing that is not documented")
    func shape() throws {
        let schema = try PublishedSchema("history")
        let earlier = (0..<6).map { HistorySamples.entry($0, $0 == 2 ? "fppf" : "pppf", tenths: 1_000) }
        let trend = try #require(RunTrend(earlier + [HistorySamples.entry(9, "pfpp", tenths: 9_000)]))
        let lists = [trend.newlyFailing.count, trend.newlyFixed.count, trend.flaky.count, trend.slower.count]
        #expect(lists.allSatisfy { $0 > 0 }, "\(lists)")
        let report = RunTrendJSON.render(trend)
        #expect(try schema.problems(report) == [])
        #expect(try schema.problems(RunTrendJSON.render(nil)) == [])
        var other = try JSONDocument(parsing: report).root.value
        other.remove(at: JSONPointer(["slower", "0", "usual"]))
        other.set("today", at: JSONPointer(["runs", "0", "exit"]))
        other.set(1, at: JSONPointer(["flaky", "0", "extra"]))
        #expect(try schema.problems(other.text).count == 3)
    }

    @Test("runs against other targets and later runs do not count")
    func targets() {
        let this = HistorySamples.entry(5, "f")
        let others = [
            HistorySamples.entry(1, "f"), HistorySamples.entry(2, "p", target: "sandbox"), HistorySamples.entry(9, "p"),
        ]
        let trend = RunTrend(this, in: others)
        #expect(trend.runs == [others[0], this] && trend.newlyFailing.isEmpty)
    }

    @Test("a run with two lines counts once, with the last of them, in any order of the file")
    func merged() throws {
        let first = HistorySamples.entry(1, "f")
        let again = HistorySamples.entry(1, "p")
        let other = HistorySamples.entry(1, "f", seed: "t")
        #expect(RunTrend.ordered([first, other, again]) == [again, other])
        let entries = (0..<6).map { HistorySamples.entry($0, $0 == 5 ? "f" : "p") }
        #expect(RunTrend(entries) == RunTrend(entries.reversed()))
        #expect(RunTrend([]) == nil)
    }

    @Test("only the last runs are considered")
    func window() throws {
        let entries = (0..<100).map { HistorySamples.entry($0, "p") }
        #expect(try #require(RunTrend(entries)).runs == Array(entries.suffix(RunTrend.window)))
    }

    @Test("text: the runs, then each change with its steps")
    func text() throws {
        let trend = try HistorySamples.trend(["pfp", "fpp", "pfr"])
        #expect(
            RunTrendText(style: TextStyle(isColoured: false)).render(trend) == """
                3 runs against mock
                  2026-01-01 00:00:00  ✗  1 failed  0 passed  1 cause  1.5 s
                  2026-01-01 01:00:00  ✗  1 failed  0 passed  1 cause  1.5 s
                  2026-01-01 02:00:00  ✗  1 failed  0 passed  1 cause  1.5 s
                newly failing (1)
                  send › step1
                newly fixed (1)
                  send › step0
                flaky (3)
                  send › step0  failed or retried in 1 of 3 runs (33 %)
                  send › step1  failed or retried in 2 of 3 runs (66 %)
                  send › step2  failed or retried in 1 of 3 runs (33 %)

                """)
    }

    @Test("names from outside are shown without their controls")
    func hostile() throws {
        var entry = HistorySamples.entry(2, "f", target: "mock")
        entry.scenarios[0].name = "a\u{1B}[2J\n::error::"
        var before = HistorySamples.entry(1, "p")
        before.scenarios[0].name = entry.scenarios[0].name
        let text = RunTrendText(style: TextStyle(isColoured: false)).render(RunTrend(entry, in: [before]))
        #expect(text.contains("a\\u{1b}[2J\\n::error:: › step0"))
        #expect(!text.split(separator: "\n").contains { $0.hasPrefix("::") })
    }
}

@Suite("Lines of the history")
struct HistoryLineTests {
    @Test("an entry is read as it was written", arguments: ["pfrs-p", "", "p"])
    func roundTrip(results: String) throws {
        var entry = HistorySamples.entry(3, results, target: "a \"b\"\n", tenths: 12)
        entry.scenarios.append(HistoryEntry.Scenario(name: "empty", steps: []))
        let line = HistoryLine.text(entry)
        #expect(line.utf8.count { $0 == UInt8(ascii: "\n") } == 1 && line.hasSuffix("\n"))
        #expect(HistoryLine.entry(line.dropLast().utf8) == entry)
    }

    @Test("a line of the format without lists of names is read")
    func earlier() throws {
        let line = """
            {"schema":"assay-history/1","startedAt":"2026-01-01T03:00:00Z","seed":"s","target":"mock",\
            "versions":["2026-01"],"exit":0,"milliseconds":1500,"causes":0,\
            "scenarios":[["send",[["step0","passed",1200],["step1","flaky",1200],["step2","skipped"]]]]}
            """
        #expect(HistoryLine.entry(line.utf8) == HistorySamples.entry(3, "prs", tenths: 12))
    }

    @Test("names of steps are written once, and times with less than six bytes")
    func size() throws {
        var entry = HistorySamples.entry(3, String(repeating: "p", count: 50), tenths: 1_234)
        let one = HistoryLine.text(entry).utf8.count
        entry.scenarios += (0..<99).map { HistoryEntry.Scenario(name: "s\($0)", steps: entry.scenarios[0].steps) }
        let all = HistoryLine.text(entry)
        #expect(all.utf8.count - one < 99 * 50 * 6)
        #expect(HistoryLine.entry(all.dropLast().utf8) == entry)
    }

    @Test("of a run with too many steps only the counts are kept, and it is not compared with others")
    func tooLong() throws {
        for verdict in [Samples.failing, Samples.passing] {
            let line = HistoryLine.bytes(of: verdict, exit: 1, elapsed: .seconds(1), redactor: .none, mostSteps: 1)
            let entry = try #require(HistoryLine.entry(line.dropLast()))
            let summary = Summary(verdict)
            #expect(entry.passed == summary.passed && entry.failed == summary.failed && entry.scenarios.isEmpty)
            let value = HistoryEntry(verdict, exit: 1, elapsed: .seconds(1), redactor: .none, mostSteps: 1)
            #expect(value == entry)
            var before = value
            before.startedAt = Instant(microsecondsSinceEpoch: 0)
            let trend = RunTrend(value, in: [before])
            #expect(trend.runs.count == 2 && trend.newlyFailing.isEmpty)
        }
    }

    @Test(
        "a damaged line and a line of another format are not read",
        arguments: [
            "", "{", "[]", "{\"schema\":\"assay-history/2\"}", "{\"schema\":\"assay-history/1\"}",
            HistoryLine.text(HistorySamples.entry(1, "pf")).replacing("\"passed\"", with: "\"great\""),
            HistoryLine.text(HistorySamples.entry(1, "p")).replacing("\"send\",0", with: "\"send\",1"),
            HistoryLine.text(HistorySamples.entry(1, "p")).replacing("[100]", with: "[100,100]"),
            HistoryLine.text(HistorySamples.entry(1, "p")).replacing(
                "\"causes\":0", with: "\"causes\":0,\"omitted\":1"),
            HistoryLine.text(HistorySamples.entry(1, "p")).replacing("\"exit\":0", with: "\"exit\":1e99"),
            HistoryLine.text(HistorySamples.entry(1, "p")).replacing("2026-01-01T", with: "yesterday"),
            String(HistoryLine.text(HistorySamples.entry(1, "p")).dropLast(9)),
        ])
    func damaged(line: String) {
        #expect(HistoryLine.entry(line.utf8) == nil)
    }

    @Test("the entry of a verdict has the result of every step, with secrets masked")
    func verdict() {
        let entry = HistoryEntry(
            Samples.failing, exit: 1, elapsed: .milliseconds(1_500),
            redactor: Redactor(secrets: [("NAME", "create"), ("SEED", "tulip-")]))
        #expect(entry.scenarios.map(\.name) == ["send"] && entry.causes == 3 && entry.failed == 1 && entry.passed == 0)
        #expect(entry.scenarios[0].steps.map(\.outcome) == [.passed, .failed, .notRun, .skipped])
        #expect(entry.scenarios[0].steps.map(\.tenths) == [31, 31, nil, nil])
        #expect(entry.scenarios[0].steps[0].name == Redactor.mask("NAME"))
    }
}

@Suite("The comparison of two reports")
struct RunComparisonTests {
    private static func report(_ verdict: Verdict) throws -> ComparedReport {
        let text = VerdictJSON(redactor: .none).render(verdict, exit: 0)
        return try #require(ComparedReport(path: "r.json", try JSONDocument(parsing: text).root.value))
    }

    private static func verdict(_ results: String) -> Verdict {
        let steps = results.enumerated().compactMap { index, letter -> StepVerdict? in
            let name = "step\(index)"
            let finding = Samples.finding(.bodyKeyword, id: "body.type", "is a string") {
                $0.step = name
                $0.response = .body(JSONPointer([name]), nil)
            }
            switch letter {
            case "p": return Samples.step(name, line: 2, [Samples.exchange(index + 1, name, Samples.answer)])
            case "f": return Samples.step(name, line: 2, [Samples.exchange(index + 1, name, Samples.answer)], [finding])
            case "s": return Samples.step(name, line: 2, reason: .skipped("later"))
            default: return nil
            }
        }
        return Samples.verdict([Samples.scenario(steps)])
    }

    @Test(
        "each step is in the list of its change",
        arguments: [
            ("p", "f", "newlyFailing"), ("-", "f", "newlyFailing"), ("s", "f", "newlyFailing"),
            ("f", "p", "newlyFixed"),
            ("f", "f", "stillFailing"), ("p", "s", "lost"), ("p", "-", "lost"), ("f", "s", "lost"), ("p", "p", ""),
            ("s", "s", ""), ("-", "p", "added"), ("s", "p", "added"),
        ])
    func lists(before: String, after: String, list: String) throws {
        let comparison = RunComparison(try Self.report(Self.verdict(before)), try Self.report(Self.verdict(after)))
        let lists: [(String, [ComparedReport.Step])] = [
            ("newlyFailing", comparison.newlyFailing), ("newlyFixed", comparison.newlyFixed),
            ("stillFailing", comparison.stillFailing), ("lost", comparison.lost), ("added", comparison.added),
        ]
        let found = lists.filter { !$0.1.isEmpty }.map(\.0)
        #expect(found.contains(list) == !list.isEmpty, "\(found)")
        #expect(comparison.isWorse == ["newlyFailing", "lost"].contains(list))
        #expect(comparison.newCauses.isEmpty == !(after == "f" && before != "f"))
        #expect(comparison.goneCauses.isEmpty == !(before == "f" && after != "f"))
    }

    @Test("a value that is not the report of a run is refused")
    func others() throws {
        for text in ["{}", "[]", "1", "{\"schema\":\"assay/1\",\"command\":\"list\"}"] {
            #expect(ComparedReport(path: "x", try JSONDocument(parsing: text).root.value) == nil, "\(text)")
        }
    }

    @Test("text: both reports side by side, then the lists")
    func text() throws {
        let comparison = RunComparison(try Self.report(Self.verdict("pfp")), try Self.report(Self.verdict("fp-")))
        #expect(
            RunComparisonText(style: TextStyle(isColoured: false)).render(comparison) == """
                         r.json                r.json
                started  2026-01-01T00:00:00Z  2026-01-01T00:00:00Z
                target   mock                  mock
                passed   2 steps               1 step
                failed   1 step                1 step
                causes   1                     1
                newly failing (1)
                  send › step0  body.type /step0
                newly fixed (1)
                  send › step1
                no longer judged (1)
                  send › step2
                new causes (1)
                  body.type  fetchParcel /step0  is a string
                gone causes (1)
                  body.type  fetchParcel /step1  is a string

                """)
        let same = RunComparison(comparison.after, comparison.after)
        #expect(!same.isWorse)
    }

    @Test("JSON has the documented shape, and nothing that is not documented")
    func shape() throws {
        let schema = try PublishedSchema("compare")
        let before = try Self.report(Self.verdict("pfpfp"))
        let comparison = RunComparison(before, try Self.report(Self.verdict("fp-fpp")))
        #expect(!comparison.stillFailing.isEmpty && !comparison.added.isEmpty && !comparison.goneCauses.isEmpty)
        let report = RunComparisonJSON.render(comparison, exit: 1)
        #expect(try schema.problems(report) == [])
        let nothing = JSONEnvelope("compare").render(exit: 2, RunComparisonJSON.membersOfNothing)
        #expect(try schema.problems(nothing) == [])
        var other = try JSONDocument(parsing: report).root.value
        other.remove(at: JSONPointer(["newlyFixed", "0", "step"]))
        other.set("1", at: JSONPointer(["before", "steps"]))
        other["extra"] = 1
        #expect(try schema.problems(other.text).count == 3)
    }
}
