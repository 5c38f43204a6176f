import Diagnostics
import Primitives

/// Explanations as text for people.
package struct ExplanationText: Sendable {
    private let style: TextStyle

    /// Writes in `style`.
    package init(style: TextStyle) {
        self.style = style
    }

    /// The number of cases of one row that are explained in full. Further cases are only named.
    private static let cases = 3

    /// The text of several steps, with the first cases of each row.
    package func render(_ explanations: [StepExplanation]) -> String {
        var seen: [SourceLocation: Int] = [:]
        var texts: [String] = []
        for explanation in explanations {
            seen[explanation.location, default: 0] += 1
            if seen[explanation.location, default: 0] <= Self.cases { texts.append(render(explanation)) }
        }
        let others = explanations.count - texts.count
        guard others > 0 else { return texts.joined(separator: "\n") }
        let last = explanations.last.map { "\($0.scenario)/\($0.step)" } ?? ""
        let more = "\(plural(others, "more case")) of these rows; name one to show it: \(visibleText(last))"
        return (texts + [style.paint(more, .faint) + "\n"]).joined(separator: "\n")
    }

    /// The text of one step; ends with a line break.
    package func render(_ explanation: StepExplanation) -> String {
        var lines = [heading(explanation)]
        if !explanation.note.isEmpty { lines.append(style.paint(visibleText(explanation.note), .faint)) }
        lines += explanation.refs.map { style.paint("shows \(visibleText($0))", .faint) }
        if let skipped = explanation.skipped {
            lines.append(style.paint("not sent: \(visibleText(skipped))", .warning))
        }
        if let request = explanation.request {
            lines += ["", "\(style.paint(request.method, .strong)) \(visibleText(request.url))"]
        }
        if !explanation.values.isEmpty { lines += [""] + style.columns(explanation.values.map(row)) }
        if !explanation.checks.isEmpty {
            lines += [""] + style.columns(explanation.checks.filter { $0.kind != "law" }.map(row))
        }
        let laws = explanation.checks.filter { $0.kind == "law" }.map { visibleText($0.text) }
        if !laws.isEmpty { lines.append("  \(style.paint("laws", .strong))  \(laws.joined(separator: ", "))") }
        if let curl = explanation.request?.curl { lines += ["", visibleText(curl)] }
        return lines.joined(separator: "\n") + "\n"
    }

    private func row(_ value: ExplainedValue) -> [Cell] {
        [
            Cell(value.place, .strong),
            value.value.map { Cell($0.isEmpty ? "(empty)" : $0) } ?? Cell("(omitted)", .warning),
            Cell(value.type ?? ""), Cell(place(value.schema), .faint),
            Cell(value.source), Cell(place(value.origin), .faint),
        ]
    }

    private func row(_ check: ExplainedCheck) -> [Cell] {
        [
            Cell(check.kind, .strong), Cell(check.text), Cell(check.type ?? ""), Cell(place(check.schema), .faint),
            Cell(place(check.origin), .faint),
        ]
    }

    private func heading(_ explanation: StepExplanation) -> String {
        let name = style.paint("\(visibleText(explanation.scenario)) › \(visibleText(explanation.step))", .strong)
        let places = [explanation.location, explanation.operation].compactMap { $0?.description }
        return "\(name)  \(visibleText(explanation.call))  "
            + style.paint(places.map { visibleText($0) }.joined(separator: "  "), .faint)
    }

    private func place(_ location: SourceLocation?) -> String { location?.description ?? "" }
}
