import Conformance
import Diagnostics
import Exchanges
import Primitives

/// A run in Markdown, for the summary of a job or a comment: the figures, a table of failures, and the first case of
/// each failure.
package struct VerdictMarkdown: Sendable {
    /// The most failures that are shown in full.
    private static let mostDetails = 20
    /// The most failures in the table.
    private static let mostRows = 100

    private let report: RunReport
    private let text: VerdictText

    /// The page of a run.
    package init(_ report: RunReport) {
        self.report = report
        text = report.plain
    }

    /// The page.
    package func render() -> String {
        let failures = report.failures
        let parts =
            [head(failures), hints, table(failures), requirements] + failures.prefix(Self.mostDetails).map(details) + [
                rest
            ]
        return parts.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private func head(_ failures: [ReportedGroup]) -> String {
        let (verdict, summary) = (report.verdict, report.summary)
        let mark =
            switch report.result {
            case .failed: "❌"
            case .incomplete: "⚠️"
            case .passed: "✅"
            }
        let result = failures.isEmpty ? "no failures" : plural(failures.count, "failure")
        let skipped = summary.skipped + summary.notRun
        let figures: String = "\(summary.passed) passed, \(summary.failed) failed, \(skipped) skipped"
        let target = MarkdownText.code(text.shown(verdict.run.target))
        return """
            ## \(mark) \(result)

            \(plural(summary.scenarios, "scenario")): \(figures) · \(plural(summary.steps, "step")), \
            \(plural(summary.exchanges, "exchange")) in \(VerdictText.seconds(report.elapsed)) · target \(target) · \
            seed \(MarkdownText.code(text.shown(verdict.run.seed)))

            """
    }

    private var hints: String {
        report.verdict.hints.map { hint in
            let help = hint.help.map { ": " + MarkdownText.escaped(text.shown($0)) } ?? ""
            return
                "> **\(hint.severity.rawValue)** \(MarkdownText.escaped(text.shown(hint.message)))\(help)\n"
        }.joined(separator: ">\n")
    }

    private func table(_ failures: [ReportedGroup]) -> String {
        guard !failures.isEmpty else { return "" }
        let rows = failures.prefix(Self.mostRows).map { group -> String in
            let first = group.first
            let number: String = group.number.map { String($0) } ?? ""
            let place: String = first.response.map { code($0.description) } ?? ""
            let row: String = group.row.map { code("\($0.file):\($0.line)") } ?? ""
            let operation: String = first.operation.map { code($0) } ?? ""
            let cells: [String] = [
                number, code(first.rule), operation, place, String(group.steps.count), row,
            ]
            return "| " + cells.joined(separator: " | ") + " |\n"
        }
        let more = failures.count - rows.count
        return "| # | rule | operation | place | steps | row |\n| --: | --- | --- | --- | --: | --- |\n"
            + rows.joined()
            + (more > 0 ? "\n\(plural(more, "more failure")) in the JSON report\n" : "")
    }

    /// The requirements, those that were not shown first.
    private var requirements: String {
        let all = report.verdict.requirements
        guard !all.isEmpty else { return "" }
        let sorted = RequirementCount.order.flatMap { state in all.filter { $0.state == state } }
        let rows = sorted.prefix(Self.mostRows).map { verdict in
            let id = code(verdict.id)
            let cells = [
                verdict.link.map { "[\(id)](\(MarkdownText.address($0)))" } ?? id, verdict.state.words,
                verdict.level, String(verdict.rows.count),
                MarkdownText.escaped(text.shown(verdict.title)),
            ]
            return "| " + cells.joined(separator: " | ") + " |\n"
        }
        let more = all.count - rows.count
        return "### Requirements: \(RequirementCount(all).text)\n\n"
            + "| id | result | level | rows | requirement |\n| --- | --- | --- | --: | --- |\n" + rows.joined()
            + (more > 0 ? "\n\(plural(more, "more requirement")) in the JSON report\n" : "")
    }

    private func details(_ group: ReportedGroup) -> String {
        let first = group.first
        var lines = text.lines(of: first).dropFirst().map { String($0.dropFirst(4)) }
        if let response = group.exchange?.response {
            let excerpt = ResponseExcerpt(style: text.style, redactor: report.redactor).lines(
                of: response, at: first.response)
            lines += excerpt.prefix(1).map { "response  " + $0 } + excerpt.dropFirst().map { "  | " + $0 }
        }
        if let exchange = group.exchange { lines.append(report.curl(exchange)) }
        let steps = group.steps.prefix(WrappedList.usualLimit).map { code($0.title) }
        let more = group.steps.count - steps.count
        let list =
            steps.isEmpty
            ? "" : "in \(steps.joined(separator: ", "))" + (more > 0 ? " and \(more) more" : "") + "\n\n"
        return """
            ### \(group.number ?? 0). \(code(first.rule)) \(MarkdownText.escaped(text.shown(first.message)))

            \(list)\(MarkdownText.block(lines))
            **Help:** \(MarkdownText.escaped(text.shown(first.remedy))); explanation: \(code(first.explainCommand))

            """
    }

    /// The number of warnings and notes.
    private var rest: String {
        let warnings = report.groups.count { $0.first.severity == .warning }
        let notes = report.groups.count { $0.first.severity == .note }
        let parts = [
            warnings > 0 ? plural(warnings, "warning") : nil, notes > 0 ? plural(notes, "note") : nil,
        ].compactMap { $0 }
        return parts.isEmpty ? "" : parts.joined(separator: " and ") + " in the JSON report\n"
    }

    private func code(_ text: String) -> String { MarkdownText.code(self.text.shown(text)) }
}
