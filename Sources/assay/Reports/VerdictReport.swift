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
    ///   - coverage: The points of coverage that the JSON report lists.
    ///   - folder: Where the run has left its reports, for the text to name; `nil` when it has left none.
    ///   - diagnostics: Shown on standard error before the report.
    init(
        _ result: RunResult, command: String, _ output: OutputOptions<VerdictFormat>, coverage: CoverageDetail,
        folder: String? = nil, diagnostics: Diagnostics
    ) {
        self.init(
            content: { format, style in
                let report = result.report
                return switch format {
                case .text:
                    .text(
                        result.headline
                            + VerdictText(style: style, redactor: result.redactor, listsMissing: result.isWhole)
                            .render(report, folder: folder))
                case .json: .pieces { Self.writeJSON(result, command: command, coverage, to: $0) }
                case .html: .text(VerdictPage(report, trend: result.trend).render(command: command))
                case .junit: .pieces(JUnitReport(report).write)
                case .markdown: .text(VerdictMarkdown(report).render())
                case .github: .text(GitHubAnnotations(report).render())
                case .gitlab: .text(GitLabReport(report).render())
                case .sarif: .text(SARIFReport(report, version: AssayVersion.text).render())
                case .tap: .pieces(TAPReport(report).write)
                case .ctrf: .pieces(CTRFReport(report, version: AssayVersion.text).write)
                }
            }, exit: result.exit, diagnostics: diagnostics, isSilent: output.quiet && result.exit == .passed)
    }

    private static func writeJSON(
        _ result: RunResult, command: String, _ coverage: CoverageDetail, to sink: @escaping ([UInt8]) -> Void
    ) {
        VerdictJSON(command: command, coverage: coverage, redactor: result.redactor)
            .write(
                result.verdict, exit: Int(result.exit.rawValue), diagnostics: result.diagnostics.entries, to: sink)
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
