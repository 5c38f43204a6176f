import Diagnostics
import Reporting

/// The files in `reports/latest`.
extension RunSession {
    /// Writes the reports of the run and their index.
    ///
    /// - Throws: `HarnessError` (exit 3) for the first file that cannot be written.
    func write(_ result: RunResult, _ report: RunReport) throws(HarnessError) {
        let files = ReportFiles(root: planned.workspace.root)
        let showsPage = deservesPage(report)
        let formats = LatestReport.allCases.filter { $0.isWrittenAlways || showsPage }
        for format in formats { try write(format, of: result, report, files) }
        try files.write(
            LatestIndex(redactor: planned.redactor).render(report, formats, journal: result.journal),
            to: "\(ReportFiles.latest)/\(LatestIndex.name)")
    }

    /// The most steps of a passing run whose reports for people are always written.
    static let fewSteps = 1_000

    /// Whether the reports for people are written: the run is small, it is watched in a terminal, or there is a finding. A
    /// large passing run in CI has little use for them, and they take a third of its time.
    ///
    /// The table of `assay-bench run` under callgrind: 1.2 million instructions for each step with them, 0.85 without.
    func deservesPage(_ report: RunReport) -> Bool {
        request.invocation.isWatched || report.summary.steps <= Self.fewSteps || !report.groups.isEmpty
            || report.summary.passed < report.summary.scenarios
    }

    private func write(
        _ format: LatestReport, of result: RunResult, _ report: RunReport, _ files: ReportFiles
    ) throws(HarnessError) {
        let path = "\(ReportFiles.latest)/\(format.rawValue)"
        let redactor = planned.redactor
        switch format {
        case .page:
            let page = VerdictPage(report, trend: result.trend)
            try files.write(page.render(command: request.invocation.command), to: path)
        case .text:
            let text = VerdictText(
                style: TextStyle(isColoured: false), redactor: redactor, listsMissing: result.isWhole)
            try files.write(result.headline + text.render(report), to: path)
        case .json:
            let json = VerdictJSON(
                command: request.invocation.command, coverage: request.judging.coverage, redactor: redactor)
            try files.write(to: path) { file in
                json.write(
                    result.verdict, exit: Int(result.exit.rawValue), diagnostics: result.diagnostics.entries,
                    to: file.write)
            }
        case .junit: try files.write(to: path) { JUnitReport(report).write(to: $0.write) }
        case .markdown: try files.write(VerdictMarkdown(report).render(), to: path)
        case .gitlab: try files.write(GitLabReport(report).render(), to: path)
        case .sarif: try files.write(SARIFReport(report, version: AssayVersion.text).render(), to: path)
        case .tap: try files.write(to: path) { TAPReport(report).write(to: $0.write) }
        case .ctrf:
            try files.write(to: path) { CTRFReport(report, version: AssayVersion.text).write(to: $0.write) }
        }
    }
}
