import Diagnostics
package import Versions

/// A comparison of two versions as one page of Markdown, for a pull request or a wiki.
package struct UpgradeMarkdown: Sendable {
    /// Writes Markdown.
    package init() {}

    /// The page.
    package func render(_ upgrade: Upgrade, target: String) -> String {
        let page = UpgradePage(upgrade, target: target)
        var text = "# From \(MarkdownText.escaped(upgrade.from)) to \(MarkdownText.escaped(upgrade.to))\n\n"
        text += page.summary.map { MarkdownText.escaped($0) + ".\n" }.joined(separator: "\n")
        for section in page.shownSections {
            text += "\n## \(MarkdownText.escaped(section.title))\n\n"
            if section.entries.isEmpty, let empty = section.empty { text += "\(MarkdownText.escaped(empty)).\n" }
            for entry in section.entries {
                let rules = entry.rules.map { " " + MarkdownText.code($0) }.joined()
                text += "- **\(entry.severity.rawValue)** \(MarkdownText.escaped(entry.title))\(rules)\n"
                for (label, value) in entry.lines { text += "  - \(label): \(MarkdownText.escaped(value))\n" }
            }
            if let rest = section.rest { text += "\n\(MarkdownText.escaped(rest)).\n" }
        }
        return text
    }
}
