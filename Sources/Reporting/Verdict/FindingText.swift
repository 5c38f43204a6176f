import Conformance
import Diagnostics
import JSONDocument

/// Findings in the text report.
extension VerdictText {
    /// The most differences and the most explanations of one finding; the JSON report has all of them.
    private static let longestList = 6

    /// An error with its places, its difference and its explanation.
    func lines(of finding: Finding) -> [String] {
        var lines = ["  " + style.paint(finding.rule, .bad) + "  " + shown(finding.message)]
        if let blame = blame(of: finding) { lines.append("    at fault  " + blame) }
        if let response = finding.response {
            lines.append("    response  " + place(of: response))
        }
        if let contract = finding.contractLocation {
            lines.append("    contract  " + shown(contract.description))
        }
        if let table = finding.table {
            lines.append("    table     " + shown(table.description))
        }
        lines += diff(of: finding)
        for detail in finding.details.prefix(Self.longestList) {
            lines.append(style.paint("      " + shown(detail, limit: 300), .faint))
        }
        return lines
    }

    /// The party at fault, unless it is the server.
    private func blame(of finding: Finding) -> String? {
        switch finding.blame {
        case .server, .transport: nil
        case .document: "the document"
        case .table: "the table"
        }
    }

    /// A warning or note in one line.
    func line(of finding: Finding, count: Int) -> String {
        let times = count > 1 ? " ×\(count)" : ""
        let operation = finding.operation.map { " " + shown($0) } ?? ""
        let place = finding.response.map { " " + shown($0.description) } ?? ""
        let head = style.paint(
            "\(finding.severity.rawValue): \(finding.rule)\(times)", finding.severity == .warning ? .warning : .faint)
        let location = (finding.contractLocation ?? finding.table).map { "  " + shown($0.description) } ?? ""
        return "\(head)\(operation)\(place)  \(shown(finding.message, limit: 200))" + style.paint(location, .faint)
    }

    private func place(of response: ResponsePlace) -> String {
        let name = shown(response.description)
        guard case .body(_, let position?) = response else { return name }
        return "\(name)  line \(position.line), column \(position.column)"
    }

    /// The expected value in red with `-` and the received value in green with `+`, a pair of lines for each field.
    private func diff(of finding: Finding) -> [String] {
        guard !finding.differences.isEmpty else {
            guard finding.expected != nil || finding.actual != nil else { return [] }
            return pair(nil, finding.expected, finding.actual)
        }
        let lines = finding.differences.prefix(Self.longestList).flatMap { difference in
            pair(
                difference.pointer.description, difference.expected?.text ?? "absent",
                difference.actual?.text ?? "absent")
        }
        let rest = finding.differences.count - Self.longestList
        return lines + (rest > 0 ? ["      … and \(rest) more"] : [])
    }

    private func pair(_ name: String?, _ expected: String?, _ actual: String?) -> [String] {
        let label = name.map { shown($0.isEmpty ? "body" : $0) + ": " } ?? ""
        func line(_ sign: String, _ value: String?, _ role: TextStyle.Role) -> String? {
            value.map { style.paint("      \(sign) \(label)\(shown($0, limit: 120))", role) }
        }
        return [line("-", expected, .bad), line("+", actual, .good)].compactMap { $0 }
    }
}
