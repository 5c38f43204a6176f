import Conformance
import Diagnostics
import Exchanges
import Primitives
import Project
import Scenarios

/// The input of `assay report`: journals of runs that are judged once more.
package struct ReportRequest: Sendable {
    /// The journals' paths; those of shards are merged.
    package var journals: [String] = []
    /// The contracts, as the run had them.
    package var contracts = ContractChoice()
    /// Changes to how the runs were judged.
    package var judging = JudgingChoice()
    /// The environment that checks may use.
    package var environment: [String: String] = [:]

    /// A request without journals.
    package init() {}
}

/// Judges stored journals. Nothing is sent.
package enum ReportSession {
    /// The result of the run, or of the runs together, that the journals of `request` contain.
    ///
    /// - Throws: `HarnessError` (exit 2) when a journal cannot be read or does not belong to the project as it is.
    package static func result(_ workspace: Workspace, _ request: ReportRequest) throws(HarnessError) -> RunResult {
        var parts: [MergedJournal.Part] = []
        for path in request.journals { parts.append(.init(path: path, stored: try workspace.storedJournal(path))) }
        let runs = parts.map { EarlierRun(path: $0.path, header: $0.header) }
        let path = runs.map(\.path).joined(separator: ", ")
        var merged = try MergedJournal(parts)
        let session = try PlannedSession(workspace, planRequest(request, merged.header, workspace))
        let changes = runs.flatMap { $0.changes(plan: session.plan, contracts: session.loaded.contracts) }
        guard changes.isEmpty else { throw HarnessError(.wrongInput, Diagnostics(changes)) }
        let plan = EarlierRun(path: path, header: merged.header).narrowed(session.plan)
        // From here on, the plan has the names.
        merged.header.scenarios = []
        let header = merged.header
        var policy = session.policy
        policy.secrets = masks(session.secrets, isMock: session.target.kind == .mock)
        let judging = JudgedRun(session, plan, header, policy: policy)
        let judged = try merged.judged(by: judging)
        let found = judging.verdict(judged.rest.ordered(byScenarios: plan.scenarios.map(\.id)))
            .masked(by: session.redactor)
            .requiring(session.request.judging.thresholds)
        let (verdict, notes) = session.judged(found, header.startedAt, isWhole: !plan.isPartial)
        guard !Diagnostics(notes).hasErrors else { throw HarnessError(.wrongInput, Diagnostics(notes)) }
        let maximumUnjudged = workspace.project.judging.illness.maximumUnjudged
        let exit = RunResult.exit(
            of: verdict, wasInterrupted: false, isShard: header.shard != nil, maximumUnjudged: maximumUnjudged)
        var diagnostics = session.diagnostics
        if let illness = RunResult.tooLittleJudged(verdict, maximumUnjudged: maximumUnjudged) {
            diagnostics.append(illness)
        }
        return RunResult(
            verdict: verdict,
            exit: exit,
            diagnostics: diagnostics,
            redactor: session.redactor,
            elapsed: judged.elapsed,
            storage: .init(path: path),
            isWhole: !plan.isPartial,
            trend: HistorySession.trend(
                of: verdict, exit: exit, elapsed: judged.elapsed, session.redactor, root: workspace.root)
        )
        .withSources(in: workspace)
    }

    /// The plan of the run with this header. Secrets have placeholders as values.
    static func planRequest(
        _ request: ReportRequest, _ header: JournalHeader, _ workspace: Workspace
    ) -> PlanRequest {
        var plan = PlanRequest()
        plan.contracts = request.contracts
        plan.judging = request.judging
        plan.judge(as: header.judging)
        plan.tables.tables = header.tables
        plan.tables.ignoresOnly = true
        if let target = workspace.project.target(header.target) {
            plan.target.name = header.target
            // The address may have been given by option or by a variable.
            if case .live = target.kind { plan.target.baseURL = header.baseURL }
        } else {
            plan.target.baseURL = header.baseURL
        }
        plan.environment = request.environment
        plan.missingSecrets = .standIns
        plan.seed = header.seed
        return plan
    }

    /// The masks of secrets in the journal, which masks the real ones.
    private static func masks(_ secrets: SecretValues, isMock: Bool) -> [String: String] {
        var values = secrets.values
        let real = Set(secrets.real.map(\.name))
        for name in values.keys where !isMock || real.contains(name) { values[name] = Redactor.mask(name) }
        return values
    }
}
