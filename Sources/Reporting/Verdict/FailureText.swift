import Conformance
import Diagnostics
import Exchanges
import Primitives

/// The failures of a verdict in the text report: a numbered block for each group, and the list at the end.
extension VerdictText {
    /// A block for each group of errors: its first case in full, then the other steps.
    func failures(_ groups: [ReportedGroup], of report: RunReport) -> String {
        // An exchange is shown in the first failure that concerns it.
        var shownIn: [Int: Int] = [:]
        return groups.map { group in
            var text = head(of: group) + self.lines(of: finding(of: group))
            let earlier = group.exchange.flatMap { shownIn[$0.sequence] }
            if let exchange = group.exchange, earlier == nil { shownIn[exchange.sequence] = group.number }
            if let earlier {
                text.append("    received  as in failure \(earlier)")
            } else if let response = group.exchange?.response {
                text += received(response, at: group.first.response)
            }
            text += others(of: group)
            if let exchange = group.exchange, earlier == nil {
                text.append("  " + style.paint(report.curl(exchange), .faint))
            }
            return text.joined(separator: "\n") + "\n\n"
        }.joined()
    }

    /// The failures once more, one line for each.
    func failureList(_ groups: [ReportedGroup]) -> String {
        let rows = groups.map { group in
            [
                Cell(group.number.map(String.init) ?? ""), Cell(shown(group.first.rule), .bad, limit: 28),
                Cell(shown(group.subject), limit: 32),
                Cell(group.steps.count > 1 ? "\(group.steps.count) steps" : ""),
                Cell(group.row.map { shown("\($0.file):\($0.line)") } ?? ""),
            ]
        }
        guard !rows.isEmpty else { return "" }
        let table = TextTable(columns: [TextTable.Column(isTrailing: true)], rows: rows)
        return "failures\n" + table.lines(style).joined(separator: "\n") + "\n"
    }

    // MARK: Parts of a block

    private func head(of group: ReportedGroup) -> [String] {
        let mark = style.paint("✗ \(group.number ?? 0)  ", .bad)
        guard let step = group.step?.verdict else { return [mark + style.paint(shown(group.title), .strong)] }
        let way = step.exchanges.filter { $0.attempt == step.exchanges.last?.attempt }
        let status = way.compactMap(\.response).map { " → \($0.status)" }.joined()
        let head =
            mark + style.paint(shown(group.title), .strong) + shown("  \(step.call)\(status)")
            + style.paint("  " + shown(step.location.description), .faint)
        return [head] + (step.note.isEmpty ? [] : [style.paint("  " + shown(step.note), .faint)])
    }

    /// The first finding without the location that the first line of the block has.
    private func finding(of group: ReportedGroup) -> Finding {
        var finding = group.first
        if finding.table == group.step?.verdict.location { finding.table = nil }
        return finding
    }

    private func received(_ response: ResponseMessage, at place: ResponsePlace?) -> [String] {
        let excerpt = ResponseExcerpt(style: style, redactor: redactor).lines(of: response, at: place)
        return excerpt.prefix(1).map { "    received  " + $0 } + excerpt.dropFirst().map { "      | " + $0 }
    }

    /// The other steps of the group, as far as they fit on a few lines.
    private func others(of group: ReportedGroup) -> [String] {
        let others = group.steps.dropFirst()
        guard !others.isEmpty else { return [] }
        let names = others.prefix(WrappedList.usualLimit).map { shown($0.title, limit: 60) }
        let label = "    also in   \(plural(others.count, "more step")): "
        return WrappedList(label: label, indent: 14, names: names, count: others.count).lines
    }
}
