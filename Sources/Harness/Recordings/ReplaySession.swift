import Conformance
import Diagnostics
import Exchanges
import OpenAPI
import Primitives
import Project
import Recordings
import Scenarios

/// The input of `assay replay`: the recordings, and the contracts and settings to judge them by.
package struct ReplayRequest: Sendable {
    /// The recordings: HAR files, or folders of them.
    package var recordings: [String] = []
    /// The contracts. With `spec` or `version`, entries are judged by that contract alone and not by the tables.
    package var contracts = ContractChoice()
    /// The environment that checks can use.
    package var environment: [String: String] = [:]
    /// How the verdict is made.
    package var judging = JudgingChoice()

    /// A request without recordings.
    package init() {}

    /// Whether the user names a contract. The tables do not apply then, because they were written for another one.
    fileprivate var namesContract: Bool { contracts.spec != nil || contracts.version != nil }
}

/// Judges recordings. Nothing is sent.
package enum ReplaySession {
    /// The verdict on the recordings of `request`.
    ///
    /// Recordings of scenarios of this project are judged with their tables, and get the verdict of the run. All others
    /// are judged entry by entry, each by the operation that its method and URL call.
    ///
    /// - Throws: `HarnessError` (exit 2) when a file cannot be read or no entry calls an operation of the contract.
    package static func result(_ workspace: Workspace, _ request: ReplayRequest) throws(HarnessError) -> RunResult {
        let clock = ContinuousClock()
        let start = clock.now
        var (recordings, diagnostics) = try read(request.recordings, in: workspace.root)
        let planned = request.namesContract ? [] : recordings.filter { $0.origin != nil }
        var result: RunResult?
        if !planned.isEmpty {
            let (judged, left) = try judge(planned, workspace, request)
            recordings = recordings.filter { $0.origin == nil } + left
            result = judged
        }
        if !recordings.isEmpty {
            let other = try judgeEntries(recordings, workspace, request)
            result = result.map { $0.joined(with: other) } ?? other
        }
        guard var result else {
            throw .wrongInput("usage.nothing-selected", "no recording is given", help: "assay replay fixtures/")
        }
        result.diagnostics = Diagnostics(diagnostics + result.diagnostics.entries)
        result.exit = RunResult.exit(
            of: result.verdict, wasInterrupted: false,
            maximumUnjudged: workspace.project.judging.illness.maximumUnjudged)
        result.elapsed = clock.now - start
        return result.withSources(in: workspace)
    }

    private static func read(
        _ paths: [String], in root: String
    ) throws(HarnessError) -> (recordings: [Recording], diagnostics: [Diagnostic]) {
        var recordings: [Recording] = []
        var found: [Diagnostic] = []
        for path in paths {
            let isFolder = FileSystem.isFolder(path, in: root)
            let files = isFolder ? FileSystem.files(in: path, of: root, suffix: ".har") : [path]
            if files.isEmpty {
                found.append(
                    Diagnostic("recording.none", .error, "the folder '\(path)' contains no .har file"))
            }
            for file in files {
                switch FixtureFolder.read(file, in: root) {
                case .success(let (recording, problems)):
                    recordings.append(recording)
                    found += problems
                case .failure(let error): found += error.diagnostics
                }
            }
        }
        guard !Diagnostics(found).hasErrors else { throw HarnessError(.wrongInput, Diagnostics(found)) }
        return (recordings, found)
    }

    // MARK: Recordings of this project's scenarios

    /// The verdict of the recorded run, and the recordings of scenarios that are no longer in the tables.
    private static func judge(
        _ recordings: [Recording], _ workspace: Workspace, _ request: ReplayRequest
    ) throws(HarnessError) -> (RunResult, left: [Recording]) {
        var planning = PlanRequest()
        planning.contracts = request.contracts
        planning.tables.ignoresOnly = true
        planning.target.name = Target.mock.name
        planning.environment = request.environment
        planning.missingSecrets = .standIns
        planning.judging = request.judging
        planning.seed = recordings.first?.origin?.values.seed
        let session = try PlannedSession(workspace, planning)
        var plan = session.plan
        let byScenario = Dictionary(
            recordings.compactMap { recording in recording.origin.map { ($0.scenario, recording) } },
            uniquingKeysWith: { first, _ in first })
        plan.isPartial = plan.scenarios.contains { byScenario[$0.id] == nil }
        plan.scenarios.removeAll { byScenario[$0.id] == nil }
        for index in plan.scenarios.indices {
            plan.scenarios[index].origin = byScenario[plan.scenarios[index].id]?.origin?.values
        }
        let known = Set(plan.scenarios.map(\.id))
        let left = recordings.filter { !known.contains($0.origin?.scenario ?? "") }
        var policy = session.policy
        policy.secrets = session.secrets.masks
        let targetName = recordings.first?.origin?.target ?? ""
        policy.isStrict = policy.isStrict || workspace.project.target(targetName)?.isStrict == true
        let journal = Journal(recordings: recordings.filter { known.contains($0.origin?.scenario ?? "") })
        let verdict = Judge(plan: plan, contracts: session.loaded.contracts, policy: policy)
            .verdict(journal.ordered(byScenarios: plan.scenarios.map(\.id)))
        return (
            RunResult(
                verdict: verdict, exit: .passed, diagnostics: session.diagnostics, redactor: session.redactor,
                elapsed: .zero, storage: .init(path: "")),
            left
        )
    }

    // MARK: Other recordings

    private static func judgeEntries(
        _ recordings: [Recording], _ workspace: Workspace, _ request: ReplayRequest
    ) throws(HarnessError) -> RunResult {
        let loaded = try workspace.contracts(request.contracts)
        guard let contract = loaded.contracts.defaultContract else {
            throw .wrongInput("usage.no-contract", "no contract is loaded", help: "name one with --spec FILE")
        }
        let matcher = EntryMatcher(contract, for: recordings.flatMap(\.entries))
        let matched = recordings.map { MatchedRecording($0, matcher, contract) }
        let skipped = matched.flatMap(\.diagnostics)
        guard matched.contains(where: { !$0.entries.isEmpty }) else {
            throw HarnessError(
                .wrongInput,
                Diagnostics(
                    skipped + [
                        Diagnostic(
                            "recording.nothing-matched", .error,
                            "no entry of the recordings has a response of an operation of the contract "
                                + "'\(contract.name)'",
                            help: "name the right contract with --spec or --api-version")
                    ]))
        }
        var policy = Policy(
            volatile: workspace.volatilePaths, environment: request.environment, isStrict: request.judging.isStrict)
        policy.strictTags = workspace.project.judging.strictTags
        var judge = ExchangeJudge(contract, policy: policy)
        var sequence = 0
        let scenarios = matched.map { $0.verdict(&judge, after: &sequence) }
        let header = JournalHeader(
            seed: "", startedAt: Instant(microsecondsSinceEpoch: 0), target: "recording", baseURL: "")
        let judged = Verdict(run: header, scenarios: scenarios, coverage: judge.coverage)
        return RunResult(
            verdict: RecordingAllowances(matched).applied(to: judged), exit: .passed,
            diagnostics: Diagnostics(loaded.diagnostics.entries + skipped),
            redactor: .none, elapsed: .zero, storage: .init(path: ""))
    }
}
