import Conformance
package import Diagnostics
import Exchanges
import Mocking
import OpenAPI
import Primitives
import Project
import Recordings
import Running
import Scenarios
package import Versions

/// The input of `assay upgrade`.
package struct UpgradeRequest: Sendable {
    /// The version that the rows are written for.
    package var from: String
    /// The second version that they are sent to.
    package var to: String
    /// The tables, target, secrets and pace, as for a run.
    package var run: RunRequest
    /// The base URL of the new version; `nil` when both versions have the target's.
    package var newBaseURL: String?

    /// Compares `from` with `to`.
    package init(from: String, to: String, run: RunRequest = RunRequest()) {
        self.from = from
        self.to = to
        self.run = run
    }
}

/// The result of `assay upgrade`.
package struct UpgradeResult: Sendable {
    /// The comparison, with secrets masked.
    package var upgrade: Upgrade
    /// The target that the rows were sent to.
    package var target: String
    /// The seed of generated values.
    package var seed: String
    /// Warnings about the input.
    package var diagnostics: Diagnostics
    /// The exit code.
    package var exit: ExitCode
    /// The time that planning and the runs took.
    package var elapsed: Duration
}

/// Runs one plan under two versions and explains the differences by the changes between their contracts.
package struct UpgradeSession: Sendable {
    private let request: UpgradeRequest
    private let workspace: Workspace
    private let session: RunSession
    private var planned: PlannedSession { session.planned }
    private let changes: [Change]
    /// The contract of the new version.
    private let new: Contract
    private let old: Contract
    private let plans: UpgradePlans
    /// The base URL of the new version, if it has its own.
    private let newBaseURL: String?

    /// Loads contracts and tables, and plans the rows under both versions.
    ///
    /// - Throws: `HarnessError` (exit 2) when a version is unknown or the rows are wrong under the old version.
    package init(_ workspace: Workspace, _ request: UpgradeRequest) throws(HarnessError) {
        var run = request.run
        run.contracts.version = request.from
        run.keepsMessages = true
        guard request.from != request.to else {
            throw .wrongInput(
                "upgrade.same-version", "--from and --to name the same version '\(request.from)'",
                help: "name two versions of \(Project.fileName)")
        }
        var newChoice = run.contracts
        newChoice.version = request.to
        let loaded = try workspace.contracts(newChoice)
        session = try RunSession(workspace, run)
        guard let new = loaded.contracts[request.to], let old = session.planned.loaded.contracts[request.from] else {
            throw .wrongInput("upgrade.version", "the versions could not be loaded")
        }
        (self.new, self.old) = (new, old)
        changes = ContractDiff.compare(old, new).changes
        plans = try UpgradePlans(
            session.planned.workspace, session.planned, run.planning, from: request.from, to: request.to)
        newBaseURL = try Self.address(request, workspace, session.planned, plans.new)
        self.request = request
        self.workspace = workspace
    }

    /// The base URL of the new version, checked like that of a target.
    private static func address(
        _ request: UpgradeRequest, _ workspace: Workspace, _ session: PlannedSession, _ plan: Plan
    ) throws(HarnessError) -> String? {
        guard let address = request.newBaseURL else { return nil }
        guard case .live = session.target.kind else {
            throw .wrongInput(
                "upgrade.base-url", "--to-base-url needs a target that is sent to",
                help: "name one with --target or --base-url")
        }
        var choice = request.run.target
        choice.baseURL = address
        let target = try workspace.target(choice, environment: request.run.environment)
        let problems = ProductionGuard(session.loaded.contracts.all).problems(plan, target)
        guard choice.allowsProduction || problems.isEmpty else {
            throw HarnessError(.wrongInput, Diagnostics(problems))
        }
        return target.liveURL
    }

    /// Warnings and notes about the input.
    package var diagnostics: Diagnostics { planned.diagnostics }

    /// Runs the plan twice under the old version and once under the new one, and compares the runs.
    ///
    /// Recordings are replayed once for each version. Cancelling the task stops sending.
    ///
    /// - Throws: `HarnessError` (exit 2) when a certificate or key of the target cannot be used.
    package func run(
        over network: any Network, progress: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws(HarnessError) -> UpgradeResult {
        let start = ContinuousClock.now
        try network.check(planned.delivery.connection)
        let runs = await runs(network, progress)
        let observer = StepObserver(old: old, new: new, redactor: planned.redactor)
        let (pairs, notCompared) = observer.pairs(runs, plans)
        var upgrade = UpgradeComparer.compare(
            pairs, by: changes, from: request.from, to: request.to, notCompared: notCompared,
            suggestion: { RowSuggestion(old: old, new: new).row(for: $0) })
        plans.addProblems(to: &upgrade, changes)
        return UpgradeResult(
            upgrade: upgrade.masked(by: planned.redactor), target: planned.targetName, seed: planned.seed,
            diagnostics: planned.diagnostics, exit: Self.exit(of: upgrade, Task.isCancelled),
            elapsed: ContinuousClock.now - start)
    }

    private static func exit(of upgrade: Upgrade, _ wasInterrupted: Bool) -> ExitCode {
        if wasInterrupted { return .interrupted }
        // If nothing was compared, the result must not look like success.
        if upgrade.comparedSteps == 0 { return .notPossible }
        if upgrade.breaksRows { return .breaking }
        return upgrade.hasUnannounced ? .findings : .passed
    }

    // MARK: Runs

    private func runs(
        _ network: any Network, _ progress: @escaping @Sendable (String) -> Void
    ) async -> UpgradeRuns {
        let startedAt = planned.startedAt
        switch planned.target.kind {
        case .mock:
            // The second run sends the same values, but times and identifiers of the mock differ.
            let later = startedAt.advanced(by: .seconds(90_061))
            async let before = planned.trial(plans.old, [], startedAt, version: request.from).verdict
            async let again = planned.trial(
                plans.old, [], later, mockSeed: planned.seed + " again", version: request.from
            ).verdict
            async let after = planned.trial(plans.new, [], startedAt, version: request.to).verdict
            return await UpgradeRuns(before: before, again: again, after: after)
        case .fixtures:
            return await UpgradeRuns(
                before: replay(plans.old, startedAt), again: nil, after: replay(plans.new, startedAt))
        case .live(let baseURL):
            // A server that has seen a run knows its identifiers, so each run has its own.
            let client = network.client(
                connections: session.wantedJobs, planned.delivery, TokenStore(planned.delivery.tokens))
            let pacer = Pacer(
                interval: session.settings(baseURL, startedAt).pace.interval,
                limit: session.settings(baseURL, startedAt).pace.rateLimit, clock: .system)
            var started = ContinuousClock.now
            func send(_ plan: Plan, _ part: String, _ name: String, to baseURL: String) async -> Verdict {
                progress(name)
                started = .now
                var settings = session.settings(baseURL, Instant.now)
                settings.seed = planned.seed + part
                return await planned.verdict(
                    plan, settings, client, .system, pacer: pacer, jobs: session.wantedJobs)
            }
            let before = await send(plans.old, "", "\(request.from), first run", to: baseURL)
            // Times without fractions must differ between the two runs as well.
            try? await Task.sleep(until: started + .milliseconds(1_200))
            let again = await send(plans.old, " again", "\(request.from), second run", to: baseURL)
            let newBaseURL = newBaseURL ?? baseURL
            let after = await send(plans.new, " new", request.to, to: newBaseURL)
            await client.shutdown()
            return UpgradeRuns(
                before: before, again: again, after: after, baseURL: baseURL, newBaseURL: newBaseURL)
        }
    }

    private func replay(_ plan: Plan, _ startedAt: Instant) async -> Verdict {
        let folder = FixtureFolder(
            workspace, plan: plan, contracts: planned.loaded.contracts, asOf: startedAt)
        var recorded = plan.recorded(in: folder)
        let names = Set(folder.recordings.compactMap { $0.origin?.scenario })
        recorded.scenarios.removeAll { !names.contains($0.id) }
        let waits = WaitClock(start: recorded.scenarios.compactMap(\.origin?.startedAt).min() ?? startedAt)
        return await planned.verdict(
            recorded, session.settings(folder.baseURL, startedAt), planned.recordedTransport(folder.recordings),
            waits.runClock)
    }
}

/// The verdicts on the runs of an upgrade.
struct UpgradeRuns: Sendable {
    /// The verdict under the old version.
    var before: Verdict
    /// The verdict of the second run under the old version.
    var again: Verdict?
    /// The verdict under the new version.
    var after: Verdict
    /// The URL that the paths of the old contract are appended to.
    var baseURL = ""
    /// The URL that the paths of the new contract are appended to.
    var newBaseURL = ""
}
