import Conformance
import Diagnostics
import Exchanges
import Primitives
import Scenarios
import SourceText

extension RunSession {
    /// The verdict by the baseline, if one is asked for, which is brought up to date first where that is asked for.
    ///
    /// - Parameter verdict: With secrets masked: a baseline is made to be committed.
    /// - Returns: The verdict, and what became of the baseline.
    func judged(
        _ verdict: Verdict, _ startedAt: Instant, isWhole: Bool
    ) -> (verdict: Verdict, told: [Diagnostic]) {
        let choice = request.judging
        guard choice.baseline != nil || choice.writesBaseline else { return (verdict, []) }
        let path = choice.baseline ?? BaselineFile.standard
        let day = startedAt.dateText
        do throws(HarnessError) {
            let told = choice.writesBaseline ? [try update(path, verdict, startedAt)] : []
            let baseline = try BaselineFile.read(path, workspace.reader)
            return (verdict.accepting(baseline, on: day, isWhole: isWhole), told)
        } catch {
            return (verdict, error.diagnostics.entries)
        }
    }

    /// Brings the baseline at `path` up to date with a verdict.
    private func update(_ path: String, _ verdict: Verdict, _ startedAt: Instant) throws(HarnessError) -> Diagnostic {
        let day = startedAt.dateText
        let old = try Self.existing(path, workspace)
        let baseline = try old.map { source throws(HarnessError) in try BaselineFile.entries(of: source) } ?? Baseline()
        let update = BaselineUpdate(
            baseline, verdict, on: day,
            until: startedAt.advanced(by: .seconds(BaselineFile.days * 86_400)).dateText,
            reason: "found on \(day), not reviewed yet",
            isWhole: isWhole && !request.failFast && !Task.isCancelled)
        let writer = BaselineText(redactor)
        let text = old.map { writer.text($0, baseline, update, on: day) } ?? writer.text(update.added)
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

    /// The file that is brought up to date; `nil` when there is none yet.
    private static func existing(_ path: String, _ workspace: Workspace) throws(HarnessError) -> SourceFile? {
        guard FileSystem.exists(path, in: workspace.root) else { return nil }
        do {
            return try workspace.reader.read(path)
        } catch {
            throw HarnessError(.wrongInput, Diagnostics(error.diagnostics))
        }
    }

    /// Whether the run is of every scenario of the project.
    var isWhole: Bool { !plan.isPartial && request.shard == nil }

    /// What is wrong with the baseline, before anything is sent.
    static func baselineProblems(_ request: RunRequest, _ workspace: Workspace) -> [Diagnostic] {
        let choice = request.judging
        guard choice.writesBaseline || choice.baseline != nil else { return [] }
        let path = choice.baseline ?? BaselineFile.standard
        do throws(HarnessError) {
            // One that is to be written need not be there yet.
            if choice.writesBaseline {
                guard let source = try existing(path, workspace) else { return [] }
                _ = try BaselineFile.entries(of: source)
            } else {
                _ = try BaselineFile.read(path, workspace.reader)
            }
            return []
        } catch {
            return error.diagnostics.entries
        }
    }
}
