import Diagnostics
public import Versions

/// A comparison of two versions as one page of Markdown, for a pull request or a wiki.
public struct UpgradeMarkdown: Sendable {
    /// Writes Markdown.
    public init() {}

    /// The page.
    public func render(_ upgrade: Upgrade, target: String) -> String {
        let page = UpgradePage(upgrade, target: target)
        let markdown = MarkdownText()
        var text = "# From \(markdown.escaped(upgrade.from)) to \(markdown.escaped(upgrade.to))\n\n"
        text += page.summary.map { markdown.escaped($0) + ".\n" }.joined(separator: "\n")
        for section in page.shownSections {
            text += "\n## \(markdown.escaped(section.title))\n\n"
            if section.entries.isEmpty, let empty = section.empty { text += "\(markdown.escaped(empty)).\n" }
            for entry in section.entries {
                let rules = entry.rules.map { " " + markdown.code($0) }.joined()
                text += "- **\(entry.severity.rawValue)** \(markdown.escaped(entry.title))\(rules)\n"
                for (label, value) in entry.lines { text += "  - \(label): \(markdown.escaped(value))\n" }
            }
            if let rest = section.rest { text += "\n\(markdown.escaped(rest)).\n" }
        }
        return text
    }
}
