import Diagnostics
public import Versions

/// A changelog as one HTML page that needs nothing else.
public struct ChangesHTML: Sendable {
    /// Writes HTML.
    public init() {}

    /// The page.
    public func render(_ changes: [Change], base: String, revision: String) -> String {
        let title = "Changes from \(base) to \(revision)"
        var body = "<h1>\(escaped(title))</h1>\n<p>\(escaped(changeCounts(changes))).</p>\n"
        for section in ChangelogSection.sections(of: changes) {
            body += "<h2>\(escaped(section.title))</h2>\n<ul>\n"
            for group in section.groups { body += item(group, namesOperations: section.isShared) }
            body += "</ul>\n"
        }
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>\(escaped(title))</title>
            <style>
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
            h2 { font-size: 1.1rem; margin-top: 2rem; }
            li { margin: .4rem 0; }
            .error { color: #b00020; font-weight: 600; }
            .warning { color: #8a5a00; font-weight: 600; }
            .note, .place { color: #555; }
            code { overflow-wrap: anywhere; }
            @media (prefers-color-scheme: dark) {
              body { background: #16181c; color: #e6e6e6; }
              .error { color: #ff8a80; } .warning { color: #ffd180; } .note, .place { color: #a0a0a0; }
            }
            </style>
            </head>
            <body>
            \(body)</body>
            </html>

            """
    }

    private func item(_ group: ChangeGroup, namesOperations: Bool) -> String {
        let change = group.first
        let severity = change.severity.rawValue
        var text = "<li><span class=\"\(severity)\">\(severity)</span> \(message(group.message))"
        if let values = group.unsaidValues {
            text +=
                " (<code>\(escaped(cut(values.from, to: 100)))</code> → <code>\(escaped(cut(values.to, to: 100)))</code>)"
        }
        if namesOperations { text += " in \(escaped(group.operationText()))" }
        if group.namesPlaces { text += ", at \(escaped(group.placeText))" }
        let places = [change.base, change.revision].compactMap { $0?.description }.joined(separator: " → ")
        let footer = "\(places)\(group.moreLocations) · \(change.rule.id)"
        return text + "<br><span class=\"place\">\(escaped(footer))</span></li>\n"
    }

    /// The message with names of ours as code.
    private func message(_ text: String) -> String {
        let parts = text.split(separator: "`", omittingEmptySubsequences: false).map { escaped(String($0)) }
        guard parts.count % 2 == 1 else { return escaped(text) }
        return parts.enumerated().map { $0.offset % 2 == 1 ? "<code>\($0.element)</code>" : $0.element }.joined()
    }

    private func escaped(_ text: String) -> String {
        var result = ""
        for scalar in visibleText(text).unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
