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
            switch format {
            case .text:
                result.headline
                    + VerdictText(style: style, redactor: result.redactor, listsMissing: result.isWhole)
                    .render(result.verdict, elapsed: result.elapsed, folder: folder)
            case .json:
                VerdictJSON(command: command, redactor: result.redactor)
                    .render(result.verdict, exit: Int(result.exit.rawValue), diagnostics: result.diagnostics.entries)
            case .html:
                VerdictPage(redactor: result.redactor, frames: result.frames)
                    .render(result.verdict, command: command, elapsed: result.elapsed, trend: result.trend)
            case .junit: JUnitReport(redactor: result.redactor).render(result.verdict, elapsed: result.elapsed)
            case .markdown: VerdictMarkdown(redactor: result.redactor).render(result.verdict, elapsed: result.elapsed)
            case .github: GitHubAnnotations(redactor: result.redactor).render(result.verdict)
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
