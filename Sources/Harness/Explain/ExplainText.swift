import Diagnostics
import Primitives
public import Reporting

/// Explanations as text for people.
public struct ExplainText: Sendable {
    private let style: TextStyle

    /// Writes in `style`.
    public init(style: TextStyle) {
        self.style = style
    }

    /// How many cases of one row are written out; the others are named.
    private static let cases = 3

    /// The text of several steps, of each row its first cases.
    public func render(_ explanations: [StepExplanation]) -> String {
        var seen: [SourceLocation: Int] = [:]
        var texts: [String] = []
        for explanation in explanations {
            seen[explanation.location, default: 0] += 1
            if seen[explanation.location, default: 0] <= Self.cases { texts.append(render(explanation)) }
        }
        let others = explanations.count - texts.count
        guard others > 0 else { return texts.joined(separator: "\n") }
        let last = explanations.last.map { "\($0.scenario)/\($0.step)" } ?? ""
        let more =
            "\(others) more case\(others == 1 ? "" : "s") of these rows; name one to show it: \(visibleText(last))"
        return (texts + [style.paint(more, .faint) + "\n"]).joined(separator: "\n")
    }

    /// The text of one step; ends with a line break.
    public func render(_ explanation: StepExplanation) -> String {
        var lines = [heading(explanation)]
        if !explanation.note.isEmpty { lines.append(style.paint(visibleText(explanation.note), .faint)) }
        if let skipped = explanation.skipped {
            lines.append(style.paint("not sent: \(visibleText(skipped))", .warning))
        }
        if let method = explanation.method, let url = explanation.url {
            lines += ["", "\(style.paint(method, .strong)) \(visibleText(url))"]
        }
        if !explanation.values.isEmpty {
            lines.append("")
            lines += columns(
                explanation.values.map { value in
                    [
                        Cell(value.place, .strong),
                        value.value.map { Cell($0.isEmpty ? "(empty)" : $0) } ?? Cell("(omitted)", .warning),
                        Cell(value.type ?? ""), Cell(place(value.schema), .faint),
                        Cell(value.source), Cell(place(value.origin), .faint),
                    ]
                })
        }
        let laws = explanation.checks.filter { $0.kind == "law" }.map { visibleText($0.text) }
        if !explanation.checks.isEmpty {
            lines.append("")
            lines += columns(
                explanation.checks.filter { $0.kind != "law" }.map { check in
                    [
                        Cell(check.kind, .strong), Cell(check.text), Cell(check.type ?? ""),
                        Cell(place(check.schema), .faint), Cell(place(check.origin), .faint),
                    ]
                })
        }
        if !laws.isEmpty { lines.append("  \(style.paint("laws", .strong))  \(laws.joined(separator: ", "))") }
        if let curl = explanation.curl { lines += ["", visibleText(curl)] }
        return lines.joined(separator: "\n") + "\n"
    }

    private func heading(_ explanation: StepExplanation) -> String {
        let name = style.paint("\(visibleText(explanation.scenario)) › \(visibleText(explanation.step))", .strong)
        var places = [explanation.location.description]
        if let operation = explanation.operation { places.append(operation.description) }
        return "\(name)  \(visibleText(explanation.call))  "
            + style.paint(places.map { visibleText($0) }.joined(separator: "  "), .faint)
    }

    private func place(_ location: SourceLocation?) -> String { location?.description ?? "" }
}

/// A cell of aligned text.
struct Cell {
    /// The widest that a cell gets; what is longer is cut.
    static let widest = 60

    var text: String
    var role: TextStyle.Role?

    init(_ text: String, _ role: TextStyle.Role? = nil) {
        let visible = visibleText(text)
        let scalars = visible.unicodeScalars
        self.text =
            scalars.count > Self.widest
            ? String(String.UnicodeScalarView(scalars.prefix(Self.widest - 1))) + "…" : visible
        self.role = role
    }

    var width: Int { text.unicodeScalars.count }
}

extension ExplainText {
    func columns(_ rows: [[Cell]]) -> [String] { style.columns(rows) }
}

extension TextStyle {
    /// Rows with their cells below one another, two blanks in front and between.
    func columns(_ rows: [[Cell]], indent: String = "  ") -> [String] {
        let count = rows.map(\.count).max() ?? 0
        let widths = (0..<count).map { column in rows.map { column < $0.count ? $0[column].width : 0 }.max() ?? 0 }
        return rows.map { row in
            var line = indent
            var pending = ""
            for (column, cell) in row.enumerated() where widths[column] > 0 {
                if cell.width > 0 {
                    line += pending + (cell.role.map { paint(cell.text, $0) } ?? cell.text)
                    pending = ""
                }
                pending += String(repeating: " ", count: widths[column] - cell.width + 2)
            }
            return line
        }
    }
}
