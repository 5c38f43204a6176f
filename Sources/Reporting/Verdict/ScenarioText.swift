package import Conformance
package import Exchanges
import JSONDocument
import Primitives

/// The text of one scenario in a test report: each finding in a few lines, and all exchanges of the scenario.
///
/// Secrets are masked, and text from outside is escaped.
package struct ScenarioText: Sendable {
    private let findings: VerdictText
    private let exchanges: ExchangeText
    private let redactor: Redactor

    /// Masks secrets with `redactor`.
    package init(redactor: Redactor) {
        self.redactor = redactor
        exchanges = ExchangeText(redactor: redactor)
        findings = VerdictText(style: TextStyle(isColoured: false), redactor: redactor)
    }

    /// A finding of `step`: rule and message, then the places and the difference on separate lines.
    ///
    /// - Parameter step: The step that the finding belongs to; `nil` for none.
    package func message(_ finding: Finding, in step: StepVerdict? = nil) -> String {
        let exchange = step?.exchanges.first { $0.sequence == finding.exchange } ?? step?.exchanges.last
        return message(finding, response: exchange?.response)
    }

    /// A finding about `response`.
    package func message(_ finding: Finding, response: ResponseMessage?) -> String {
        var lines = [findings.shown("\(finding.rule): \(finding.message)", limit: 1_000)]
        if let difference = difference(of: finding, response) {
            var plain = finding
            plain.differences = []
            plain.expected = nil
            plain.actual = nil
            lines += findings.lines(of: plain).dropFirst()
            lines.append("    Difference (expected: \u{2212}, received: +)")
            lines += difference.split(separator: "\n").map { "    " + $0 }
        } else {
            lines += findings.lines(of: finding).dropFirst()
        }
        return lines.joined(separator: "\n")
    }

    private func difference(of finding: Finding, _ response: ResponseMessage?) -> String? {
        guard let body = response?.body, let received = try? JSONDocument(parsing: body).root.value,
            let bodies = ReceivedDifference.bodies(of: finding, received: received)
        else { return nil }
        return JSONDifferenceText(redactor: redactor).render(expected: bodies.expected, actual: bodies.actual)
    }

    /// The whole scenario: every step with its findings, its requests and their responses.
    package func report(_ scenario: ScenarioVerdict, _ run: JournalHeader) -> String {
        let head = "\(scenario.name)  \(scenario.file):\(scenario.line)  target \(run.target), seed \(run.seed)"
        return ([findings.shown(head)] + scenario.steps.map(text)).joined(separator: "\n\n") + "\n"
    }

    private func text(of step: StepVerdict) -> String {
        let mark =
            switch step.outcome {
            case .passed: "✓"
            case .failed: "✗"
            case .notRun, .skipped: "•"
            }
        var lines = [findings.shown("\(mark) \(step.name)  \(step.call)  \(step.location)")]
        if let reason = step.reason?.sentence { lines.append(findings.shown("  skipped: \(reason)")) }
        for finding in step.findings {
            lines += message(finding, in: step).split(separator: "\n").map { "  " + $0 }
        }
        for exchange in step.exchanges { lines += [""] + exchanges.lines(of: exchange).map(indented) }
        return lines.joined(separator: "\n")
    }

    /// A response as it was transmitted.
    package func text(of response: ResponseMessage) -> String {
        exchanges.lines(of: response).map(indented).joined(separator: "\n") + "\n"
    }

    private func indented(_ line: String) -> String { line.isEmpty ? "" : "  " + line }
}
