import Conformance
import Diagnostics
import Reporting

/// The files in `reports/latest`.
extension RunSession {
    /// Writes the reports of the run and their index.
    ///
    /// - Throws: `HarnessError` (exit 3) for the first file that cannot be written.
    func write(_ result: RunResult) throws(HarnessError) {
        let files = ReportFiles(root: planned.workspace.root)
        let reports = LatestReport.allCases.filter { $0.isWrittenAlways || deservesPage(result.verdict) }
        for report in reports { try write(report, of: result, files) }
        try files.write(
            LatestIndex(redactor: planned.redactor).render(result.verdict, reports, journal: result.journal),
            to: "\(ReportFiles.latest)/\(LatestIndex.name)")
    }

    /// Whether the reports for people are written: the run is watched in a terminal, or there is a finding. A passing run
    /// in CI has no use for them, and they take a third of its time.
    ///
    /// `assay-bench run`: 1,209,000 instructions for each step with them, 848,000 without.
    func deservesPage(_ verdict: Verdict) -> Bool {
        request.invocation.isWatched || !verdict.groups.isEmpty || verdict.scenarios.contains { $0.outcome != .passed }
    }

    private func write(
        _ report: LatestReport, of result: RunResult, _ files: ReportFiles
    ) throws(HarnessError) {
        let path = "\(ReportFiles.latest)/\(report.rawValue)"
        let redactor = planned.redactor
        switch report {
        case .page:
            let page = VerdictPage(result.report, trend: result.trend)
            try files.write(page.render(command: request.invocation.command), to: path)
        case .text:
            let text = VerdictText(
                style: TextStyle(isColoured: false), redactor: redactor, listsMissing: result.isWhole)
            try files.write(result.headline + text.render(result.report), to: path)
        case .json:
            let json = VerdictJSON(command: request.invocation.command, redactor: redactor)
            try files.write(to: path) { file in
                json.write(
                    result.verdict, exit: Int(result.exit.rawValue), diagnostics: result.diagnostics.entries,
                    to: file.write)
            }
        case .junit: try files.write(JUnitReport(result.report).render(), to: path)
        case .markdown: try files.write(VerdictMarkdown(result.report).render(), to: path)
        }
    }
}
