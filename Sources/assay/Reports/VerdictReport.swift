import Conformance
import Diagnostics
import Exchanges
import Foundation
import Harness
import Reporting

extension CommandReport where Format == VerdictFormat {
    /// The verdict of a run, or of what was stored of one.
    ///
    /// - Parameters:
    ///   - command: The command that judged.
    ///   - folder: Where the run has left its reports, for the text to name; `nil` when it has left none.
    ///   - diagnostics: Shown on standard error before the report.
    init(
        _ result: RunResult, command: String, _ output: OutputOptions<VerdictFormat>, folder: String? = nil,
        diagnostics: Diagnostics
    ) {
        self.init(
            exit: result.exit, diagnostics: diagnostics, isSilent: output.quiet && result.exit == .passed
        ) { format, style in
            let report = result.report
            return switch format {
            case .text:
                result.headline
                    + VerdictText(style: style, redactor: result.redactor, listsMissing: result.isWhole)
                    .render(report, folder: folder)
            case .json:
                VerdictJSON(command: command, redactor: result.redactor)
                    .render(result.verdict, exit: Int(result.exit.rawValue), diagnostics: result.diagnostics.entries)
            case .html: VerdictPage(report, trend: result.trend).render(command: command)
            case .junit: JUnitReport(report).render()
            case .markdown: VerdictMarkdown(report).render()
            case .github: GitHubAnnotations(report).render()
            case .gitlab: GitLabReport(report).render()
            case .sarif: SARIFReport(report, version: AssayVersion.text).render()
            case .tap: TAPReport(report).render()
            case .ctrf: CTRFReport(report, version: AssayVersion.text).render()
            }
        }
    }
}

extension Workspace {
    /// The folder that the process works in, with its configuration.
    ///
    /// - Throws: `HarnessError` (exit 2) with every mistake in the configuration.
    static func openCurrent() throws(HarnessError) -> Workspace {
        try open(FileManager.default.currentDirectoryPath)
    }
}
