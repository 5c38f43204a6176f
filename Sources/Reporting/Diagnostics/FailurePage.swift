package import Diagnostics
import Primitives

/// The page of a failed command, which replaces its report for people or for CI. Otherwise readers could mistake the page
/// of an earlier run for the page of this one.
package struct FailurePage: Sendable {
    private let command: String
    private let title: String
    private let diagnostics: Diagnostics

    /// The page of `command`, which failed because of `diagnostics`.
    package init(command: String, _ diagnostics: Diagnostics) {
        self.command = command
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

    /// Annotations of GitHub Actions.
    package var github: String {
        diagnostics.sorted.map(GitHubAnnotations.annotation).joined()
    }

    /// Entries of GitLab's code quality report.
    package var gitlab: String { GitLabReport.failure(diagnostics) }

    /// A SARIF log without results, whose run was not successful.
    package var sarif: String { SARIFReport.failure(diagnostics) }

    /// A TAP document that ends the tests.
    package var tap: String { TAPReport.failure(diagnostics) }

    /// A CTRF report with a failed test for each mistake.
    package var ctrf: String { CTRFReport.failure(diagnostics, command: command) }

    /// A JUnit report with one suite, which has an error for each mistake.
    package var junit: String {
        let cases = lines.map { line in
            // A line break of the input must not begin a line: CI servers execute lines that begin with `::`.
            let text = visibleText(line.text) + (line.help.map { "\nhelp: " + visibleText($0) } ?? "")
            let result = XMLElement(
                name: line.severity == .error ? "error" : "system-out",
                attributes: line.severity == .error ? [("message", line.text), ("type", line.severity.rawValue)] : [],
                text: text)
            return XMLElement(
                name: "testcase", attributes: [("name", line.text), ("classname", title)], children: [result])
        }
        let errors = lines.count { $0.severity == .error }
        let counts = [
            ("name", title), ("tests", String(cases.count)), ("failures", "0"), ("errors", String(errors)),
            ("skipped", "0"),
        ]
        let suite = XMLElement(name: "testsuite", attributes: counts, children: cases)
        return JUnitReport.declaration + XMLElement(name: "testsuites", attributes: counts, children: [suite]).render()
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
