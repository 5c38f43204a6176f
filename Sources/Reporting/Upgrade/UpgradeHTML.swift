import Diagnostics
package import Versions

/// A comparison of two versions as one self-contained HTML page.
package struct UpgradeHTML: Sendable {
    /// Writes HTML.
    package init() {}

    /// The page.
    package func render(_ upgrade: Upgrade, target: String) -> String {
        let page = UpgradePage(upgrade, target: target)
        let title = "From \(upgrade.from) to \(upgrade.to)"
        var body = "<h1>\(htmlText(title))</h1>\n"
        for sentence in page.summary { body += "<p>\(htmlText(sentence)).</p>\n" }
        for section in page.shownSections {
            body += "<h2>\(htmlText(section.title))</h2>\n"
            if section.entries.isEmpty, let empty = section.empty { body += "<p>\(htmlText(empty)).</p>\n" }
            if !section.entries.isEmpty {
                body += "<ul>\n" + section.entries.map(item).joined() + "</ul>\n"
            }
            if let rest = section.rest { body += "<p class=\"place\">\(htmlText(rest)).</p>\n" }
        }
        return HTMLPage.render(title: title, body: body)
    }

    private func item(_ entry: UpgradePage.Entry) -> String {
        let severity = entry.severity.rawValue
        let rules = entry.rules.map { " <code>\(htmlText($0))</code>" }.joined()
        var text = "<li><span class=\"\(severity)\">\(severity)</span> \(htmlText(entry.title))"
        text += "<div class=\"place\">\(rules)</div>"
        for (label, value) in entry.lines {
            text += "<div class=\"place\"><b>\(htmlText(label))</b> \(htmlText(value))</div>"
        }
        return text + "</li>\n"
    }
}
