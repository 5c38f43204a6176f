import Conformance
import Diagnostics
package import Exchanges
import Primitives

/// The reports that a run leaves in `reports/latest`, by the names of their files.
package enum LatestReport: String, CaseIterable, Sendable {
    /// The page.
    case page = "report.html"
    /// The text as the terminal shows it.
    case text = "report.txt"
    /// The JSON report.
    case json = "report.json"
    /// The report for CI servers.
    case junit = "junit.xml"
    /// The summary for a job or a comment.
    case markdown = "report.md"
    /// GitLab's code quality report.
    case gitlab = "quality.json"
    /// SARIF, for code scanning and editors.
    case sarif = "report.sarif"
    /// The Test Anything Protocol.
    case tap = "report.tap"
    /// The Common Test Report Format.
    case ctrf = "ctrf.json"

    /// Whether every run writes it; the others are written if there is something to read in them.
    package var isWrittenAlways: Bool { self == .text || self == .json }

    /// The purpose of the report.
    var purpose: String {
        switch self {
        case .page: "the page: failures, scenarios, coverage, durations and the trend"
        case .text: "the text that the terminal shows"
        case .json: "the report for programs (docs/report.schema.json)"
        case .junit: "test suites and cases for CI servers"
        case .markdown: "the summary of a job, or a comment"
        case .gitlab: "the code quality report of GitLab"
        case .sarif: "SARIF 2.1.0, for code scanning and editors"
        case .tap: "the Test Anything Protocol, version 14"
        case .ctrf: "the Common Test Report Format"
        }
    }
}

/// The index of `reports/latest`: the result, and a link to each report.
package struct LatestIndex: Sendable {
    /// The name of the file.
    package static let name = "index.html"

    private let text: VerdictText

    /// Masks secrets with `redactor`.
    package init(redactor: Redactor) {
        text = VerdictText(style: TextStyle(isColoured: false), redactor: redactor)
    }

    /// The page, which links only to files of its own folder.
    ///
    /// - Parameters:
    ///   - formats: The reports that the run left.
    ///   - journal: The path of the journal, which renders the reports again.
    package func render(_ report: RunReport, _ formats: [LatestReport], journal: String) -> String {
        let (verdict, summary) = (report.verdict, report.summary)
        let links = formats.map { format in
            "<li><a href=\"\(format.rawValue)\">\(format.rawValue)</a> \(htmlText(format.purpose))</li>\n"
        }
        let body = """
            <h1>\(report.resultText)</h1>
            <p>\(summary.passed) passed, \(summary.failed) failed, \(summary.skipped + summary.notRun) skipped, against \
            \(htmlText(text.shown(verdict.run.target))) at \(verdict.run.startedAt.text(fractionDigits: 0)).</p>
            <ul>
            \(links.joined())</ul>
            <p class="note">Any format of this run: <code>assay report \(htmlText(text.shown(journal))) \
            --report html=FILE</code></p>

            """
        return HTMLPage.render(title: "Reports of the last run", body: body)
    }
}
