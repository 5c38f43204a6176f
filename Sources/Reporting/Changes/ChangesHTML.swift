import Diagnostics
import Primitives
package import Versions

/// A changelog as one self-contained HTML page.
package struct ChangesHTML: Sendable {
    /// Writes HTML.
    package init() {}

    /// The page.
    package func render(
        _ changes: [Change], base: String, revision: String, impacts: ChangeImpacts = .unknown
    ) -> String {
        let title = "Changes from \(base) to \(revision)"
        var body = "<h1>\(htmlText(title))</h1>\n<p>\(htmlText(changeCounts(changes))).</p>\n"
        if let sentence = impacts.sentence { body += "<p>\(htmlText(sentence)).</p>\n" }
        for section in ChangelogSection.sections(of: changes) {
            body += "<h2>\(htmlText(section.title))</h2>\n<ul>\n"
            for group in section.groups {
                body += item(group, ImpactLines(group.changes, impacts), namesOperations: section.isShared)
            }
            body += "</ul>\n"
        }
        return HTMLPage.render(title: title, body: body)
    }

    private func item(_ group: ChangeGroup, _ impact: ImpactLines, namesOperations: Bool) -> String {
        let change = group.first
        let severity = change.severity.rawValue
        var text = "<li><span class=\"\(severity)\">\(severity)</span> \(message(group.message))"
        if let values = group.unsaidValues {
            text +=
                " (<code>\(htmlText(truncated(values.from, to: 100)))</code> → <code>\(htmlText(truncated(values.to, to: 100)))</code>)"
        }
        if namesOperations { text += " in \(htmlText(group.operationText()))" }
        if group.namesPlaces { text += ", at \(htmlText(group.placeText))" }
        let places = [change.base.location, change.revision.location].compactMap { $0?.description }.joined(
            separator: " → ")
        let footer = "\(places)\(group.moreLocations) · \(change.rule.id)"
        return text + "<br><span class=\"place\">\(htmlText(footer))</span>\(rows(impact))</li>\n"
    }

    /// The message with names in backticks as code.
    private func message(_ text: String) -> String {
        let parts = text.split(separator: "`", omittingEmptySubsequences: false).map { htmlText(String($0)) }
        guard parts.count % 2 == 1 else { return htmlText(text) }
        return parts.enumerated().map { $0.offset % 2 == 1 ? "<code>\($0.element)</code>" : $0.element }.joined()
    }

    private func rows(_ impact: ImpactLines) -> String {
        guard !impact.lines.isEmpty else { return "" }
        let items = impact.lines.map { line in
            let kind = line.effect == .breaks ? "error" : "note"
            return
                "<li><span class=\"\(kind)\">\(line.effect.rawValue)</span> <code>\(htmlText(line.placeText))</code>: "
                + "\(htmlText(line.reason))</li>"
        }
        return "\n<ul>\n" + items.joined(separator: "\n") + "\n</ul>"
    }
}
