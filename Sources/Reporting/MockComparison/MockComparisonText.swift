package import Exchanges
import Primitives

/// A comparison of server and mock as text for people: one table for each operation and status, then proposed lines.
package struct MockComparisonText: Sendable {
    private static let indent = 2
    private static let narrowest = 12

    private let style: TextStyle
    private let redactor: Redactor

    /// Writes in `style`; `redactor` masks secrets.
    package init(style: TextStyle, redactor: Redactor) {
        self.style = style
        self.redactor = redactor
    }

    /// The report.
    package func render(_ comparison: MockComparison) -> String {
        var lines: [String] = []
        for group in comparison.groups {
            let steps = plural(group.map(\.count).max() ?? 0, "response")
            let hasVersions = Set(comparison.differences.map(\.contract)).count > 1
            let name = group[0].operation + (hasVersions ? " (\(group[0].contract))" : "")
            lines.append(
                style.paint(shown(name), .strong) + "  \(group[0].status)  \(steps), first \(shown(group[0].first))")
            lines += table(group) + [""]
        }
        lines += summary(comparison)
        for proposal in comparison.proposals { lines += [""] + self.lines(of: proposal) }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The columns place, document, sandbox and mock, each at most as wide as a quarter of the line.
    private func table(_ group: [MockComparison.Difference]) -> [String] {
        let limit = max(Self.narrowest, (style.width - Self.indent - 3 * 2) / 4)
        func cell(_ text: String, _ role: TextStyle.Role? = nil) -> Cell {
            Cell(redactor.redact(text), role, limit: limit)
        }
        let head = ["place", "document", "sandbox", "mock"].map { Cell($0, .faint) }
        let rows = group.map { difference in
            [
                cell(difference.place), cell(difference.document), cell(difference.sandbox, .good),
                cell(difference.mock, .bad),
            ]
        }
        return TextTable(rows: [head] + rows).lines(style)
    }

    private func summary(_ comparison: MockComparison) -> [String] {
        let differing = comparison.compared - comparison.equal
        let counts =
            "\(plural(comparison.compared, "response")) compared: \(comparison.equal) equal, \(differing) different in "
            + plural(comparison.differences.count, "place")
        let mark = differing == 0 ? style.paint("✓", .good) : style.paint("✗", .bad)
        let rest = comparison.notCompared.map { entry in
            "  \(plural(entry.count, "row")) not compared: \(shown(entry.reason)) (first \(shown(entry.first)))"
        }
        return ["\(mark) \(counts)"] + rest.flatMap { WrappedText(width: style.width).lines($0, first: 0, indent: 4) }
    }

    private func lines(of proposal: MockComparison.Proposal) -> [String] {
        var lines: [String] = []
        if !proposal.lines.isEmpty {
            lines.append(style.paint("proposed lines for \(shown(proposal.file ?? "a behaviour file"))", .strong))
            lines += redactor.redact(proposal.lines).split(separator: "\n").map { "  " + visibleText(String($0)) }
        }
        if !proposal.unexpressed.isEmpty {
            lines.append(style.paint("not proposed (\(shown(proposal.contract)))", .strong))
            lines += proposal.unexpressed.flatMap { entry in
                WrappedText(width: style.width).lines(
                    "  \(shown(entry.place)): \(shown(entry.reason))", first: 0, indent: 4)
            }
        }
        return lines
    }

    private func shown(_ text: String) -> String { visibleText(truncated(redactor.redact(text), to: 200)) }
}

extension MockComparison {
    /// The differences of one operation and status, each group in the order of its first difference.
    var groups: [[Difference]] {
        var groups: [[Difference]] = []
        var places: [String: Int] = [:]
        for difference in differences {
            let key = "\(difference.contract)\n\(difference.operation)\n\(difference.status)"
            if let place = places[key] {
                groups[place].append(difference)
            } else {
                places[key] = groups.count
                groups.append([difference])
            }
        }
        return groups
    }
}
