package import Diagnostics

/// The page of a failed command, which replaces its Markdown or HTML report. Otherwise readers could mistake the page
/// of an earlier run for the page of this one.
package struct FailurePage: Sendable {
    private let title: String
    private let diagnostics: Diagnostics

    /// The page of `command`, which failed because of `diagnostics`.
    package init(command: String, _ diagnostics: Diagnostics) {
        title = "assay \(command) failed"
        self.diagnostics = diagnostics
    }

    private var lines: [(severity: Severity, text: String, help: String?)] {
        diagnostics.sorted.map { diagnostic in
            let location = diagnostic.location.map { "\($0): " } ?? ""
            return (diagnostic.severity, location + diagnostic.message, diagnostic.help)
        }
    }

    /// The page in Markdown.
    package var markdown: String {
        let items = lines.map { line in
            "- **\(line.severity.rawValue)** \(MarkdownText.escaped(line.text))"
                + (line.help.map { ": \(MarkdownText.escaped($0))" } ?? "") + "\n"
        }
        return "# \(title)\n\n" + items.joined()
    }

    /// The page in HTML.
    package var html: String {
        let items = lines.map { line in
            let severity = line.severity.rawValue
            let help = line.help.map { "<br><span class=\"place\">\(htmlText($0))</span>" } ?? ""
            return "<li><span class=\"\(severity)\">\(severity)</span> \(htmlText(line.text))\(help)</li>\n"
        }
        return HTMLPage.render(title: title, body: "<h1>\(title)</h1>\n<ul>\n\(items.joined())</ul>\n")
    }
}
