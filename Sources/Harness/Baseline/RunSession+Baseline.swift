import Conformance
import Diagnostics
import Exchanges
import Scenarios

extension RunSession {
    /// The verdict by the baseline, if one is asked for; a new one is written first.
    func judged(_ verdict: Verdict, _ startedAt: Instant) throws(HarnessError) -> Verdict {
        let choice = request.judging
        guard choice.baseline != nil || choice.writesBaseline else { return verdict }
        let path = choice.baseline ?? BaselineFile.standard
        let baseline: Baseline
        if choice.writesBaseline {
            let until = startedAt.advanced(by: .seconds(BaselineFile.days * 86_400)).dateText
            let reason = "found on \(startedAt.dateText) and not yet looked into"
            baseline = verdict.baseline(until: until, reason: reason)
            try ReportFiles(root: workspace.root).write(BaselineFile.text(baseline), to: path)
        } else {
            baseline = try BaselineFile.read(path, workspace.reader)
        }
        return verdict.accepting(baseline, on: startedAt.dateText, isWhole: isWhole)
    }

    /// Whether the run is of every scenario of the project.
    var isWhole: Bool { !plan.isPartial && request.shard == nil }

    /// What is wrong with the baseline, before anything is sent.
    static func baselineProblems(_ request: RunRequest, _ workspace: Workspace) -> [Diagnostic] {
        guard !request.judging.writesBaseline, let path = request.judging.baseline else { return [] }
        do throws(HarnessError) {
            _ = try BaselineFile.read(path, workspace.reader)
            return []
        } catch {
            return error.diagnostics.entries
        }
    }
}
