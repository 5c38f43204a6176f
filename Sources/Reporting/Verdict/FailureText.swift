import Conformance
import Diagnostics
import Exchanges
import Primitives

/// The failures of a verdict in the text report: a numbered block for each group, and the list at the end.
extension VerdictText {
    /// A block for each group of errors: its first case in full, then the other steps.
    func failures(_ groups: [FindingGroup], of verdict: Verdict) -> String {
        let lines = ReproductionLine(verdict.run, redactor: redactor)
        // An exchange is shown in the first failure that concerns it.
        var shownIn: [Int: Int] = [:]
        return groups.map { group in
            var text = head(of: group, verdict) + self.lines(of: finding(of: group, verdict))
            let exchange = exchange(of: group, verdict)
            let earlier = exchange.flatMap { shownIn[$0.sequence] }
            if let exchange, earlier == nil { shownIn[exchange.sequence] = group.number }
            if let earlier {
                text.append("    received  as in failure \(earlier)")
            } else if let response = exchange?.response {
                text += received(response, at: group.first.response)
            }
            text += others(of: group, verdict)
            if let exchange, earlier == nil { text.append("  " + style.paint(lines.text(exchange.request), .faint)) }
            return text.joined(separator: "\n") + "\n\n"
        }.joined()
    }

    /// The failures once more, one line for each.
    func failureList(_ groups: [FindingGroup], of verdict: Verdict) -> String {
        let rows = groups.map { group in
            let first = group.first
            let place = first.response.map { shown($0.description) }
            let what = [first.operation.map { shown($0) }, place].compactMap { $0 }.joined(separator: " ")
            let location = first.table ?? group.steps.first.map { verdict.step(at: $0).step.location }
            return [
                Cell(group.number.map(String.init) ?? ""), Cell(shown(first.rule), .bad, limit: 28),
                Cell(what, limit: 32), Cell(group.steps.count > 1 ? "\(group.steps.count) steps" : ""),
                Cell(location.map { shown("\($0.file):\($0.line)") } ?? ""),
            ]
        }
        guard !rows.isEmpty else { return "" }
        let table = TextTable(columns: [TextTable.Column(isTrailing: true)], rows: rows)
        return "failures\n" + table.lines(style).joined(separator: "\n") + "\n"
    }

    // MARK: Parts of a block

    private func head(of group: FindingGroup, _ verdict: Verdict) -> [String] {
        let mark = style.paint("✗ \(group.number ?? 0)  ", .bad)
        guard let place = group.members[0].step else {
            let name = shown([group.first.scenario, group.first.step].filter { !$0.isEmpty }.joined(separator: " › "))
            return [mark + style.paint(name.isEmpty ? "the run" : name, .strong)]
        }
        let (scenario, step) = verdict.step(at: place)
        let attempt = exchange(of: group, verdict)?.attempt
        let way = step.exchanges.filter { $0.attempt == attempt }
        let status = way.compactMap(\.response).map { " → \($0.status)" }.joined()
        let head =
            mark + style.paint(shown("\(scenario.name) › \(step.name)"), .strong) + shown("  \(step.call)\(status)")
            + style.paint("  " + shown(step.location.description), .faint)
        return [head] + (step.note.isEmpty ? [] : [style.paint("  " + shown(step.note), .faint)])
    }

    /// The first finding without the location that the first line of the block has.
    private func finding(of group: FindingGroup, _ verdict: Verdict) -> Finding {
        var finding = group.first
        if let place = group.members[0].step, finding.table == verdict.step(at: place).step.location {
            finding.table = nil
        }
        return finding
    }

    /// The exchange of the first finding; `nil` if nothing was sent.
    private func exchange(of group: FindingGroup, _ verdict: Verdict) -> Exchange? {
        guard let place = group.members[0].step else { return nil }
        let exchanges = verdict.step(at: place).step.exchanges
        return exchanges.first { $0.sequence == group.first.exchange } ?? exchanges.last
    }

    private func received(_ response: ResponseMessage, at place: ResponsePlace?) -> [String] {
        let excerpt = ResponseExcerpt(style: style, redactor: redactor).lines(of: response, at: place)
        return excerpt.prefix(1).map { "    received  " + $0 } + excerpt.dropFirst().map { "      | " + $0 }
    }

    /// The other steps of the group, as far as they fit on a few lines.
    private func others(of group: FindingGroup, _ verdict: Verdict) -> [String] {
        let others = group.steps.dropFirst()
        guard !others.isEmpty else { return [] }
        let names = others.prefix(WrappedList.usualLimit).map { place in
            let (scenario, step) = verdict.step(at: place)
            return shown("\(scenario.name) › \(step.name)", limit: 60)
        }
        let label = "    also in   \(plural(others.count, "more step")): "
        return WrappedList(label: label, indent: 14, names: names, count: others.count).lines
    }
}
