package import Conformance
import Diagnostics
import Exchanges
import Primitives

/// Verdicts on single inputs as text for people.
package struct ValidationText: Sendable {
    private let findings: VerdictText
    private let style: TextStyle
    private let isQuiet: Bool

    /// Writes in `style`; `isQuiet` leaves inputs that passed out.
    package init(style: TextStyle, isQuiet: Bool = false) {
        self.style = style
        self.isQuiet = isQuiet
        findings = VerdictText(style: style, redactor: .none)
    }

    /// A line for each input, with its findings below, and a line of figures.
    package func render(_ results: [InputVerdict]) -> String {
        var text = ""
        for result in results where !isQuiet || result.outcome != .passed {
            text += lines(of: result).joined(separator: "\n") + "\n"
        }
        guard !results.isEmpty, !isQuiet || results.contains(where: { $0.outcome != .passed }) else {
            return text
        }
        return text + figures(results) + "\n"
    }

    private func lines(of result: InputVerdict) -> [String] {
        let mark =
            switch result.outcome {
            case .passed: style.paint("✓", .good)
            case .failed: style.paint("✗", .bad)
            case .undecided: style.paint("?", .warning)
            }
        let input = result.input.isSame(as: "-") ? "standard input" : result.input
        let line = result.line > 1 ? ":\(result.line)" : ""
        var lines = [
            "\(mark) \(style.paint(findings.shown(input + line), .strong))  \(findings.shown(result.subject))"
        ]
        for finding in result.findings {
            let isTold = finding.severity == .error || finding.isUndecided
            lines +=
                isTold
                ? findings.lines(of: finding) : findings.lesserLines(of: finding, count: 1, indent: 2)
        }
        return lines
    }

    private func figures(_ results: [InputVerdict]) -> String {
        let counts = [
            ("failed", InputVerdict.Outcome.failed), ("undecided", .undecided), ("passed", .passed),
        ]
        let parts = counts.compactMap { word, outcome -> String? in
            let count = results.count { $0.outcome == outcome }
            return count > 0 ? "\(count) \(word)" : nil
        }
        return "\(results.count) judged: \(parts.joined(separator: ", "))"
    }
}
