import Diagnostics
public import Versions

/// A changelog as one HTML page that needs nothing else.
public struct ChangesHTML: Sendable {
    /// Writes HTML.
    public init() {}

    /// The page.
    public func render(
        _ changes: [Change], base: String, revision: String, impacts: ChangeImpacts = .unknown
    ) -> String {
        let title = "Changes from \(base) to \(revision)"
        var body = "<h1>\(escaped(title))</h1>\n<p>\(escaped(changeCounts(changes))).</p>\n"
        if let sentence = impacts.sentence { body += "<p>\(escaped(sentence)).</p>\n" }
        for section in ChangelogSection.sections(of: changes) {
            body += "<h2>\(escaped(section.title))</h2>\n<ul>\n"
            for change in section.changes { body += item(change, ImpactLines([change], impacts)) }
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

    private func item(_ change: Change, _ impact: ImpactLines) -> String {
        let severity = change.severity.rawValue
        var text = "<li><span class=\"\(severity)\">\(severity)</span> \(escaped(change.message))"
        if let from = change.from, let to = change.to {
            text += " (<code>\(escaped(cut(from, to: 100)))</code> → <code>\(escaped(cut(to, to: 100)))</code>)"
        }
        let places = [change.base, change.revision].compactMap { $0?.description }.joined(separator: " → ")
        return text
            + "<br><span class=\"place\">\(escaped(places)) · \(escaped(change.rule.id))</span>\(rows(impact))</li>\n"
    }

    private func rows(_ impact: ImpactLines) -> String {
        guard !impact.lines.isEmpty else { return "" }
        let items = impact.lines.map { line in
            let kind = line.effect == .breaks ? "error" : "note"
            return
                "<li><span class=\"\(kind)\">\(line.effect.rawValue)</span> <code>\(escaped(line.placeText))</code>: "
                + "\(escaped(line.reason))</li>"
        }
        return "\n<ul>\n" + items.joined(separator: "\n") + "\n</ul>"
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
