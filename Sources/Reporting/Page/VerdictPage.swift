import Conformance
import Diagnostics
import Exchanges
import JSONDocument
import Primitives

/// A verdict as one HTML page that works from disk: it contains its style, its script and its data, and requests nothing.
///
/// The page shows everything from its data as text. Without scripts it shows the figures and the failures.
package struct VerdictPage: Sendable {
    /// The most failures that are listed for readers without scripts.
    private static let mostStatic = 100

    private let report: RunReport
    private let trend: RunTrend?
    private let mostSteps: Int
    private let text: VerdictText

    /// The page of a run.
    ///
    /// - Parameters:
    ///   - trend: The run among the earlier ones; `nil` leaves the history out.
    ///   - mostSteps: The most steps of a run of which every scenario is listed.
    package init(_ report: RunReport, trend: RunTrend? = nil, mostSteps: Int? = nil) {
        self.report = report
        self.trend = trend
        self.mostSteps = mostSteps ?? PageData.mostSteps
        text = VerdictText(style: TextStyle(isColoured: false), redactor: report.redactor)
    }

    /// - Parameter command: The command that judged.
    package func render(command: String = "run") -> String {
        let verdict = report.verdict
        let groups = verdict.groups
        var data = PageData(
            verdict, groups: groups, redactor: report.redactor, sources: report.sources, mostSteps: mostSteps)
        let value = data.value(command: command, elapsed: report.elapsed, trend: trend)
        return PageShell(
            title: "\(report.resultText) · \(text.shown(verdict.run.target)) · assay", style: PageStyle.source,
            script: PageScript.source, data: Self.embedded(value)
        ).render(body: staticBody)
    }

    /// The text that readers without scripts see.
    private var staticBody: String {
        let summary = report.summary
        let items = report.failures.prefix(Self.mostStatic).map { group -> String in
            let first = group.first
            let place = group.subject
            let location = (first.table ?? first.contractLocation)?.description ?? ""
            return "<li><strong>\(htmlText(first.rule))</strong> \(htmlText(text.shown(first.message))) "
                + "<code>\(htmlText(text.shown(place)))</code> \(htmlText(text.shown(location)))</li>\n"
        }
        return """
            <noscript>
            <h1>\(htmlText(report.resultText))</h1>
            <p>\(summary.passed) passed, \(summary.failed) failed, \(summary.skipped + summary.notRun) skipped of \
            \(plural(summary.scenarios, "scenario")). Details and filters require JavaScript.</p>
            <ol>
            \(items.joined())</ol>
            </noscript>

            """
    }

    /// JSON text that can be the content of a `script` element: no character in it has a meaning in HTML, and no line
    /// separator in JavaScript. All of these characters only occur in strings.
    static func embedded(_ value: JSONValue) -> String {
        // The text has megabytes, so it is read as bytes. U+2028 and U+2029 are E2 80 A8 and E2 80 A9.
        var result: [UInt8] = []
        for byte in Array(value.text.utf8) {
            switch byte {
            case UInt8(ascii: "<"): result += "\\u003c".utf8
            case UInt8(ascii: ">"): result += "\\u003e".utf8
            case UInt8(ascii: "&"): result += "\\u0026".utf8
            case 0xA8 where result.suffix(2) == [0xE2, 0x80]:
                result.removeLast(2)
                result += "\\u2028".utf8
            case 0xA9 where result.suffix(2) == [0xE2, 0x80]:
                result.removeLast(2)
                result += "\\u2029".utf8
            default: result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
