import Exchanges
import JSONDocument
import OpenAPI
import Primitives
import Scenarios
import SourceText
import TestKit
import Testing

@testable import Conformance
@testable import Reporting

/// Reports do not show whether a scenario is kept as a value or as the figures of a quiet one.
@Suite("Reports of runs with quiet scenarios")
struct QuietReportTests {
    private static let document = """
        openapi: 3.1.0
        info: {title: Parcels, version: '1'}
        paths:
          /parcels/{id}:
            get:
              operationId: fetchParcel
              parameters: [{name: id, in: path, required: true, schema: {type: string}}]
              responses: {'200': {description: found}}
        """
    private static let count = 12

    private static let plan = Result {
        let contract = try Contract.load(text: document, name: "2026-01")
        let rows = (0..<count).map { index in
            """
            s\(index),first,fetchParcel,id=P-1,200,note \(index),
            ,second,fetchParcel,id=P-1,200,,
            ,third,fetchParcel,id=P-1,200,,teardown
            """
        }
        let table = "scenario,step,call,set,expect,note,opts\n" + rows.joined(separator: "\n") + "\n"
        let (plan, diagnostics) = Planner.plan(
            tables: [TableSource(path: "scenarios/a.csv", bytes: Array(table.utf8))], contracts: Contracts([contract]),
            settings: PlanSettings(readFile: { (_: String) throws(SourceError) in throw SourceError([]) }))
        try #require(diagnostics.isEmpty)
        return plan
    }

    /// The verdicts of a seed: some failed, some not run, some skipped, most of them quiet.
    private static func verdicts(_ seed: Int, _ plan: Plan) -> [ScenarioVerdict] {
        var random = SplitMix(seed: seed)
        var sequence = 0
        return plan.scenarios.map { scenario in
            let kind = random.number(below: 6)
            let steps = scenario.steps.map { step in
                if kind == 0 { return StepVerdict(step, reason: .skipped("no secret"), exchanges: [], findings: []) }
                if kind == 1, random.once(in: 2) {
                    return StepVerdict(step, reason: .setupFailed(step: "x"), exchanges: [], findings: [])
                }
                if random.once(in: 9) { return StepVerdict(step, reason: .skipped("off"), exchanges: [], findings: []) }
                sequence += 1
                var exchange = Samples.exchange(sequence, step.name, Samples.answer, url: "")
                exchange.scenario = scenario.id
                exchange.duration = .nanoseconds(random.number(below: 90_000_000))
                let finding = Samples.finding(.sameAs, "odd") { $0.exchange = exchange.sequence }
                return StepVerdict(
                    step, reason: nil, exchanges: [exchange],
                    findings: kind == 2 && random.once(in: 2) ? [finding] : [])
            }
            return ScenarioVerdict(scenario, steps: steps)
        }
    }

    private static func texts(_ report: RunReport) -> [(name: String, text: String)] {
        CIReportTests.formats(report) + [
            ("json", VerdictJSON(redactor: report.redactor).render(report.verdict, exit: 0)),
            ("page", VerdictPage(report).render()),
            (
                "history",
                String(
                    decoding: HistoryLine.bytes(
                        of: report.verdict, exit: 0, elapsed: report.elapsed, redactor: report.redactor),
                    as: UTF8.self)
            ),
        ]
    }

    @Test("the page of a long run omits quiet scenarios, and its groups refer to the listed ones", arguments: 0..<30)
    func longRun(seed: Int) throws {
        let plan = try Self.plan.get()
        let verdicts = Self.verdicts(seed, plan)
        var kept = ScenarioVerdicts(of: plan)
        let quiet = verdicts.indices.filter { kept.insert(verdicts[$0], at: $0) }
        var verdict = Samples.verdict([])
        verdict.scenarios = kept
        let report = RunReport(verdict, redactor: .none)
        let data = try PageReader(page: VerdictPage(report, mostSteps: 10).render()).data().value
        let names = data["scenarios"]?.elements?.compactMap { $0["name"]?.string }
        #expect(names == verdicts.indices.filter { !quiet.contains($0) }.map { verdicts[$0].name })
        #expect(data["omitted"]?["scenarios"]?.number?.int == quiet.count)
        #expect(data["omitted"]?["steps"]?.number?.int == quiet.count * 3)
        #expect(data["summary"]?["scenarios"]?.number?.int == Self.count)
        for (group, expected) in zip(data["groups"]?.elements ?? [], verdict.groups) {
            let steps = group["steps"]?.elements?.map { place in
                place[0]?.number?.int.flatMap { data["scenarios"]?[$0]?["name"]?.string }
            }
            #expect(steps == expected.steps.map { verdicts[$0.scenario].name })
        }
        let whole = try PageReader(page: VerdictPage(report, mostSteps: 36).render()).data().value
        #expect(whole["omitted"] == nil && whole["scenarios"]?.elements?.count == Self.count)
    }

    @Test("reports with an entry for each step are written in short pieces", arguments: 0..<3)
    func pieces(format: Int) {
        let scenario = Samples.passing.scenarios[0]
        let report = RunReport(
            Samples.verdict(Array(repeating: scenario, count: 3_000) + Samples.failing.scenarios), redactor: .none)
        let formats: [any WrittenReport] = [
            JUnitReport(report), TAPReport(report), CTRFReport(report, version: "1.2.3"),
        ]
        var pieces: [[UInt8]] = []
        formats[format].write { pieces.append($0) }
        #expect(pieces.count > 1 && pieces.allSatisfy { (1..<70_000).contains($0.count) })
        let (text, whole) = (String(decoding: pieces.joined(), as: UTF8.self), formats[format].render())
        #expect(text == whole && text.hasSuffix("\n") && !text.hasSuffix("\n\n"))
    }

    @Test("an XML element has the same text with its children one at a time")
    func children() {
        for count in 0..<3 {
            let child = XMLElement(
                name: "c", attributes: [("n", "\"")], children: [XMLElement(name: "d", text: "x\ny")])
            var element = XMLElement(name: "e", attributes: [("a", "b")])
            var text = ""
            var pieces = TextPieces { text += String(decoding: $0, as: UTF8.self) }
            element.write(to: &pieces) { add in
                for _ in 0..<count { add(child) }
            }
            pieces.end()
            element.children = Array(repeating: child, count: count)
            #expect(text == element.render())
        }
    }

    @Test("every report is that of the same verdicts as values", arguments: 0..<30)
    func equal(seed: Int) throws {
        let plan = try Self.plan.get()
        let verdicts = Self.verdicts(seed, plan)
        var kept = ScenarioVerdicts(of: plan)
        let quiet = verdicts.indices.filter { kept.insert(verdicts[$0], at: $0) }
        #expect((1...Self.count).contains(quiet.count))
        let values = RunReport(Samples.verdict(verdicts), elapsed: .seconds(1), redactor: .none)
        var verdict = values.verdict
        verdict.scenarios = kept
        let report = RunReport(verdict, elapsed: .seconds(1), redactor: .none)
        #expect(report.summary == values.summary)
        for ((name, text), (_, expected)) in zip(Self.texts(report), Self.texts(values)) {
            #expect(text == expected, "\(name)")
        }
    }
}
