package import JSONDocument
import Primitives

/// A trend as text for people.
package struct RunTrendText: Sendable {
    /// The most runs in the table, and the most steps of one list.
    private static let mostRuns = 15
    private static let mostSteps = 20

    private let style: TextStyle

    /// Writes in `style`.
    package init(style: TextStyle) {
        self.style = style
    }

    /// The runs, the oldest first, then the steps whose results changed in the last one.
    package func render(_ trend: RunTrend) -> String {
        guard let last = trend.runs.last else { return "" }
        let shown = trend.runs.suffix(Self.mostRuns)
        let rows = shown.map { run in
            [
                Cell(String(run.startedAt.text(fractionDigits: 0).dropLast()).replacing("T", with: " ")),
                Cell(
                    run.failed > 0 ? "✗" : run.passed > 0 ? "✓" : "•",
                    run.failed > 0 ? .bad : run.passed > 0 ? .good : .warning),
                Cell("\(run.failed) failed", run.failed > 0 ? .bad : .faint), Cell("\(run.passed) passed"),
                Cell(plural(run.causes, "cause")), Cell(VerdictText.seconds(.milliseconds(run.milliseconds)), .faint),
            ]
        }
        let head = "\(plural(trend.runs.count, "run")) against \(visibleText(truncated(last.target, to: 60)))"
        let trailing = TextTable.Column(isTrailing: true)
        let table = TextTable(columns: [.natural, .natural, trailing, trailing, trailing, trailing], rows: rows)
        let rest = trend.runs.count - shown.count
        return
            ([style.paint(head, .strong)] + (rest > 0 ? ["  … \(plural(rest, "earlier run"))"] : [])
            + table.lines(style))
            .joined(separator: "\n") + "\n" + changes(trend)
    }

    private func changes(_ trend: RunTrend) -> String {
        let parts =
            [
                list("newly failing", trend.newlyFailing.map { [name($0, .bad)] }),
                list("newly fixed", trend.newlyFixed.map { [name($0, .good)] }),
                list(
                    "flaky",
                    trend.flaky.map { flaky in
                        let rate = flaky.unsteady * 100 / max(1, flaky.runs)
                        return [
                            name(flaky.name, .warning),
                            Cell("failed or retried in \(flaky.unsteady) of \(plural(flaky.runs, "run")) (\(rate) %)"),
                        ]
                    }),
                list(
                    "slower than before",
                    trend.slower.map { slower in
                        [
                            name(slower.name, .warning),
                            Cell("\(milliseconds(slower.tenths)), usually \(milliseconds(slower.usual))"),
                        ]
                    }),
            ].joined()
        if !parts.isEmpty { return parts }
        return trend.runs.count > 1 ? "no step changed its result in the last run\n" : ""
    }

    private func name(_ name: RunTrend.StepName, _ role: TextStyle.Role) -> Cell {
        Cell("\(name.scenario) › \(name.step)", role, limit: 80)
    }

    private func milliseconds(_ tenths: Int) -> String { "\(tenths / 10) ms" }

    private func list(_ title: String, _ rows: [[Cell]]) -> String {
        guard !rows.isEmpty else { return "" }
        let rest = rows.count - Self.mostSteps
        let lines = TextTable(rows: Array(rows.prefix(Self.mostSteps))).lines(style)
        return ([style.paint("\(title) (\(rows.count))", .strong)] + lines + (rest > 0 ? ["  … and \(rest) more"] : []))
            .joined(separator: "\n") + "\n"
    }
}

/// A trend as JSON.
package enum RunTrendJSON {
    /// The report of `assay history` as pretty-printed JSON.
    package static func render(_ trend: RunTrend?) -> String {
        JSONEnvelope("history").render(
            exit: 0, members(trend))
    }

    /// The members of the report; all lists are empty without a run.
    package static func members(_ trend: RunTrend?) -> [(String, JSONValue?)] {
        [
            ("runs", .array((trend?.runs ?? []).map(run))),
            ("newlyFailing", .array((trend?.newlyFailing ?? []).map { .members(name($0)) })),
            ("newlyFixed", .array((trend?.newlyFixed ?? []).map { .members(name($0)) })),
            (
                "flaky",
                .array(
                    (trend?.flaky ?? []).map {
                        .members(name($0.name) + [("unsteady", .integer($0.unsteady)), ("runs", .integer($0.runs))])
                    })
            ),
            (
                "slower",
                .array(
                    (trend?.slower ?? []).map {
                        .members(
                            name($0.name) + [
                                ("milliseconds", .integer($0.tenths / 10)), ("usual", .integer($0.usual / 10)),
                            ])
                    })
            ),
        ]
    }

    private static func name(_ name: RunTrend.StepName) -> [(String, JSONValue?)] {
        [("scenario", .string(name.scenario)), ("step", .string(name.step))]
    }

    private static func run(_ run: HistoryEntry) -> JSONValue {
        .members([
            ("startedAt", .string(run.startedAt.text(fractionDigits: 0))), ("seed", .string(run.seed)),
            ("target", .string(run.target)), ("versions", .array(run.versions.map { .string($0) })),
            ("exit", .integer(run.exit)), ("failed", .integer(run.failed)), ("passed", .integer(run.passed)),
            ("causes", .integer(run.causes)), ("milliseconds", .integer(run.milliseconds)),
        ])
    }
}
