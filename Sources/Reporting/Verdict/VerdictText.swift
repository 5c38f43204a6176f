import Conformance
import Diagnostics
package import Exchanges
import JSONDocument
import Primitives

/// A verdict as text for people: every failure with its places and a diff, then a few lines of figures.
package struct VerdictText: Sendable {
    let style: TextStyle
    let listsMissing: Bool
    /// The most reasons for which skipped steps are listed.
    private static let listedReasons = 5
    let redactor: Redactor

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
    /// - Parameter folder: The folder with the files of the run; `nil` leaves the line out.
    package func render(_ report: RunReport, folder: String? = nil) -> String {
        let failures = report.failures
        return head(report.verdict) + self.failures(failures, of: report) + notRunSteps(report.verdict)
            + lesser(Array(report.groups.dropFirst(failures.count)), isFailing: !failures.isEmpty)
            + figures(report, folder: folder) + failureList(failures)
    }

    /// The hints about the run as a whole.
    private func head(_ verdict: Verdict) -> String {
        let text = DiagnosticText(style: style, isWrapped: true)
        return verdict.hints.map { text.render(redactor.redact($0)) + "\n" }.joined()
    }

    /// A text from outside as it is shown: secrets are masked first, then the text is cut, then escaped.
    func shown(_ text: String, limit: Int = 400) -> String {
        visibleText(truncated(redactor.redact(text), to: limit))
    }

    /// Steps that were not run: one line for each, or one for a reason with many steps.
    private func notRunSteps(_ verdict: Verdict) -> String {
        var groups: [(reason: String, names: [String], isUnjudged: Bool)] = []
        var places: [String: Int] = [:]
        for (_, scenario) in verdict.scenarios.others {
            for step in scenario.steps where step.outcome == .notRun {
                let reason = step.reason?.sentence ?? ""
                let name = "\(scenario.name) › \(step.name)"
                if let place = places[reason] {
                    groups[place].names.append(name)
                } else {
                    places[reason] = groups.count
                    groups.append((reason, [name], step.reason?.isUnjudged == true))
                }
            }
        }
        let lines = groups.prefix(Self.listedReasons).flatMap { group -> [String] in
            let reason = (group.isUnjudged ? "not judged: " : "skipped: ") + shown(group.reason)
            guard group.names.count > 3 else {
                return group.names.flatMap { name in
                    labels.lines(
                        of: [("•", .warning), (shown(name), nil), (" \(reason)", nil)], gap: " ")
                }
            }
            let names = group.names.prefix(3).map { shown($0) }.joined(separator: ", ")
            return labels.lines(
                of: [("•", .warning), ("\(group.names.count) steps \(reason)", nil)], gap: " ")
                + labels.lines(of: [("\(names) and \(group.names.count - 3) more", nil)], indent: 4)
        }
        let rest = groups.dropFirst(Self.listedReasons).reduce(0) { $0 + $1.names.count }
        let more =
            rest > 0 ? [style.paint("•", .warning) + " \(plural(rest, "more step")) skipped"] : []
        return lines.isEmpty ? "" : (lines + more).joined(separator: "\n") + "\n\n"
    }

    /// Warnings and notes, one line for each group with the number of its findings.
    private func lesser(_ groups: [ReportedGroup], isFailing: Bool) -> String {
        let warnings = groups.filter { $0.first.severity == .warning }.prefix(isFailing ? 5 : 20)
        let notes = groups.filter { $0.first.severity == .note }.prefix(isFailing ? 2 : 10)
        let listed = warnings + notes
        guard !listed.isEmpty else { return "" }
        let lines = listed.flatMap { lesserLines(of: $0.first, count: $0.count) }
        let rest = groups.count - listed.count
        return (lines + (rest > 0 ? ["… and \(rest) more in the JSON report"] : [])).joined(
            separator: "\n") + "\n\n"
    }
}
