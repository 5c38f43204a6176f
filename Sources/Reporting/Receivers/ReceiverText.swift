import Conformance
import Diagnostics
import Primitives

/// The check of a receiver as text for people: a line for each case, with its findings below, and a line of figures.
package struct ReceiverText: Sendable {
    private let style: TextStyle
    private let isQuiet: Bool

    /// Writes in `style`; `isQuiet` leaves cases that passed out.
    package init(style: TextStyle, isQuiet: Bool = false) {
        self.style = style
        self.isQuiet = isQuiet
    }

    /// The whole report; empty if nothing is left to show.
    package func render(_ check: ReceiverCheck) -> String {
        let text = VerdictText(style: style, redactor: check.redactor)
        let shown = check.results.filter { !isQuiet || $0.outcome != .passed && $0.outcome != .skipped }
        guard !isQuiet || !shown.isEmpty || check.wasInterrupted else { return "" }
        let width = check.results.map(\.trial.name.utf8.count).max() ?? 0
        var lines = [head(check, text), ""]
        for result in shown { lines += self.lines(of: result, width, text) }
        lines += ["", figures(check), style.paint(ReceiverCheck.limit, .faint)]
        return lines.joined(separator: "\n") + "\n"
    }

    private func head(_ check: ReceiverCheck, _ text: VerdictText) -> String {
        let parts = ["scheme \(text.shown(check.scheme))"] + (check.webhook.map { ["webhook \(text.shown($0))"] } ?? [])
        return style.paint(text.shown(check.url), .strong) + "  " + parts.joined(separator: "  ")
    }

    private func lines(of result: ReceiverResult, _ width: Int, _ text: VerdictText) -> [String] {
        let mark =
            switch result.outcome {
            case .passed where !result.findings.isEmpty: style.paint("!", .warning)
            case .passed: style.paint("✓", .good)
            case .failed: style.paint("✗", .bad)
            case .undecided: style.paint("?", .warning)
            case .skipped: style.paint("–", .faint)
            }
        let name = result.trial.name
        let gap = String(repeating: " ", count: width - name.utf8.count + 2)
        guard result.outcome != .skipped else {
            return ["\(mark) \(name)\(gap)\(style.paint("not sent: \(text.shown(result.trial.reason ?? ""))", .faint))"]
        }
        let requirement = result.trial.kind.requirement.statuses
        var lines = ["\(mark) \(style.paint(name, .strong))\(gap)requires \(requirement), received \(result.received)"]
        for finding in result.findings where finding.rule != "receiver.undecided" {
            if finding.severity == .error {
                lines += text.lines(of: finding) + text.labels.lines("help", finding.remedy)
            } else {
                lines += text.lesserLines(of: finding, count: 1, indent: 2)
            }
        }
        return lines
    }

    private func figures(_ check: ReceiverCheck) -> String {
        let words: [(String, ReceiverResult.Outcome)] = [
            ("failed", .failed), ("not judged", .undecided), ("passed", .passed), ("not sent", .skipped),
        ]
        let parts = words.compactMap { word, outcome in
            check.count(outcome) > 0 ? "\(check.count(outcome)) \(word)" : nil
        }
        let interrupted = check.wasInterrupted ? " (interrupted)" : ""
        return "\(plural(check.results.count, "case"))\(interrupted): \(parts.joined(separator: ", "))"
    }
}
