package import Conformance
import Diagnostics
package import Exchanges
import JSONDocument
import Primitives

/// A verdict as text for people: every failure with its places and a diff, then a few lines of figures.
package struct VerdictText: Sendable {
    let style: TextStyle
    let listsMissing: Bool
    private let redactor: Redactor

    /// Writes in `style`; `redactor` masks secrets in values and curl lines.
    ///
    /// - Parameter listsMissing: Whether to list the operations that nothing exercised, which only a full run shows.
    package init(style: TextStyle, redactor: Redactor, listsMissing: Bool = false) {
        self.style = style
        self.redactor = redactor
        self.listsMissing = listsMissing
    }

    /// The whole report.
    ///
    /// - Parameters:
    ///   - elapsed: The duration of the run.
    ///   - folder: The folder with the files of the run; `nil` leaves the line out.
    package func render(_ verdict: Verdict, elapsed: Duration, folder: String? = nil) -> String {
        let lines = ReproductionLine(verdict.run, redactor: redactor)
        var text = ""
        for scenario in verdict.scenarios {
            for step in scenario.steps {
                text += failures(of: step, in: scenario, lines)
            }
        }
        text += failures(ofNoStep: verdict.findings)
        text += notRunSteps(verdict)
        text += lesser(verdict)
        text += figures(verdict, elapsed: elapsed, folder: folder)
        return text
    }

    /// A text from outside as it is shown: secrets are masked first, then the text is cut, then escaped.
    func shown(_ text: String, limit: Int = 400) -> String {
        visibleText(truncated(redactor.redact(text), to: limit))
    }

    private func failures(of step: StepVerdict, in scenario: ScenarioVerdict, _ lines: ReproductionLine) -> String {
        let errors = step.findings.filter { $0.severity == .error }
        guard !errors.isEmpty else { return "" }
        let way = step.exchanges.filter { $0.attempt == step.exchanges.last?.attempt }
        let status = way.compactMap(\.response).map { " → \($0.status)" }.joined()
        var text = [
            style.paint("✗ ", .bad) + style.paint(shown("\(scenario.name) › \(step.name)"), .strong)
                + shown("  \(step.call)\(status)") + style.paint("  " + shown(step.location.description), .faint)
        ]
        if !step.note.isEmpty {
            text.append(style.paint("  " + shown(step.note), .faint))
        }
        for finding in errors {
            text += self.lines(of: finding)
        }
        let failed = errors.compactMap(\.exchange).last
        if let exchange = step.exchanges.first(where: { $0.sequence == failed }) ?? step.exchanges.last {
            text.append("  " + style.paint(lines.text(exchange.request), .faint))
        }
        return text.joined(separator: "\n") + "\n\n"
    }

    private func failures(ofNoStep findings: [Finding]) -> String {
        findings.filter { $0.severity == .error }.map { finding in
            let name = shown([finding.scenario, finding.step].filter { !$0.isEmpty }.joined(separator: " › "))
            let head = style.paint("✗ ", .bad) + style.paint(name.isEmpty ? "the run" : name, .strong)
            return ([head] + lines(of: finding)).joined(separator: "\n") + "\n\n"
        }.joined()
    }

    /// Steps that were not run: one line for each, or one for a reason with many steps.
    private func notRunSteps(_ verdict: Verdict) -> String {
        var groups: [(reason: String, names: [String])] = []
        var places: [String: Int] = [:]
        for scenario in verdict.scenarios {
            for step in scenario.steps where step.outcome == .notRun {
                let reason = step.reason?.sentence ?? ""
                let name = "\(scenario.name) › \(step.name)"
                if let place = places[reason] {
                    groups[place].names.append(name)
                } else {
                    places[reason] = groups.count
                    groups.append((reason, [name]))
                }
            }
        }
        let lines = groups.flatMap { group -> [String] in
            let reason = shown(group.reason)
            guard group.names.count > 3 else {
                return group.names.map { style.paint("• ", .warning) + "\(shown($0))  skipped: \(reason)" }
            }
            let names = group.names.prefix(3).map { shown($0) }.joined(separator: ", ")
            return [
                style.paint("• ", .warning) + "\(group.names.count) steps skipped: \(reason)",
                "    \(names) and \(group.names.count - 3) more",
            ]
        }
        return lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n\n"
    }

    /// Warnings and notes, one line for each fingerprint with the number of occurrences.
    private func lesser(_ verdict: Verdict) -> String {
        var order: [Finding] = []
        var counts: [String: Int] = [:]
        for finding in verdict.allFindings where finding.severity != .error {
            let count = counts[finding.fingerprint, default: 0]
            if count == 0 { order.append(finding) }
            counts[finding.fingerprint] = count + 1
        }
        let warnings = order.filter { $0.severity == .warning }
        let notes = order.filter { $0.severity == .note }
        let told = warnings.prefix(20) + notes.prefix(10)
        guard !told.isEmpty else { return "" }
        let lines = told.map { line(of: $0, count: counts[$0.fingerprint] ?? 1) }
        let rest = order.count - told.count
        return (lines + (rest > 0 ? ["… and \(rest) more in the JSON report"] : [])).joined(separator: "\n") + "\n\n"
    }
}
