import Conformance
import Exchanges
import Primitives

/// The last lines of the text report: the scenarios and steps that were run, and their results.
extension VerdictText {
    func figures(_ report: RunReport, folder: String?) -> String {
        let (verdict, summary) = (report.verdict, report.summary)
        let scenarios = scenarioFigures(report)
        let skippedSteps = summary.skippedSteps > 0 ? " (\(summary.skippedSteps) skipped)" : ""
        let steps =
            "\(plural(summary.steps, "step"))\(skippedSteps), \(plural(summary.exchanges, "exchange"))"
            + " in \(Self.seconds(report.elapsed))"
        let width = scenarios.reduce(-1) { $0 + 1 + $1.text.unicodeScalars.count }
        let isNarrow = width + 3 + steps.unicodeScalars.count > style.width
        var lines = labels.lines(of: scenarios, further: 2, gap: " ")
        if isNarrow {
            lines += labels.lines(of: [(steps, nil)], indent: 2)
        } else {
            lines = [lines.joined() + " · \(steps)"]
        }
        if summary.skippedSteps > 0 { lines += skipped(verdict) }
        let coverage = verdict.coverage
        if coverage.documentedResponses > 0 {
            lines += figure(
                "coverage",
                "\(coverage.exercisedOperations) of \(plural(coverage.operations.count, "operation")), "
                    + "\(coverage.exercisedResponses) of \(coverage.documentedResponses) documented responses"
            )
            // Failures come first; rows can be added when the run passes.
            if listsMissing, summary.failed == 0 { lines += missing(coverage) }
        }
        lines += requirements(verdict, isFailing: summary.failed > 0)
        if let folder { lines += figure("reports", shown(folder)) }
        lines += figure("seed", shown(verdict.run.seed))
        return lines.joined(separator: "\n") + "\n"
    }

    /// `✗ 3 scenarios: 1 failed, 2 passed`: the mark and the figures of scenarios, in parts that are not split.
    private func scenarioFigures(_ report: RunReport) -> [LabelledLines.Part] {
        let summary = report.summary
        var counts: [LabelledLines.Part] = []
        if summary.failed > 0 { counts.append(("\(summary.failed) failed", .bad)) }
        counts.append(("\(summary.passed) passed", counts.isEmpty && summary.passed > 0 ? .good : nil))
        // The sum of skipped steps and steps that could not run. The lines below list the reasons.
        let skips = summary.skipped + summary.notRun
        if skips > 0 { counts.append(("\(skips) skipped", summary.notRun > 0 ? .warning : nil)) }
        for index in counts.indices.dropLast() { counts[index].text += "," }
        return [mark(report), ("\(plural(summary.scenarios, "scenario")):", nil)] + counts
    }

    /// The results of requirements. A failing report names those that failed, and otherwise contains no line about them.
    private func requirements(_ verdict: Verdict, isFailing: Bool) -> [String] {
        let all = verdict.requirements
        let failed = all.filter { $0.state == .failed }.map(\.id)
        guard !all.isEmpty, !isFailing || !failed.isEmpty else { return [] }
        let more = failed.count > 3 ? ", …" : ""
        let named =
            failed.isEmpty ? "" : " (\(failed.prefix(3).map { shown($0, limit: 40) }.joined(separator: ", "))\(more))"
        let count = RequirementCount(all)
        let text = count.text(failed: named)
        // The names are in the other formats too, so a second line is not worth it.
        return figure("refs", text.unicodeScalars.count + 12 <= style.width ? text : count.text(failed: ""))
    }

    /// `  coverage  3 of 11 operations`: a label and a text, which continues below itself.
    private func figure(_ label: String, _ text: String) -> [String] {
        let head = "  " + label + String(repeating: " ", count: max(1, 10 - label.utf8.count))
        let lines = WrappedText(width: style.width).lines(text, first: 12, indent: 12)
        return [head + (lines.first ?? "")] + lines.dropFirst()
    }

    /// The first operation with parts that no exchange exercised, and the number of the others. The JSON report lists all
    /// of them.
    private func missing(_ coverage: Coverage) -> [String] {
        let incomplete = coverage.operations.filter { !$0.missing.isEmpty }
        guard let first = incomplete.first else { return [] }
        let hasVersions = Set(coverage.operations.map(\.contract)).count > 1
        let parts = first.missing.prefix(4).map(\.what) + (first.missing.count > 4 ? ["…"] : [])
        let version = hasVersions ? " (\(first.contract))" : ""
        let named = shown("\(first.operation)\(version): \(parts.joined(separator: ", "))", limit: 120)
        let others = incomplete.count > 1 ? "; \(plural(incomplete.count - 1, "more operation"))" : ""
        return figure("to add", "\(named)\(others)  (rows: --report json)")
    }

    /// The reasons why steps were skipped, the most frequent ones first.
    private func skipped(_ verdict: Verdict) -> [String] {
        var reasons: [(sentence: String, count: Int)] = []
        for step in verdict.scenarios.lazy.flatMap(\.steps) where step.outcome == .skipped {
            let sentence = shown(step.reason?.sentence ?? "")
            if let index = reasons.firstIndex(where: { $0.sentence.isSame(as: sentence) }) {
                reasons[index].count += 1
            } else {
                reasons.append((sentence, 1))
            }
        }
        reasons.sort { $0.count > $1.count }
        let frequent = reasons.prefix(2)
        let rest = reasons.dropFirst(frequent.count).reduce(0) { $0 + $1.count }
        return frequent.flatMap { figure("skipped", "\(plural($0.count, "step")): \($0.sentence)") }
            + (rest > 0 ? figure("skipped", "\(plural(rest, "step")) more (reasons: --report json)") : [])
    }

    /// A run with a skipped part has neither failed nor passed.
    private func mark(_ report: RunReport) -> LabelledLines.Part {
        switch report.result {
        case .failed: ("✗", .bad)
        case .incomplete: ("•", .warning)
        case .passed: ("✓", .good)
        }
    }

    /// A duration for people: `87 ms`, `1.5 s`.
    static func seconds(_ duration: Duration) -> String {
        let milliseconds = Int(duration / .milliseconds(1))
        return milliseconds < 1000
            ? "\(milliseconds) ms" : "\(milliseconds / 1000).\(milliseconds % 1000 / 100) s"
    }
}
