import Conformance
import Diagnostics
import Exchanges
import Primitives
import Project
import Reporting
import Scenarios
import SourceText

extension PlannedSession {
    /// The verdict by the quarantine of the configuration, and by the baseline, if the request names one; it is brought up to date first where the request says so.
    ///
    /// - Parameters:
    ///   - verdict: With secrets masked: a baseline is made to be committed.
    ///   - isWhole: Whether the run was of every scenario, so that an entry that matches nothing is stale.
    ///   - isComplete: Whether no part of it was left out either, so that such an entry may be removed.
    /// - Returns: The verdict, and notes about the changes of the baseline.
    func judged(
        _ verdict: Verdict, _ startedAt: Instant, isWhole: Bool, isComplete: Bool = false
    ) -> (verdict: Verdict, notes: [Diagnostic]) {
        let choice = request.judging
        let quarantine = workspace.project.judging.quarantine
        let verdict = quarantine.isEmpty ? verdict : verdict.quarantining(quarantine, on: startedAt.dateText)
        guard choice.baseline != nil || choice.writesBaseline else { return (verdict, []) }
        let path = choice.baseline ?? BaselineFile.standard
        let day = startedAt.dateText
        do throws(HarnessError) {
            let notes = choice.writesBaseline ? [try update(path, verdict, startedAt, isComplete: isComplete)] : []
            let baseline = try BaselineFile.read(path, workspace.reader)
            return (verdict.accepting(baseline, on: day, isWhole: isWhole), notes)
        } catch {
            return (verdict, error.diagnostics.entries)
        }
    }

    /// Brings the baseline at `path` up to date with a verdict.
    private func update(
        _ path: String, _ verdict: Verdict, _ startedAt: Instant, isComplete: Bool
    ) throws(HarnessError) -> Diagnostic {
        let day = startedAt.dateText
        let old = try BaselineFile.existing(path, workspace)
        let baseline = try old.map { source throws(HarnessError) in try BaselineFile.entries(of: source) } ?? Baseline()
        let update = BaselineUpdate(
            baseline, verdict, on: day,
            until: startedAt.advanced(by: .seconds(BaselineFile.days * 86_400)).dateText,
            reason: "found on \(day), not reviewed yet",
            isWhole: isComplete)
        let text =
            old.map { BaselineFile.updated($0, baseline, update, on: day, redactor) }
            ?? BaselineText(redactor).text(update.added)
        try ReportFiles(root: workspace.root).write(text, to: path, isPrivate: false)
        let expired = update.seen.count { baseline.entries[$0].until < day }
        let unobserved = update.unobserved.isEmpty ? "" : " (\(update.unobserved.count) not exercised by this run)"
        return Diagnostic(
            "baseline.written", .note,
            "\(path): \(update.added.count) added, \(update.kept.count) kept\(unobserved), "
                + "\(update.dropped.count) dropped",
            help: expired > 0
                ? "\(expired) of the kept entries have expired: change their `until` dates"
                : update.added.isEmpty ? nil : "add a reason to each new entry")
    }
}
