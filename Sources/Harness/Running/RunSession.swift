import Conformance
public import Diagnostics
public import Exchanges
import Mocking
import OpenAPI
import Primitives
import Project
public import Scenarios

/// A run that is planned and ready to be made: everything that can be wrong with the input is behind it.
public struct RunSession: Sendable {
    /// What is going to be run.
    public private(set) var plan: Plan
    /// Warnings and notes about the input.
    public let diagnostics: Diagnostics
    /// Masks the run's secrets in everything that is shown.
    public let redactor: Redactor
    /// What generated values derive from.
    public let seed: String
    /// The target's name.
    public var targetName: String { target.name }

    let workspace: Workspace
    var request: RunRequest
    let loaded: LoadedContracts
    /// The contracts with the overlays that the user left out of judging; `nil` when none were left out.
    let corrected: LoadedContracts?
    let mockVersions: [MockVersion]
    let target: Target
    let credentials: TargetCredentials
    let secrets: SecretValues
    let earlier: EarlierRun?
    /// The recordings that respond in place of a server; `nil` for a target that sends.
    let fixtures: FixtureFolder?

    /// Loads contracts, tables and configuration, and checks all of it before anything is sent.
    ///
    /// - Throws: `HarnessError` (exit 2) with every problem found.
    public init(_ workspace: Workspace, _ request: RunRequest) throws(HarnessError) {
        let earlier = try workspace.earlierRun(request)
        let durations = try request.durations.map { path throws(HarnessError) in try workspace.journal(path).durations }
        var problems = Problems()
        problems.add(workspace.problems.entries)
        let input = try RunInput(
            workspace, Self.completed(request, by: earlier, workspace.project.judging.baseline), &problems)
        let request = input.request
        let isMock = input.target.kind == .mock
        let mockVersions = problems.gather { () throws(HarnessError) in
            isMock ? try workspace.mockVersions(input.basis) : []
        }
        let (everything, found) = workspace.plan(
            input.tables, input.basis, request.contracts,
            Self.planSettings(workspace, request, secrets: input.secretsFile.map(\.name), isMock: isMock))
        problems.add(found)
        let secrets = RunSecrets(workspace, input, planned: everything)
        problems.redactor = Redactor(secrets: secrets.masked)
        let credentials = Self.credentials(workspace, input, secrets.values, everything, &problems)
        // The rest of tables with errors does not show what was selected.
        guard !Diagnostics(found).hasErrors,
            let selected = Self.selected(everything, workspace, input, earlier, durations ?? [:], &problems)
        else { throw problems.error }
        let sent = try Self.recordable(selected, workspace, input, &problems)
        let fixtures = Self.fixtures(sent, workspace, input, &problems)
        plan = fixtures.map { sent.recorded(in: $0) } ?? sent
        if !request.target.allowsProduction {
            problems.add(ProductionGuard(input.loaded.contracts.all).problems(plan, input.target))
        }
        guard let mockVersions, let credentials, !problems.found.hasErrors else { throw problems.error }
        let seed =
            earlier?.journal.header.seed ?? request.seed
            ?? (isMock && request.recording != nil ? Seed.recording : Seed.fresh())
        redactor = secrets.redactor(workspace, input, planned: everything, credentials, seed: seed)
        diagnostics = redactor.redact(
            Diagnostics(
                input.loaded.diagnostics.entries + problems.found.entries + credentials.diagnostics
                    + Self.warnings(input, secrets, redactor)))
        self.seed = seed
        self.workspace = workspace
        self.request = request
        self.earlier = earlier
        self.fixtures = fixtures
        loaded = input.loaded
        corrected = input.corrected
        target = input.target
        self.mockVersions = mockVersions
        self.credentials = credentials
        self.secrets = secrets.values
    }

    // MARK: Steps of planning

    /// The request with what it takes from the run that it resumes and from the configuration.
    private static func completed(
        _ request: RunRequest, by earlier: EarlierRun?, _ baseline: String?
    ) -> RunRequest {
        var request = request
        if let earlier, request.tables.tables.isEmpty { request.tables.tables = earlier.journal.header.tables }
        // A journal that is judged again is judged as it was.
        if request.missingSecrets == .refused { request.judging.baseline = request.judging.baseline ?? baseline }
        return request
    }

    private static func credentials(
        _ workspace: Workspace, _ input: RunInput, _ secrets: SecretValues, _ everything: Plan,
        _ problems: inout Problems
    ) -> TargetCredentials? {
        let request = input.request
        let credentials = problems.gather { () throws(HarnessError) in
            try workspace.credentials(
                for: input.target, contracts: input.loaded.contracts, secrets: secrets,
                environment: request.environment, needsOwn: request.missingSecrets == .refused)
        }
        if request.contracts.spec == nil {
            let isWhole = request.tables.tables.isEmpty && request.contracts.version == nil
            problems.add(workspace.unmatchedNames(input.loaded.contracts, plan: isWhole ? everything : nil))
        }
        let schemes = credentials?.diagnostics.map { $0.strict(request.contracts) } ?? []
        problems.add(schemes.filter { $0.severity == .error })
        return credentials
    }

    /// The selected scenarios, without those that the resumed run has completed.
    private static func selected(
        _ everything: Plan, _ workspace: Workspace, _ input: RunInput, _ earlier: EarlierRun?,
        _ durations: [String: Duration], _ problems: inout Problems
    ) -> Plan? {
        let selected = problems.gather { () throws(HarnessError) in
            try workspace.selected(of: everything, input.request, durations: durations)
        }
        guard let earlier, let selected else { return selected }
        problems.add(earlier.changes(plan: selected, contracts: input.loaded.contracts))
        problems.add(earlier.changes(target: input.target))
        return earlier.narrowed(selected)
    }

    /// The scenarios that can be recorded, where the run is recorded.
    private static func recordable(
        _ plan: Plan, _ workspace: Workspace, _ input: RunInput, _ problems: inout Problems
    ) throws(HarnessError) -> Plan {
        guard let choice = input.request.recording else { return plan }
        guard input.target.kind != .fixtures else {
            throw .wrongInput(
                "usage.record-fixtures", "recordings cannot be made from recordings",
                help: "name a server with --target or --base-url, or remove both for the mock")
        }
        let recordable = problems.gather { () throws(HarnessError) in
            try workspace.recordable(plan, choice, target: input.target)
        }
        guard let recordable else { throw problems.error }
        return recordable
    }

    /// The recordings of the plan, where they respond in place of a server.
    private static func fixtures(
        _ plan: Plan, _ workspace: Workspace, _ input: RunInput, _ problems: inout Problems
    ) -> FixtureFolder? {
        guard input.target.kind == .fixtures else { return nil }
        let folder = FixtureFolder(
            workspace, plan: plan, contracts: input.loaded.contracts, asOf: input.request.startedAt ?? .now)
        problems.add(folder.diagnostics)
        return folder
    }

    /// Warnings about secrets in tables, short secrets and a seed that a live target may have seen.
    private static func warnings(_ input: RunInput, _ secrets: RunSecrets, _ redactor: Redactor) -> [Diagnostic] {
        let stored = input.tables.flatMap {
            StoredSecrets.problems(in: $0.bytes, path: $0.path, redactor: redactor, severity: .warning)
        }
        let named = Set(secrets.masked.map(\.name))
        let short = Set(redactor.shortSecrets).intersection(named).sorted().map(shortSecret)
        let isLive = input.target.kind != .mock && input.request.missingSecrets == .refused
        return stored + short + (isLive ? input.request.seed.map(oldSeed) ?? [] : [])
    }

    static func planSettings(
        _ workspace: Workspace, _ request: RunRequest, secrets: [String], isMock: Bool
    )
        -> PlanSettings
    {
        PlanSettings(
            profiles: workspace.project.profiles.map(\.name),
            variables: workspace.project.variableValues,
            environment: request.environment,
            secrets: isMock || request.missingSecrets != .refused
                ? nil : secrets + request.environment.filter { !$0.value.isEmpty }.keys.sorted(),
            isCI: request.isCI,
            reader: workspace.reader
        )
    }

    private static func oldSeed(_ seed: String) -> [Diagnostic] {
        [
            Diagnostic(
                "run.given-seed", .warning,
                "the seed is fixed: a live target that has seen it already knows the ids of this run",
                help: "remove --seed to get new ids")
        ]
    }

    private static func shortSecret(_ name: String) -> Diagnostic {
        Diagnostic(
            "secret.short", .warning,
            "the secret \(name) is shorter than six bytes: it is masked only where it was used",
            help: "use a longer value")
    }
}
