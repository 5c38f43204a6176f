package import Conformance
package import Diagnostics
package import Exchanges
package import Reporting

/// The result of a run.
package struct RunResult: Sendable {
    /// The verdict.
    package var verdict: Verdict
    /// The exit code.
    package var exit: ExitCode
    /// Warnings and notes about the input.
    package var diagnostics: Diagnostics
    /// Masks the run's secrets in everything that is shown.
    package var redactor: Redactor
    /// How long the run took.
    package var elapsed: Duration
    /// The journal of the run.
    package var storage: StoredJournal
    /// The result of recording; `nil` without recording.
    package var recorded: RecordResult?
    /// The folder of the run's reports, relative to the project; `nil` when there are none.
    package var reports: String?
    /// Whether the run covered everything. If so, parts that were not exercised are missing in the tables.
    package var isWhole = false
    /// The lines of tables and documents that findings point to.
    package var sources = SourceExcerpts()
    /// The run among earlier ones; `nil` without a history.
    package var trend: RunTrend?

    /// The journal's path.
    package var journal: String { storage.path }

    /// Where the journal of a run is.
    package struct StoredJournal: Sendable {
        /// Its path.
        package var path: String
        /// Whether it was written completely; otherwise the run was stopped.
        package var isWhole = true
    }

    /// The report model of the run.
    package var report: RunReport {
        RunReport(verdict, elapsed: elapsed, redactor: redactor, sources: sources)
    }
}

extension RunResult {
    /// The lines above every text report of the run: warnings without which a pass would be misleading. Empty if there
    /// are none.
    package var headline: String {
        let lines = diagnostics.entries.filter { $0.rule == "run.insecure" }.map { "warning: \($0.message)\n" }
        return lines.isEmpty ? "" : lines.joined() + "\n"
    }

    /// The diagnostics of a run that a user must see in addition to its verdict.
    ///
    /// - Parameter isQuiet: Whether notes are left out.
    package func news(isQuiet: Bool) -> Diagnostics {
        Diagnostics(
            diagnostics.entries.filter { diagnostic in
                let isOfRun = [
                    "run.nothing-answered", "run.nothing-sent", "run.target-ill", "run.open-files",
                    "run.stray-deliveries", "baseline.written",
                ]
                .contains(diagnostic.rule)
                let isOfFiles = ["reports.", "journal."].contains { diagnostic.rule.hasPrefix($0) }
                return (isOfRun || isOfFiles) && !(isQuiet && diagnostic.severity == .note)
            })
    }

    /// The result of a run whose reports could not be written: the verdict is kept, but the run does not succeed.
    func without(reports problems: [Diagnostic]) -> RunResult {
        var result = self
        for problem in problems {
            var problem = problem
            problem.help = rendering
            result.diagnostics.append(problem)
        }
        if exit != .interrupted { result.exit = .notPossible }
        return result
    }

    /// The result of a run that was stopped because its journal could not be written. The verdict covers the judged
    /// part.
    func stopped(by error: JournalError?) -> RunResult {
        guard let error else { return self }
        var result = self
        result.storage.isWhole = false
        var diagnostic = redactor.redact(error.diagnostic)
        diagnostic.help = result.rendering
        result.diagnostics.append(diagnostic)
        if exit != .interrupted { result.exit = .notPossible }
        return result
    }

    /// The result with the diagnostics of the baseline; a baseline that cannot be written is a failure.
    func with(_ baseline: [Diagnostic]) -> RunResult {
        var result = self
        result.diagnostics.append(contentsOf: baseline)
        if Diagnostics(baseline).hasErrors, exit != .interrupted { result.exit = .notPossible }
        return result
    }

    /// The command that renders the verdict once more.
    package var rendering: String {
        storage.isWhole
            ? "the run is complete; create its report from the journal: assay report \(journal)"
            : "the run was interrupted; free disk space, then resume it: assay run --resume --journal \(journal)"
    }

    /// The exit code of a verdict, in the order of precedence that the command line documents.
    ///
    /// A shard does not fail the run when all of its rows are skipped.
    ///
    /// - Parameter maximumUnjudged: The most steps, in percent, that an ill target may leave unjudged.
    static func exit(
        of verdict: Verdict, wasInterrupted: Bool, isShard: Bool = false, maximumUnjudged: Double
    ) -> ExitCode {
        if wasInterrupted { return .interrupted }
        let exchanges = verdict.exchanges
        // Transport failures among responses are findings. Without any response there is nothing to judge.
        if !exchanges.isEmpty, exchanges.allSatisfy(\.isUnanswered) { return .notPossible }
        if exchanges.isEmpty, !isShard, verdict.scenarios.allSatisfy({ $0.outcome == .skipped }) { return .wrongInput }
        if let illness = verdict.illness, illness.share > maximumUnjudged { return .notPossible }
        // A step that was never sent must not look like success. What an ill target hit is reported, and limited above.
        let isWhole = verdict.scenarios.others.allSatisfy { index, scenario in
            let outcome = scenario.outcome
            return outcome == .passed || outcome == .skipped || verdict.isLeftByIllness(index)
        }
        return verdict.fails() || !isWhole ? .findings : .passed
    }
}

extension Exchange {
    /// Whether no server responded. A server that redirects to a forbidden place did respond, and recordings need no
    /// server.
    fileprivate var isUnanswered: Bool {
        switch outcome.failure?.class {
        case nil, .redirect, .notRecorded, .requestDiffers: false
        default: true
        }
    }
}
