import Conformance
import Diagnostics
import Exchanges
import JSONDocument
import Primitives

/// The failures of a run in the text report: a numbered block for each group, and the list at the end.
extension VerdictText {
    /// The longest curl line that is written, in bytes.
    private static let longestCommand = 3_000
    /// The most lines of a curl line that continues; a longer one is a single line, which the terminal continues.
    private static let longestContinuation = 2
    /// The most other steps of a failure that are listed.
    private static let listedSteps = 2
    /// The most lines of a difference.
    private static let longestDifference = 40

    /// A block for each group of errors: its first case in full, then the other steps.
    ///
    /// The first lines have the rule, the place and what to do; further lines are details.
    func failures(_ groups: [ReportedGroup], of report: RunReport) -> String {
        // An exchange is shown in the first failure that concerns it.
        var shownIn: [Int: Int] = [:]
        return groups.map { group in
            var lines = head(of: group) + evidence(of: group)
            let earlier = group.exchange.flatMap { shownIn[$0.sequence] }
            if let exchange = group.exchange {
                if earlier == nil { shownIn[exchange.sequence] = group.number }
                lines += self.lines(of: exchange, at: group.first.response, shownIn: earlier, report)
            }
            lines += places(of: group, report.sources) + others(of: group)
            if let exchange = group.exchange, earlier == nil, !exchange.request.isReceived {
                lines += command(exchange, of: group, report)
            }
            return lines.joined(separator: "\n") + "\n\n"
        }.joined()
    }

    /// The failures once more, one line for each if it fits.
    func failureList(_ groups: [ReportedGroup]) -> String {
        guard !groups.isEmpty else { return "" }
        let rows = groups.map { group in
            [
                Cell(group.number.map { String($0) } ?? "", limit: .max),
                Cell(shown(group.first.rule), .bad, limit: .max),
                Cell(shown(group.subject), limit: .max),
                Cell(group.steps.count > 1 ? "\(group.steps.count) steps" : "", limit: .max),
                Cell(group.row.map { shown("\($0.file):\($0.line)") } ?? "", limit: .max),
            ]
        }
        let table = TextTable(columns: [TextTable.Column(isTrailing: true)], rows: rows)
        let isNarrow = table.width > style.width
        let lines =
            isNarrow
            ? rows.flatMap { row in
                labels.lines(of: row.map { ($0.text, $0.role) }, indent: 2, further: 5)
            }
            : table.lines(style)
        let title = labels.lines(of: [("failures", nil), ("explain: \(shown(groups[0].first.explainCommand))", .faint)])
        return (title + lines).joined(separator: "\n") + "\n"
    }

    // MARK: Parts of a block

    /// Rule, step and row; the place in the response and the message; what to do.
    private func head(of group: ReportedGroup) -> [String] {
        let first = group.first
        let step = group.step?.verdict
        let row = (step?.location ?? first.table).map { shown($0.description) } ?? ""
        // The operation is in front of the request, if there is one.
        let place = group.exchange == nil ? group.subject : first.response?.description ?? ""
        let subject = place.isEmpty ? "" : shown(place) + ": "
        let note = step.map { shown($0.note) } ?? ""
        return labels.lines(of: [
            ("✗ \(group.number ?? 0)", .bad), (shown(first.rule), .bad), (shown(group.title), .strong),
            (row, .faint),
        ])
            + labels.lines(of: [(subject + shown(first.message), nil)], indent: 2)
            + labels.lines(of: [("help: " + shown(first.remedy), nil)], indent: 2)
            + labels.lines(of: [(note, .faint)], indent: 2)
    }

    /// The evidence, with the whole bodies as a difference where several of their members differ.
    private func evidence(of group: ReportedGroup) -> [String] {
        guard group.first.differences.count > 1, let body = group.exchange?.received?.body,
            let received = try? JSONDocument(parsing: body).root.value,
            let bodies = ReceivedDifference.bodies(of: group.first, received: received),
            let text = JSONDifferenceText(
                signs: .ascii, redactor: redactor, maximumLines: Self.longestDifference,
                maximumWidth: style.width - 6
            )
            .render(expected: bodies.expected, actual: bodies.actual)
        else { return evidence(of: group.first, withPlace: group.exchange == nil) }
        var finding = group.first
        finding.differences = []
        finding.expected = nil
        finding.actual = nil
        let lines = text.split(separator: "\n").map { line in
            let role: TextStyle.Role? = line.hasPrefix("-") ? .good : line.hasPrefix("+") ? .bad : nil
            return "      " + (role.map { style.paint(String(line), $0) } ?? String(line))
        }
        return evidence(of: finding, withPlace: group.exchange == nil) + [Self.legend] + lines
    }

    /// The request line, and the part of the response that matters.
    private func lines(
        of exchange: Exchange, at place: ResponsePlace?, shownIn earlier: Int?, _ report: RunReport
    ) -> [String] {
        if exchange.request.isReceived { return lines(ofDelivery: exchange, at: place, shownIn: earlier) }
        let operation = exchange.operation.map { $0 + "  " } ?? ""
        // The curl line has the whole URL.
        let request = labels.lines(
            "request",
            truncated(shown("\(operation)\(exchange.request.method) \(report.url(exchange))"), to: style.width - 14))
        if let earlier { return request + labels.lines("response", "as in failure \(earlier)") }
        switch exchange.outcome {
        case .failure(let failure):
            return request + labels.lines("response", "none: " + shown(failure.message))
        case .response(let response):
            let excerpt = ResponseExcerpt(style: style, redactor: redactor).lines(of: response, at: place)
            return request
                + labels.lines(
                    "response", ([excerpt[0]] + [position(of: place)].compactMap { $0 }).joined(separator: ", "))
                + excerpt.dropFirst().map { "      | " + $0 }
        }
    }

    /// The delivery, and the response that was sent back.
    private func lines(ofDelivery exchange: Exchange, at place: ResponsePlace?, shownIn earlier: Int?) -> [String] {
        if let earlier { return labels.lines("received", "as in failure \(earlier)") }
        guard let delivery = exchange.received, let reply = exchange.response else {
            return labels.lines("received", "no delivery to " + shown(exchange.request.url))
        }
        let excerpt = ResponseExcerpt(style: style, redactor: redactor).lines(of: delivery, at: place)
        let line = truncated(shown("\(exchange.request.method) \(exchange.request.url)"), to: style.width - 14)
        return labels.lines("received", ([line] + [position(of: place)].compactMap { $0 }).joined(separator: ", "))
            + excerpt.dropFirst().map { "      | " + $0 } + labels.lines("response", "\(reply.status), sent back")
    }

    /// The places in contract and table, each with its line of the file.
    private func places(of group: ReportedGroup, _ sources: SourceExcerpts) -> [String] {
        let frame = SourceFrame(style: style, redactor: redactor, sources: sources)
        var lines: [String] = []
        if let contract = group.first.contractLocation {
            lines +=
                labels.lines("contract", shown(contract.description))
                + frame.lines(at: contract, isTable: false)
        }
        // The first line of the block has the row. A cell of it matters if the finding is about the cell.
        if let table = group.first.table, table != group.step?.verdict.location {
            lines +=
                labels.lines("table", shown(table.description)) + frame.lines(at: table, isTable: true)
        }
        return lines
    }

    /// The other steps of the group, as far as they fit on a few lines.
    private func others(of group: ReportedGroup) -> [String] {
        let others = group.steps.dropFirst()
        guard !others.isEmpty else { return [] }
        let texts = (1...Self.listedSteps).map { count in
            let listed = others.prefix(count).map { shown($0.title) }
            let rest = others.count - listed.count
            let names = listed.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
            return "\(plural(others.count, "more step")): \(names)"
        }
        let text = texts.last { $0.unicodeScalars.count <= style.width - 14 }
        return labels.lines("also in", text ?? plural(others.count, "more step"))
    }

    /// The curl line, which can be pasted, or the command that shows it if it is too long.
    private func command(
        _ exchange: Exchange, of group: ReportedGroup, _ report: RunReport
    )
        -> [String]
    {
        let command = report.curl(exchange)
        guard command.utf8.count <= Self.longestCommand else {
            let name = shown(group.title).replacing("'", with: "'\\''")
            return labels.lines(of: [("curl: see assay show '\(name)'", nil)], indent: 2)
        }
        let wrapped = WrappedCommand(width: style.width).lines(command, first: 2)
        return (wrapped.count > Self.longestContinuation ? [command] : wrapped).enumerated().map { index, line in
            (index == 0 ? "  " : "") + style.paint(line, .faint)
        }
    }
}
