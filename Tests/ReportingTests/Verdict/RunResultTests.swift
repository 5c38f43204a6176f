import Diagnostics
import Exchanges
import JSONDocument
import Testing

@testable import Conformance
@testable import Reporting

/// The result of a run as all reports show it: figures, words, reasons and exchanges.
@Suite("The result of a run")
struct RunResultTests {
    private static let answer = Samples.exchange(1, "a", Samples.answer)
    private static let finding = Samples.finding(.check, "x")

    /// Steps as letters: passed, failed, not run, skipped on purpose, warned.
    private static func scenario(_ letters: String) -> ScenarioVerdict {
        Samples.scenario(
            letters.enumerated().map { index, letter in
                let warning = Samples.finding(.headerUndeclared, "x")
                return switch letter {
                case "f": Samples.step("\(index)", line: 2, [answer], [finding])
                case "n": Samples.step("\(index)", line: 2, reason: .stopped)
                case "s": Samples.step("\(index)", line: 2, reason: .skipped("later"))
                case "w": Samples.step("\(index)", line: 2, [answer], [warning])
                default: Samples.step("\(index)", line: 2, [answer])
                }
            })
    }

    private static func report(_ scenarios: [String], findings: [Finding] = []) -> RunReport {
        RunReport(Samples.verdict(scenarios.map(scenario), findings: findings), redactor: .none)
    }

    @Test(
        "a run passes only if everything that was selected was sent and nothing failed",
        arguments: [
            (["pp"], RunReport.Result.passed, "Passed"), (["p", "s"], .passed, "Passed"), (["w"], .passed, "Passed"),
            (["ps"], .passed, "Passed"), (["p", "n"], .incomplete, "Incomplete"),
            (["pn"], .incomplete, "Incomplete"), (["s"], .incomplete, "Nothing was judged"),
            ([], .incomplete, "Nothing was judged"), (["f"], .failed, "1 failure"),
            (["fn", "s"], .failed, "1 failure"),
        ])
    func result(scenarios: [String], result: RunReport.Result, text: String) {
        let report = Self.report(scenarios)
        #expect(report.result == result && report.resultText == text)
    }

    @Test("an error about no step fails the run, and a warning does not")
    func ownFindings() {
        #expect(Self.report(["p"], findings: [Self.finding]).result == .failed)
        let warning = Finding(.lawNeverApplied, "x", blame: .table)
        #expect(Self.report(["p"], findings: [warning]).result == .passed)
    }

    @Test(
        "scenarios are counted by their worst step",
        arguments: [
            ("pp", [1, 0, 0, 0]), ("pf", [0, 1, 0, 0]), ("fn", [0, 1, 0, 0]), ("pn", [0, 0, 1, 0]),
            ("ns", [0, 0, 1, 0]),
            ("ss", [0, 0, 0, 1]), ("ps", [1, 0, 0, 0]), ("", [1, 0, 0, 0]),
        ])
    func counts(steps: String, counts: [Int]) {
        let summary = Summary(Samples.verdict([Self.scenario(steps)]))
        #expect([summary.passed, summary.failed, summary.notRun, summary.skipped] == counts)
        #expect(summary.steps == steps.count && summary.skippedSteps == steps.count { $0 == "s" })
        #expect(summary.exchanges == steps.count { "pfw".contains($0) })
    }

    @Test(
        "the reason of a step that was not run is a clause",
        arguments: [
            (.missingValue(step: "a", path: "$"), "it needs the response to step 'a', which was never received"),
            (.missingValue(step: "a", path: "id"), "it needs a.id, which was never received"),
            (.setupFailed(step: "a"), "the setup step 'a' failed"),
            (.sessionFailed(scenario: "a"), "the session scenario 'a' failed"), (.stopped, "the run was interrupted"),
            (.skipped("why"), "why"), (.unbuildable("why"), "why"), (.unjudged("why"), "why"),
        ] as [(NotRun.Reason, String)])
    func reasons(reason: NotRun.Reason, sentence: String) {
        #expect(reason.sentence == sentence)
        #expect(reason.isUnjudged == (reason == .unjudged("why")))
    }

    @Test(
        "a duration is short",
        arguments: [
            (Duration.zero, "0 ms"), (.microseconds(999), "0 ms"), (.milliseconds(999), "999 ms"),
            (.milliseconds(1_000), "1.0 s"), (.milliseconds(1_999), "1.9 s"), (.seconds(125), "125.0 s"),
        ])
    func durations(duration: Duration, text: String) {
        #expect(VerdictText.seconds(duration) == text)
    }

    @Test(
        "JUnit has seconds with three decimals",
        arguments: [
            (Duration.zero, "0.000"), (.milliseconds(7), "0.007"), (.milliseconds(1_050), "1.050"),
            (.seconds(3_600), "3600.000"), (.microseconds(1_999), "0.001"),
        ])
    func junitSeconds(duration: Duration, text: String) {
        #expect(JUnitReport.seconds(duration) == text)
    }

    // MARK: Exchanges of findings

    @Test("a finding is shown with its own exchange, otherwise with the last one")
    func exchanges() {
        let exchanges = [3, 5].map { Samples.exchange($0, "a", Samples.answer) }
        let step = Samples.step("a", line: 2, exchanges)
        func sequence(_ exchange: Int?) -> Int? {
            step.exchange(of: Samples.finding(.check, "x") { $0.exchange = exchange })?.sequence
        }
        #expect(sequence(3) == 3 && sequence(5) == 5 && sequence(nil) == 5 && sequence(99) == 5)
        #expect(Samples.step("a", line: 2).exchange(of: nil) == nil)
    }

    @Test(
        "the mock's own port is replaced only in the address of the run's own mock",
        arguments: [
            ("mock", "http://127.0.0.1:51234/v1", "http://127.0.0.1:51234/v1/x", "http://127.0.0.1:4010/v1/x"),
            ("mock", "http://127.0.0.1:51234/v1", "http://127.0.0.1:51234?a=1", "http://127.0.0.1:4010?a=1"),
            ("mock", "http://127.0.0.1:51234/v1", "http://127.0.0.1:51234", "http://127.0.0.1:4010"),
            ("mock", "http://127.0.0.1:51234/v1", "http://127.0.0.1:512345/v1", "http://127.0.0.1:512345/v1"),
            ("mock", "http://127.0.0.1:51234/v1", "https://a.example/v1", "https://a.example/v1"),
            ("shop", "http://127.0.0.1:51234/v1", "http://127.0.0.1:51234/v1", "http://127.0.0.1:51234/v1"),
            ("mock", "http://localhost:8080/v1", "http://localhost:8080/v1", "http://localhost:8080/v1"),
        ])
    func ports(target: String, baseURL: String, url: String, shown: String) {
        var header = Samples.header
        header.target = target
        header.baseURL = baseURL
        let line = ReproductionLine(header, redactor: .none)
        #expect(line.url(url) == shown)
        #expect(line.text(RequestMessage(method: "GET", url: url)) == "curl --include '\(shown)'")
    }

    // MARK: Groups

    @Test("a group has its first step's exchange, row and name, and one about no step has those of the finding")
    func groups() throws {
        let report = RunReport(Samples.failing, redactor: .none)
        let first = try #require(report.groups.first)
        #expect(first.number == 1 && first.title == "send › fetch" && first.exchange?.sequence == 2)
        #expect(first.row?.description == "scenarios/a.csv:3:1" && first.subject == "fetchParcel /items/0/weight")
        let missing = try #require(report.groups.first { $0.first.rule == "value.missing" })
        #expect(missing.steps.isEmpty && missing.exchange == nil && missing.title == "send › last")
        let law = try #require(report.groups.last)
        #expect(law.number == nil && law.title == "the run" && law.subject.isEmpty)
        #expect(report.failures.map(\.number) == [1, 2, 3])
    }

    @Test("the lines that reports need are those of the rows, and those around the places of the contract")
    func locations() {
        let found = RunReport.locations(of: Samples.failing)
        let contract = found.filter { $0.file == "specs/parcels.yaml" }.map(\.line)
        #expect(Set(contract) == Set(89...101).union(28...40))
        #expect(found.contains(SourceLocation(file: "specs/parcels.yaml", line: 93, column: 19)))
        #expect(found.contains(SourceLocation(file: "scenarios/a.csv", line: 3, column: 40)))
        #expect(found.allSatisfy { $0.line >= 1 })
        let early = Samples.finding(.bodyKeyword, id: "body.type", "x") {
            $0.contractLocation = SourceLocation(file: "a.yaml", line: 2, column: 1)
        }
        let lines = RunReport.locations(of: Samples.verdict([], findings: [early])).filter { $0.file == "a.yaml" }
        #expect(lines.map(\.line) == Array(1...10))
    }
}
