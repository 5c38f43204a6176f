import Conformance
public import Diagnostics
public import Exchanges
import Mocking
import OpenAPI
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
        var request = request
        // What was run is what is gone on with.
        if let earlier, request.tables.tables.isEmpty { request.tables.tables = earlier.journal.header.tables }
        if request.missingSecrets == .refused {
            // What is judged again is judged as it was.
            request.judging.baseline = request.judging.baseline ?? workspace.project.baseline
        }
        self.workspace = workspace
        self.request = request
        self.earlier = earlier
        // What does not need one another is looked at together, so that a user sees all of it at once.
        var problems = Problems()
        problems.add(workspace.problems.entries)
        problems.add(Self.baselineProblems(request, workspace))
        let loaded = problems.gather { () throws(HarnessError) in try workspace.contracts(request.contracts) }
        let target = problems.gather { () throws(HarnessError) in try workspace.target(request.target) }
        let tables = problems.gather { () throws(HarnessError) in try workspace.tables(request.tables) }
        guard let loaded, let target, let tables else {
            // Without a contract the tables' rows mean nothing, but they can be wrong as tables.
            if loaded == nil { problems.add((tables ?? []).flatMap(\.problems)) }
            throw problems.error
        }
        let isMock = target.kind == .mock
        if target.kind == .fixtures {
            request.missingSecrets = .standIns
            self.request = request
        }
        let corrected = workspace.corrected(request.contracts)
        let basis = corrected ?? loaded
        let file = problems.gather { () throws(HarnessError) in
            try request.secretsFile.map { path throws(HarnessError) in
                try SecretsFile.read(path, root: workspace.root)
            } ?? []
        }
        guard let file else { throw problems.error }
        let mockVersions = problems.gather { () throws(HarnessError) in
            isMock ? try workspace.mockVersions(basis) : []
        }
        let (everything, found) = workspace.plan(
            tables, basis, request.contracts,
            Self.planSettings(workspace, request, secrets: file.map(\.name), isMock: isMock))
        problems.add(found)
        let secrets = SecretValues(
            names: workspace.project.secretNames + everything.secrets, environment: request.environment, file: file,
            isMock: isMock || request.missingSecrets == .standIns)
        // A recording shows no secret at all, so that it is the same whichever are set.
        let isRecording = request.recording != nil || target.kind == .fixtures
        let masked =
            (isMock && !isRecording ? secrets.real : secrets.all) + workspace.credentialVariables(request.environment)
        problems.redactor = Redactor(secrets: masked)
        let credentials = problems.gather { () throws(HarnessError) in
            try workspace.credentials(
                for: target, contracts: loaded.contracts, secrets: secrets, environment: request.environment,
                needsOwn: request.missingSecrets == .refused)
        }
        if request.contracts.spec == nil {
            let isWhole = request.tables.tables.isEmpty && request.contracts.version == nil
            problems.add(workspace.unmatchedNames(loaded.contracts, plan: isWhole ? everything : nil))
        }
        let schemes = credentials?.diagnostics.map { $0.strict(request.contracts) } ?? []
        problems.add(schemes.filter { $0.severity == .error })
        // What tables with errors leave over says nothing about what was selected.
        if !Diagnostics(found).hasErrors,
            var selected = problems.gather({ () throws(HarnessError) in
                try workspace.selected(of: everything, request, durations: durations ?? [:])
            })
        {
            if let earlier {
                problems.add(earlier.changes(plan: selected, contracts: loaded.contracts))
                problems.add(earlier.changes(target: target))
                selected = earlier.narrowed(selected)
            }
            plan = selected
        } else {
            throw problems.error
        }
        if let choice = request.recording {
            guard target.kind != .fixtures else {
                throw .wrongInput(
                    "usage.record-fixtures", "recordings cannot be made from recordings",
                    help: "name a server with --target or --base-url, or remove both for the mock")
            }
            let whole = plan
            guard
                let left = problems.gather({ () throws(HarnessError) in
                    try workspace.recordable(whole, choice, target: target)
                })
            else { throw problems.error }
            plan = left
        }
        let fixtures: FixtureFolder?
        if target.kind == .fixtures {
            let folder = FixtureFolder(
                workspace, plan: plan, contracts: loaded.contracts, asOf: request.startedAt ?? .now)
            problems.add(folder.diagnostics)
            plan = plan.recorded(in: folder)
            fixtures = folder
        } else {
            fixtures = nil
        }
        self.fixtures = fixtures
        if !request.target.allowsProduction {
            problems.add(ProductionGuard(loaded.contracts.all).problems(plan, target))
        }
        guard let mockVersions, let credentials, !problems.found.hasErrors else { throw problems.error }
        seed =
            earlier?.journal.header.seed ?? request.seed
            ?? (isMock && request.recording != nil ? Seed.recording : Seed.fresh())
        let derived = workspace.derivedSecrets(plan: everything, secrets, request.environment)
        let wrong = masked.isEmpty ? [] : credentials.values.wrongValues.map { ("wrong-credential", $0) }
        let redactor = Redactor(
            secrets: masked + derived.filter { derived in masked.contains { $0.name == derived.name } } + wrong,
            places: workspace.redactedPlaces(secrets: masked, seed: seed))
        let stored = tables.flatMap {
            StoredSecrets.problems(in: $0.bytes, path: $0.path, redactor: redactor, severity: .warning)
        }
        let oldSeed = isMock || request.missingSecrets != .refused ? [] : request.seed.map(Self.oldSeed) ?? []
        let named = Set(masked.map(\.name))
        let short = Set(redactor.shortSecrets).intersection(named).sorted().map(Self.shortSecret)
        diagnostics = redactor.redact(
            Diagnostics(
                loaded.diagnostics.entries + problems.found.entries + credentials.diagnostics + stored + short + oldSeed
            ))
        self.redactor = redactor
        self.loaded = loaded
        self.corrected = corrected
        self.target = target
        self.mockVersions = mockVersions
        self.credentials = credentials
        self.secrets = secrets
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

/// Collects what several steps complain of.
private struct Problems {
    private(set) var found = Diagnostics()
    private var exit = ExitCode.wrongInput
    /// Masks what may not be shown.
    var redactor = Redactor.none

    /// What was found; where the configuration is wrong, without what it is said to lack.
    var error: HarnessError {
        let found = redactor.redact(found)
        let isMisconfigured = found.entries.contains { $0.severity == .error && $0.rule.hasPrefix("configuration.") }
        guard isMisconfigured else { return HarnessError(exit, found) }
        return HarnessError(exit, Diagnostics(found.entries.filter { !$0.rule.hasPrefix("usage.") }))
    }

    /// The result of `step`, or `nil` and one reason more.
    mutating func gather<Value>(_ step: () throws(HarnessError) -> Value) -> Value? {
        do {
            return try step()
        } catch {
            found.append(contentsOf: error.diagnostics.entries)
            exit = error.exit
            return nil
        }
    }

    mutating func add(_ diagnostics: [Diagnostic]) {
        found.append(contentsOf: diagnostics)
    }
}
