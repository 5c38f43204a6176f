import Conformance
import Diagnostics
import Exchanges
import JSONDocument
import Primitives

/// A run in the Common Test Report Format: one test for each step.
package struct CTRFReport: Sendable, WrittenReport {
    /// The most characters of the trace of one step.
    private static let longestTrace = 16_000

    private let report: RunReport
    private let version: String
    private let text: VerdictText

    /// The report of a run.
    ///
    /// - Parameter version: The version of the product.
    package init(_ report: RunReport, version: String) {
        self.report = report
        self.version = version
        text = report.plain
    }

    package func write(to sink: @escaping ([UInt8]) -> Void) {
        let suites = report.suites
        let run = report.verdict.run
        let environment = JSONValue.members([
            ("testEnvironment", string(run.target)),
            (
                "extra",
                .members([
                    ("seed", string(run.seed)), ("contracts", .array(run.contracts.map { string($0.name) })),
                ])
            ),
        ])
        let (start, duration) = (Self.milliseconds(run.startedAt), Int(report.elapsed / .milliseconds(1)))
        Self.write(
            to: sink, version,
            summary: Self.summary(CaseCounts(report), suites: suites.count, start: start, duration: duration),
            environment: environment
        ) { add in
            for suite in suites {
                for item in suite.cases { add(test(item, of: suite)) }
            }
        }
    }

    private static func summary(_ counts: CaseCounts, suites: Int, start: Int, duration: Int) -> JSONValue {
        .members([
            ("tests", .integer(counts.cases)), ("passed", .integer(counts.passed)),
            ("failed", .integer(counts.failed + counts.errors)), ("skipped", .integer(counts.skipped)),
            ("pending", .integer(0)), ("other", .integer(0)),
            ("suites", .integer(suites)), ("start", .integer(start)),
            ("stop", .integer(start + duration)),
        ])
    }

    private static func write(
        to sink: @escaping ([UInt8]) -> Void, _ version: String?, summary: JSONValue,
        environment: JSONValue?, tests: (_ add: (JSONValue) -> Void) -> Void
    ) {
        var text = JSONObjectText(handingOn: sink)
        text.add("reportFormat", "CTRF")
        text.add("specVersion", "0.1.0")
        text.add("generatedBy", "assay")
        text.addMembers("results") { results in
            results.add("tool", .members([("name", "assay"), ("version", version.map { .string($0) })]))
            results.add("summary", summary)
            results.addElements("tests", tests)
            if let environment { results.add("environment", environment) }
        }
        text.end()
    }

    private func test(_ item: ReportedCase, of suite: ReportedSuite) -> JSONValue {
        let isFailing = item.result == .failed || item.result == .error
        let last = item.step?.exchanges.last
        // The requests of a burst are not retries.
        let attempts = last?.position.isConcurrent == true ? 1 : last?.attempt ?? 1
        let exchanges = item.step?.exchanges ?? []
        let duration = Int(item.duration / .milliseconds(1))
        return .members([
            ("name", .string(item.name.isEmpty ? suite.name : item.name)),
            ("status", .string(Self.status(item.result))),
            ("duration", .integer(duration)),
            ("start", exchanges.first.map { .integer(Self.milliseconds($0.startedAt)) }),
            (
                "stop",
                exchanges.last.map {
                    .integer(Self.milliseconds($0.startedAt) + Int($0.duration / .milliseconds(1)))
                }
            ),
            ("suite", .array([.string(suite.name)])),
            ("message", isFailing ? string(item.message) : item.reason.map { .string($0) }),
            (
                "trace",
                isFailing ? .string(truncated(report.outputText(of: item), to: Self.longestTrace)) : nil
            ),
            ("rawStatus", .string(item.step?.outcome.rawValue ?? "failed")),
            ("type", "api"),
            ("filePath", item.location.map { string($0.file) }),
            ("line", item.location.map { .integer($0.line) }),
            ("retries", attempts > 1 ? .integer(attempts - 1) : nil),
            ("flaky", item.step?.isFlaky == true ? .boolean(true) : nil),
            ("extra", isFailing ? .members([("findings", .array(item.errors.map(finding)))]) : nil),
        ])
    }

    private func finding(_ finding: Finding) -> JSONValue {
        .members([
            ("rule", string(finding.rule)), ("message", string(finding.message)),
            ("place", finding.response.map { string($0.description) }),
            ("contract", finding.contractLocation.map { string($0.description) }),
            ("table", finding.table.map { string($0.description) }),
            ("help", string(finding.remedy)), ("explain", string(finding.explainCommand)),
            ("fingerprint", .string(finding.fingerprint)),
        ])
    }

    private static func status(_ result: ReportedCase.Result) -> String {
        switch result {
        case .passed: "passed"
        case .failed, .error: "failed"
        case .skipped: "skipped"
        }
    }

    private static func milliseconds(_ instant: Instant) -> Int {
        Int(instant.microsecondsSinceEpoch / 1_000)
    }

    private func string(_ text: String) -> JSONValue { .string(self.text.shown(text)) }

    /// The document of a command that failed because of `diagnostics`: each of them is a failed test.
    static func failure(_ diagnostics: Diagnostics, command: String) -> String {
        let tests = diagnostics.sorted.filter { $0.severity == .error }.map { diagnostic in
            let help = diagnostic.help.map { "\nhelp: " + visibleText($0) } ?? ""
            return JSONValue.members([
                ("name", .string(visibleText(diagnostic.message))),
                ("status", "failed"),
                ("duration", .integer(0)), ("suite", .array([.string("assay \(command)")])),
                ("message", .string(visibleText(diagnostic.message) + help)),
                ("filePath", diagnostic.location.map { .string(visibleText($0.file)) }),
                ("line", diagnostic.location.map { .integer($0.line) }),
            ])
        }
        var counts = CaseCounts()
        (counts.cases, counts.failed) = (tests.count, tests.count)
        var bytes: [UInt8] = []
        write(
            to: { bytes += $0 }, nil, summary: summary(counts, suites: 1, start: 0, duration: 0), environment: nil,
            tests: { tests.forEach($0) })
        return String(decoding: bytes, as: UTF8.self)
    }
}
