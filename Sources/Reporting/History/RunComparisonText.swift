package import JSONDocument
import Primitives

/// A comparison as text for people.
package struct RunComparisonText: Sendable {
    /// The most entries of one list.
    private static let longestList = 30

    private let style: TextStyle

    /// Writes in `style`.
    package init(style: TextStyle) {
        self.style = style
    }

    /// The two reports side by side, then the steps and causes that differ.
    package func render(_ comparison: RunComparison) -> String {
        let (before, after) = (comparison.before, comparison.after)
        let rows = [
            [Cell(""), Cell(before.path), Cell(after.path)],
            [Cell("started"), Cell(before.startedAt), Cell(after.startedAt)],
            [Cell("target"), Cell(before.target), Cell(after.target)],
            figures("passed", comparison, "passed"), figures("failed", comparison, "failed"),
            [Cell("causes"), Cell(String(before.causes.count)), Cell(String(after.causes.count))],
        ]
        let lists = [
            steps("newly failing", comparison.newlyFailing, .bad), steps("newly fixed", comparison.newlyFixed, .good),
            steps("no longer judged", comparison.lost, .warning),
            steps("still failing", comparison.stillFailing, .faint),
            causes("new causes", comparison.newCauses, .bad), causes("gone causes", comparison.goneCauses, .good),
        ]
        let added =
            comparison.added.isEmpty ? "" : "\(plural(comparison.added.count, "step")) judged for the first time\n"
        let isSame = lists.allSatisfy(\.isEmpty) && added.isEmpty
        return TextTable(indent: "", rows: rows).lines(style).joined(separator: "\n") + "\n" + lists.joined() + added
            + (isSame ? "the results are the same\n" : "")
    }

    private func figures(_ title: String, _ comparison: RunComparison, _ outcome: String) -> [Cell] {
        [Cell(title)]
            + [comparison.before, comparison.after].map { report in
                Cell(plural(report.steps.count { $0.outcome == outcome }, "step"))
            }
    }

    private func steps(_ title: String, _ steps: [ComparedReport.Step], _ role: TextStyle.Role) -> String {
        list(
            title,
            steps.map { step in
                [
                    Cell("\(step.name.scenario) › \(step.name.step)", role, limit: 80),
                    Cell(step.errors.joined(separator: ", "), limit: 80),
                ]
            })
    }

    private func causes(_ title: String, _ causes: [ComparedReport.Cause], _ role: TextStyle.Role) -> String {
        list(
            title,
            causes.map { [Cell($0.rule, role), Cell($0.place), Cell($0.message, limit: 80)] })
    }

    private func list(_ title: String, _ rows: [[Cell]]) -> String {
        guard !rows.isEmpty else { return "" }
        let rest = rows.count - Self.longestList
        let lines = TextTable(rows: Array(rows.prefix(Self.longestList))).lines(style)
        return ([style.paint("\(title) (\(rows.count))", .strong)] + lines + (rest > 0 ? ["  … and \(rest) more"] : []))
            .joined(separator: "\n") + "\n"
    }
}

/// A comparison as JSON.
package enum RunComparisonJSON {
    /// The report of `assay compare` as pretty-printed JSON.
    ///
    /// - Parameter exit: The exit code of the process.
    package static func render(_ comparison: RunComparison, exit: Int) -> String {
        JSONEnvelope("compare").render(exit: exit, members(comparison))
    }

    /// The members of the report of a command that compared nothing.
    package static let membersOfNothing: [(String, JSONValue?)] = [
        ("before", .null), ("after", .null), ("newlyFailing", []), ("newlyFixed", []), ("stillFailing", []),
        ("lost", []), ("added", []), ("newCauses", []), ("goneCauses", []),
    ]

    private static func members(_ comparison: RunComparison) -> [(String, JSONValue?)] {
        [
            ("before", report(comparison.before)), ("after", report(comparison.after)),
            ("newlyFailing", .array(comparison.newlyFailing.map(step))),
            ("newlyFixed", .array(comparison.newlyFixed.map(step))),
            ("stillFailing", .array(comparison.stillFailing.map(step))),
            ("lost", .array(comparison.lost.map(step))), ("added", .array(comparison.added.map(step))),
            ("newCauses", .array(comparison.newCauses.map(cause))),
            ("goneCauses", .array(comparison.goneCauses.map(cause))),
        ]
    }

    private static func report(_ report: ComparedReport) -> JSONValue {
        .members([
            ("path", .string(report.path)), ("startedAt", .string(report.startedAt)),
            ("target", .string(report.target)), ("steps", .integer(report.steps.count)),
            ("causes", .integer(report.causes.count)),
        ])
    }

    private static func step(_ step: ComparedReport.Step) -> JSONValue {
        .members([
            ("scenario", .string(step.name.scenario)), ("step", .string(step.name.step)),
            ("outcome", .string(step.outcome)), ("errors", .array(step.errors.map { .string($0) })),
        ])
    }

    private static func cause(_ cause: ComparedReport.Cause) -> JSONValue {
        .members([
            ("rule", .string(cause.rule)), ("place", .string(cause.place)), ("message", .string(cause.message)),
            ("fingerprint", .string(cause.fingerprint)),
        ])
    }
}
