package import Conformance
import Diagnostics
package import Exchanges
import Primitives

/// A verdict in Markdown, for the summary of a job or a comment: the figures, a table of failures, and the first case of
/// each failure.
package struct VerdictMarkdown: Sendable {
    /// The most failures that are shown in full.
    private static let mostDetails = 20
    /// The most failures in the table.
    private static let mostRows = 100

    private let redactor: Redactor
    private let text: VerdictText

    /// Masks secrets with `redactor`.
    package init(redactor: Redactor) {
        self.redactor = redactor
        text = VerdictText(style: TextStyle(isColoured: false), redactor: redactor)
    }

    /// The page; `elapsed` is the duration of the run.
    package func render(_ verdict: Verdict, elapsed: Duration) -> String {
        let groups = verdict.groups
        let failures = groups.filter { $0.first.severity == .error }
        let parts =
            [head(verdict, failures, elapsed), hints(verdict), table(failures, of: verdict)]
            + failures.prefix(Self.mostDetails).map { details($0, of: verdict) } + [rest(groups, failures)]
        return parts.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private func head(_ verdict: Verdict, _ failures: [FindingGroup], _ elapsed: Duration) -> String {
        let summary = Summary(verdict)
        let mark = verdict.fails() ? "❌" : summary.notRun > 0 || summary.passed == 0 ? "⚠️" : "✅"
        let result = failures.isEmpty ? "no failures" : plural(failures.count, "failure")
        let figures = [
            "\(summary.passed) passed", "\(summary.failed) failed", "\(summary.skipped + summary.notRun) skipped",
        ].joined(separator: ", ")
        let target = MarkdownText.code(text.shown(verdict.run.target))
        return """
            ## \(mark) \(result)

            \(plural(summary.scenarios, "scenario")): \(figures) · \(plural(summary.steps, "step")), \
            \(plural(summary.exchanges, "exchange")) in \(VerdictText.seconds(elapsed)) · target \(target) · \
            seed \(MarkdownText.code(text.shown(verdict.run.seed)))

            """
    }

    private func hints(_ verdict: Verdict) -> String {
        verdict.hints.map { hint in
            let help = hint.help.map { ": " + MarkdownText.escaped(text.shown($0)) } ?? ""
            return "> **\(hint.severity.rawValue)** \(MarkdownText.escaped(text.shown(hint.message)))\(help)\n"
        }.joined(separator: ">\n")
    }

    private func table(_ failures: [FindingGroup], of verdict: Verdict) -> String {
        guard !failures.isEmpty else { return "" }
        let rows = failures.prefix(Self.mostRows).map { group -> String in
            let first = group.first
            let location = first.table ?? group.steps.first.map { verdict.step(at: $0).step.location }
            let cells = [
                group.number.map(String.init) ?? "", code(first.rule), first.operation.map(code) ?? "",
                first.response.map { code($0.description) } ?? "", String(group.steps.count),
                location.map { code("\($0.file):\($0.line)") } ?? "",
            ]
            return "| " + cells.joined(separator: " | ") + " |\n"
        }
        let more = failures.count - rows.count
        return "| # | rule | operation | place | steps | row |\n| --: | --- | --- | --- | --: | --- |\n" + rows.joined()
            + (more > 0 ? "\n\(plural(more, "more failure")) in the JSON report\n" : "")
    }

    private func details(_ group: FindingGroup, of verdict: Verdict) -> String {
        let first = group.first
        var lines = text.lines(of: first).dropFirst().map { String($0.dropFirst(4)) }
        if let place = group.steps.first {
            let step = verdict.step(at: place).step
            let exchange = step.exchanges.first { $0.sequence == first.exchange } ?? step.exchanges.last
            if let response = exchange?.response {
                let excerpt = ResponseExcerpt(style: text.style, redactor: redactor).lines(
                    of: response, at: first.response)
                lines += excerpt.prefix(1).map { "received  " + $0 } + excerpt.dropFirst().map { "  | " + $0 }
            }
            if let exchange { lines.append(ReproductionLine(verdict.run, redactor: redactor).text(exchange.request)) }
        }
        let steps = group.steps.prefix(WrappedList.usualLimit).map { place in
            let (scenario, step) = verdict.step(at: place)
            return code("\(scenario.name) › \(step.name)")
        }
        let more = group.steps.count - steps.count
        let list =
            steps.isEmpty ? "" : "in \(steps.joined(separator: ", "))" + (more > 0 ? " and \(more) more" : "") + "\n\n"
        return """
            ### \(group.number ?? 0). \(code(first.rule)) \(MarkdownText.escaped(text.shown(first.message)))

            \(list)\(MarkdownText.block(lines))
            """
    }

    /// The number of failures that are not shown in full, and of warnings and notes.
    private func rest(_ groups: [FindingGroup], _ failures: [FindingGroup]) -> String {
        let warnings = groups.count { $0.first.severity == .warning }
        let notes = groups.count { $0.first.severity == .note }
        let parts = [
            warnings > 0 ? plural(warnings, "warning") : nil, notes > 0 ? plural(notes, "note") : nil,
        ].compactMap { $0 }
        return parts.isEmpty ? "" : parts.joined(separator: " and ") + " in the JSON report\n"
    }

    private func code(_ text: String) -> String { MarkdownText.code(self.text.shown(text)) }
}
