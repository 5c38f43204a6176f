import Conformance
import Diagnostics
import Exchanges
import Primitives

/// A run in the JUnit format of CI servers: a suite for each scenario, and a test case for each step.
///
/// A failing step has properties `rule`, `place` and `explain` for each of its errors. Its output contains the
/// differences, the response, and the curl line.
package struct JUnitReport: Sendable, WrittenReport {
    /// The most characters of the output of one step.
    private static let longestOutput = 16_000

    private let report: RunReport
    private let text: VerdictText

    /// The report of a run.
    package init(_ report: RunReport) {
        self.report = report
        text = report.plain
    }

    package func write(to sink: @escaping ([UInt8]) -> Void) {
        var pieces = TextPieces(handingOn: sink)
        let root = XMLElement(
            name: "testsuites",
            attributes: [("name", text.shown("assay \(report.verdict.run.target)"))]
                + Self.counts(CaseCounts(report)) + [("time", Self.seconds(report.elapsed))])
        pieces.add(Self.declaration)
        root.write(to: &pieces) { add in
            for suite in report.suites { add(element(suite)) }
        }
        pieces.end()
    }

    static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

    private func element(_ suite: ReportedSuite) -> XMLElement {
        let time = suite.cases.reduce(Duration.zero) { $0 + $1.duration }
        // The format has no time zone; the time is UTC.
        let timestamp = String(report.verdict.run.startedAt.description.prefix(19))
        return XMLElement(
            name: "testsuite",
            attributes: [("name", suite.name)] + Self.counts(CaseCounts(suite.cases))
                + [("time", Self.seconds(time)), ("timestamp", timestamp)] + (suite.file.map { [("file", $0)] } ?? []),
            children: suite.cases.map { element($0, of: suite) })
    }

    private func element(_ item: ReportedCase, of suite: ReportedSuite) -> XMLElement {
        let place = item.location.map { [("file", $0.file), ("line", String($0.line))] } ?? []
        return XMLElement(
            name: "testcase",
            attributes: [("name", item.name), ("classname", suite.name)] + place
                + [("time", Self.seconds(item.duration))],
            children: children(of: item))
    }

    private func children(of item: ReportedCase) -> [XMLElement] {
        switch item.result {
        case .passed: []
        case .skipped: [XMLElement(name: "skipped", attributes: [("message", item.reason ?? "")])]
        case .failed, .error:
            [properties(item.errors), failure(item)] + (item.step == nil ? [] : [output(of: item)])
        }
    }

    // MARK: Parts of a test case

    private func properties(_ errors: [Finding]) -> XMLElement {
        func property(_ name: String, _ value: String) -> XMLElement {
            XMLElement(name: "property", attributes: [("name", name), ("value", text.shown(value))])
        }
        let properties = errors.flatMap { finding in
            [property("rule", finding.rule)] + (finding.response.map { [property("place", $0.description)] } ?? [])
                + [property("explain", finding.explainCommand)]
        }
        return XMLElement(name: "properties", children: properties)
    }

    private func failure(_ item: ReportedCase) -> XMLElement {
        XMLElement(
            name: item.result == .error ? "error" : "failure",
            attributes: [
                ("message", text.shown(item.message)), ("type", item.errors.first.map { text.shown($0.rule) } ?? ""),
            ],
            text: report.failureText(of: item))
    }

    private func output(of item: ReportedCase) -> XMLElement {
        XMLElement(name: "system-out", text: truncated(report.outputText(of: item), to: Self.longestOutput))
    }

    private static func counts(_ counts: CaseCounts) -> [(name: String, value: String)] {
        [
            ("tests", String(counts.cases)), ("failures", String(counts.failed)), ("errors", String(counts.errors)),
            ("skipped", String(counts.skipped)),
        ]
    }

    /// Seconds with three decimals.
    static func seconds(_ duration: Duration) -> String {
        let milliseconds = Int(duration / .milliseconds(1))
        let rest = String(milliseconds % 1_000)
        return "\(milliseconds / 1_000)." + String(repeating: "0", count: 3 - rest.utf8.count) + rest
    }
}
