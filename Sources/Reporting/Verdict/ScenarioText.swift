package import Conformance
package import Exchanges
import JSONDocument
import Primitives

/// The text of one scenario in a test report: each finding in a few lines, and all exchanges of the scenario.
///
/// Secrets are masked, and text from outside is escaped.
package struct ScenarioText: Sendable {
    /// The most bytes of a body that are shown.
    private static let maximumBody = 64 << 10

    private let findings: VerdictText
    private let redactor: Redactor

    /// Masks secrets with `redactor`.
    package init(redactor: Redactor) {
        self.redactor = redactor
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
        for exchange in step.exchanges { lines += text(of: redactor.redact(exchange)) }
        return lines.joined(separator: "\n")
    }

    /// A request and its response as they were transmitted.
    private func text(of exchange: Exchange) -> [String] {
        let request = exchange.request
        var lines = ["", visibleText("  > \(request.method) \(request.url)")]
        lines += message(request.headers, request.body ?? [], ">")
        switch exchange.outcome {
        case .failure(let failure): lines.append(visibleText("  < \(failure.class.rawValue): \(failure.message)"))
        case .response(let response): lines += self.lines(of: response)
        }
        return lines
    }

    /// A response as it was transmitted.
    package func text(of response: ResponseMessage) -> String {
        lines(of: redactor.redact(response)).joined(separator: "\n") + "\n"
    }

    private func lines(of response: ResponseMessage) -> [String] {
        [visibleText("  < \(response.version) \(response.status)")] + message(response.headers, response.body, "<")
    }

    private func message(_ headers: [HeaderField], _ body: [UInt8], _ sign: String) -> [String] {
        headers.map { visibleText("  \(sign) \($0.name): \($0.value)") } + text(of: body)
    }

    private func text(of body: [UInt8]) -> [String] {
        guard !body.isEmpty else { return [] }
        guard let text = String(validating: body, as: UTF8.self) else {
            return ["", "    \(body.count) bytes that are not text"]
        }
        let shown = visibleText(truncated(text, to: Self.maximumBody), multiline: true)
        return [""] + shown.split(separator: "\n", omittingEmptySubsequences: false).map { "    " + $0 }
    }
}
