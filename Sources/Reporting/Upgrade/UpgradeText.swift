import Diagnostics
import Primitives
package import Versions

/// A comparison of two versions as one page of text.
package struct UpgradeText: Sendable {
    private let style: TextStyle

    /// Writes in `style`.
    package init(style: TextStyle) {
        self.style = style
    }

    /// The page.
    package func render(_ upgrade: Upgrade, target: String) -> String {
        let page = UpgradePage(upgrade, target: target)
        var text = style.paint("From \(visibleText(upgrade.from)) to \(visibleText(upgrade.to))", .strong) + "\n"
        for section in page.shownSections {
            text += "\n" + style.paint(section.title, .strong) + "\n"
            if section.entries.isEmpty, let empty = section.empty {
                text += "  \(style.paint("✓", .good)) \(empty)\n"
            }
            for entry in section.entries { text += lines(of: entry) }
            if let rest = section.rest { text += "  \(style.paint(rest, .faint))\n" }
        }
        return text + "\n" + page.summary.map { visibleText($0) + "\n" }.joined()
    }

    private func lines(of entry: UpgradePage.Entry) -> String {
        let mark: (String, TextStyle.Role) =
            switch entry.severity {
            case .error: ("✗", .bad)
            case .warning: ("!", .warning)
            case .note: ("·", .faint)
            }
        let rules = entry.rules.isEmpty ? "" : style.paint(" [\(entry.rules.joined(separator: ", "))]", .faint)
        var text = "  \(style.paint(mark.0, mark.1)) \(visibleText(entry.title))\(rules)\n"
        let table = TextTable(
            indent: "    ", gap: " ", columns: [TextTable.Column(minimum: 4)],
            rows: entry.lines.map { [Cell($0.label, .faint), Cell($0.text, limit: .max)] })
        for line in table.lines(style) { text += line + "\n" }
        return text
    }
}
