import Conformance
import Diagnostics
import Exchanges
import Primitives

/// A run as annotations of GitHub Actions: a workflow command for each group of findings, on the row of its first
/// step, and a notice on the violated line of the contract.
///
/// GitHub shows at most ten annotations of a severity for a step of a job, so warnings and notices are limited to ten.
/// Notes are left out.
package struct GitHubAnnotations: Sendable {
    private static let mostOfSeverity = 10

    private let report: RunReport
    private let text: VerdictText

    /// The annotations of a run.
    package init(_ report: RunReport) {
        self.report = report
        text = report.plain
    }

    /// One line for each hint, each failure, and each of the first warnings.
    package func render() -> String {
        let warnings = report.groups.filter { $0.first.severity == .warning }.prefix(Self.mostOfSeverity)
        let hints = report.verdict.hints.map { Self.annotation(report.redactor.redact($0)) }
        return hints.joined() + (report.failures + warnings).map(annotation).joined() + contractLines()
    }

    /// A notice for each line of a contract that a failure violates.
    private func contractLines() -> String {
        var seen: Set<SourceLocation> = []
        let violated = report.failures.filter { group in
            group.first.contractLocation.map { seen.insert($0).inserted } ?? false
        }
        return violated.prefix(Self.mostOfSeverity).map { group in
            let row = group.row.map { " (\(visibleText($0.file)):\($0.line))" } ?? ""
            return Self.command(
                .note, at: group.first.contractLocation, title: text.shown("\(group.first.rule) \(group.subject)"),
                "violated by \(text.shown(group.title))\(row)")
        }.joined()
    }

    private func annotation(_ group: ReportedGroup) -> String {
        let first = group.first
        var lines = text.lines(of: first).map { String($0.drop { $0 == " " }) }
        if let step = group.step { lines.insert(text.shown(step.title), at: 0) }
        if group.steps.count > 1 {
            lines.append("also in \(plural(group.steps.count - 1, "more step"))")
        }
        lines.append("help: \(text.shown(first.remedy))")
        lines.append("explain: \(text.shown(first.explainCommand))")
        return Self.command(
            first.severity, at: group.row, title: text.shown("\(first.rule) \(group.subject)"),
            lines.joined(separator: "\n"))
    }

    /// A diagnostic as an annotation.
    static func annotation(_ diagnostic: Diagnostic) -> String {
        let help = diagnostic.help.map { "\nhelp: " + visibleText($0) } ?? ""
        return command(
            diagnostic.severity, at: diagnostic.location, title: diagnostic.rule,
            visibleText(diagnostic.message) + help
        )
    }

    /// A workflow command on one line. Line breaks and the characters with a meaning in commands are encoded.
    private static func command(
        _ severity: Severity, at location: SourceLocation?, title: String, _ message: String
    ) -> String {
        let name =
            switch severity {
            case .error: "error"
            case .warning: "warning"
            case .note: "notice"
            }
        var properties = [("title", title)]
        if let location {
            properties =
                [
                    ("file", visibleText(location.file)), ("line", String(location.line)),
                    ("col", String(location.column)),
                ] + properties
        }
        let list = properties.map { "\($0.0)=\(encoded($0.1, ":,"))" }.joined(separator: ",")
        return "::\(name) \(list)::\(encoded(message, ""))\n"
    }

    /// The text with percent signs, line breaks and `others` percent-encoded.
    private static func encoded(_ text: String, _ others: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if "%\r\n".unicodeScalars.contains(scalar) || others.unicodeScalars.contains(scalar) {
                let digits = String(scalar.value, radix: 16, uppercase: true)
                result += "%" + (digits.utf8.count < 2 ? "0" : "") + digits
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
