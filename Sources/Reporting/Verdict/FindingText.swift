import Conformance
import Diagnostics
import JSONDocument

/// Findings in the text report.
extension VerdictText {
    /// The most differences and the most explanations of one finding; the JSON report has all of them.
    private static let longestList = 6

    /// An error with its places, its difference and its explanation.
    func lines(of finding: Finding) -> [String] {
        labels.lines(of: [(finding.rule, .bad), (shown(finding.message), nil)], indent: 2)
            + evidence(of: finding) + places(of: finding)
    }

    /// The party at fault, the place in the response, the expected and the received value, and the details.
    func evidence(of finding: Finding, withPlace: Bool = true) -> [String] {
        var lines: [String] = []
        if let blame = blame(of: finding) { lines += labels.lines("at fault", blame) }
        if withPlace, let response = finding.response { lines += labels.lines("place", place(of: response)) }
        lines += difference(of: finding)
        for detail in finding.details.prefix(Self.longestList) {
            lines += labels.lines(of: [(shown(detail, limit: 300), .faint)], indent: 6, further: 8)
        }
        let rest = finding.details.count - Self.longestList
        guard rest > 0 else { return lines }
        return lines + labels.lines(of: [("… and \(rest) more details in the JSON report", nil)], indent: 6, further: 8)
    }

    /// The places in contract and table.
    private func places(of finding: Finding) -> [String] {
        (finding.contractLocation.map { labels.lines("contract", shown($0.description)) } ?? [])
            + (finding.table.map { labels.lines("table", shown($0.description)) } ?? [])
    }

    /// The lines of labels with values.
    var labels: LabelledLines { LabelledLines(style: style) }

    /// The party at fault, unless it is the server.
    private func blame(of finding: Finding) -> String? {
        switch finding.blame {
        case .server, .transport: nil
        case .document: "the document"
        case .table: "the table"
        }
    }

    /// A warning or note in one line, or in as many as its width requires.
    func lesserLines(of finding: Finding, count: Int, indent: Int = 0) -> [String] {
        let times = count > 1 ? " ×\(count)" : ""
        let subject = [finding.operation, finding.response?.description].compactMap { $0 }.joined(
            separator: " ")
        let location = (finding.contractLocation ?? finding.table).map { shown($0.description) } ?? ""
        return labels.lines(
            of: [
                (
                    "\(finding.severity.rawValue): \(finding.rule)\(times)",
                    finding.severity == .warning ? .warning : .faint
                ),
                (shown(subject), nil), (shown(finding.message, limit: 200), nil), (location, .faint),
            ], indent: indent, further: indent + 4)
    }

    private func place(of response: ResponsePlace) -> String {
        ([shown(response.description)] + [position(of: response)].compactMap { $0 }).joined(separator: "  ")
    }

    /// The line and column of a place in a body; `nil` if they are unknown.
    func position(of response: ResponsePlace?) -> String? {
        guard case .body(_, let position?)? = response else { return nil }
        return "line \(position.line), column \(position.column)"
    }

    /// The expected value in green and the received value in red; several fields as a list with `-` and `+`.
    private func difference(of finding: Finding) -> [String] {
        guard !finding.differences.isEmpty else {
            return (finding.expected.map { labels.lines("expected", shown($0, limit: 240), .good) } ?? [])
                + (finding.actual.map { labels.lines("received", shown($0, limit: 240), .bad) } ?? [])
        }
        let lines = finding.differences.prefix(Self.longestList).flatMap { difference in
            let name = difference.pointer.description
            let label = shown(name.isEmpty ? "body" : name) + ": "
            return [
                ("-", difference.expected, TextStyle.Role.good),
                ("+", difference.actual, TextStyle.Role.bad),
            ].flatMap { sign, value, role in
                labels.lines(
                    of: [("\(sign) \(label)\(shown(value?.text ?? "absent", limit: 240))", role)], indent: 6,
                    further: 8)
            }
        }
        let rest = finding.differences.count - Self.longestList
        return [Self.legend] + lines + (rest > 0 ? ["      … and \(rest) more"] : [])
    }

    /// The line above a difference of several fields.
    static let legend = "    diff      - expected  + received"
}
