import Diagnostics
import Exchanges
import Mocking
import OpenAPI
import Primitives
import Project
import Scenarios

/// Makes a session in steps: read the input, plan every table, find secrets and credentials, select, check.
///
/// A command takes the steps one after the other, and can narrow the plan in between. A run that is resumed, split or
/// recorded does so. Mistakes are collected until a step cannot continue without a missing part.
struct SessionPlanner {
    let workspace: Workspace
    let input: PlanInput
    /// Every scenario of the tables.
    let everything: Plan
    var problems: DiagnosticCollector

    private let mockVersions: [MockVersion]?
    private let secrets: PlanSecrets
    private let credentials: TargetCredentials?
    private let delivery: TargetDelivery?
    private let tablesAreWrong: Bool
    /// Whether requests are going to be sent.
    private let isForSending: Bool

    /// Reads the input and plans every table.
    ///
    /// - Parameter isRecorded: Whether the traffic is going to be recorded.
    /// - Throws: `HarnessError` (exit 2) when contracts, target or tables cannot be read.
    init(_ workspace: Workspace, _ request: PlanRequest, isRecorded: Bool = false) throws(HarnessError) {
        var request = request
        isForSending = request.missingSecrets.isForSending
        // A journal that is judged again keeps its settings for judging.
        if isForSending { request.judging.baseline = request.judging.baseline ?? workspace.project.judging.baseline }
        var problems = DiagnosticCollector()
        problems.add(workspace.problems.entries)
        let input = try PlanInput(workspace, request, &problems)
        problems.add(workspace.unknownVariables(input))
        let workspace = workspace.with(variables: workspace.variables(of: input.target, request.target))
        let isMock = input.target.kind == .mock
        mockVersions = problems.gather { () throws(HarnessError) in
            isMock ? try workspace.mockVersions(input.basis) : []
        }
        var settings = workspace.planSettings(input.request, input.target, secrets: input.secretsFile.map(\.name))
        settings.events = workspace.events(of: input.target, input.tables, input.basis, mockVersions)
        var (everything, found) = workspace.plan(input.tables, input.basis, input.request.contracts, settings)
        problems.add(found)
        tablesAreWrong = Diagnostics(found).hasErrors
        secrets = PlanSecrets(workspace, input, planned: everything, isRecorded: isRecorded)
        problems.redactor = Redactor(secrets: secrets.masked)
        credentials = Self.credentials(workspace, input, secrets.values, everything, &problems)
        everything = credentials.map { everything.withLogins($0.values) } ?? everything
        // In tables with mistakes, the scenarios of logins can be missing.
        if credentials != nil, !tablesAreWrong { problems.add(workspace.loginProblems(everything)) }
        delivery = problems.gather { [secrets] () throws(HarnessError) in
            try workspace.delivery(input, secrets.values)
        }
        self.workspace = workspace
        self.input = input
        self.everything = everything
        self.problems = problems
    }

    private static func credentials(
        _ workspace: Workspace, _ input: PlanInput, _ secrets: SecretValues, _ everything: Plan,
        _ problems: inout DiagnosticCollector
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

    /// The scenarios that the request selects.
    ///
    /// - Throws: `HarnessError` (exit 2) when tables contain mistakes, since their remaining rows do not show what was
    ///   selected, or when nothing is selected. An empty shard is allowed.
    mutating func selected(shard: Shard? = nil, durations: [String: Duration] = [:]) throws(HarnessError) -> Plan {
        guard !tablesAreWrong else { throw problems.error }
        let selected = problems.gather { () throws(HarnessError) in
            try workspace.selected(of: everything, input.request.tables, shard: shard, durations: durations)
        }
        guard let selected else { throw problems.error }
        return selected
    }

    /// The session of `plan`.
    ///
    /// - Parameter seed: The seed of generated values; `nil` for the request's seed, or a fresh one if it has none.
    /// - Throws: `HarnessError` (exit 2) with all diagnostics, when one of them is an error.
    mutating func session(_ plan: Plan, seed: String? = nil) throws(HarnessError) -> PlannedSession {
        let fixtures = fixtures(plan)
        let plan = fixtures.map { plan.recorded(in: $0) } ?? plan
        if isForSending, !input.request.target.allowsProduction {
            problems.add(ProductionGuard(input.loaded.contracts.all).problems(plan, input.target))
        }
        guard let mockVersions, let credentials, let delivery, !problems.found.hasErrors else { throw problems.error }
        let seed = seed ?? input.request.seed ?? Seed.fresh()
        let redactor = secrets.redactor(
            workspace, input, planned: everything, credentials, delivery, seed: seed,
            recordedLogins: fixtures?.isMock == false ? credentials.values.logins : [])
        let found = Diagnostics(
            input.loaded.diagnostics.entries + problems.found.entries + credentials.diagnostics + delivery.warnings
                + warnings(redactor))
        return PlannedSession(
            plan: plan, diagnostics: redactor.redact(found), redactor: redactor, seed: seed, workspace: workspace,
            input: input, mockVersions: mockVersions, credentials: credentials, delivery: delivery,
            secrets: secrets.values, fixtures: fixtures)
    }

    /// The recordings of the plan; `nil` when they do not replace a server.
    private mutating func fixtures(_ plan: Plan) -> FixtureFolder? {
        guard input.target.kind == .fixtures else { return nil }
        let folder = FixtureFolder(
            workspace, plan: plan, contracts: input.loaded.contracts, asOf: input.request.startedAt ?? .now)
        problems.add(folder.diagnostics)
        return folder
    }

    /// Warnings about secrets in tables, short secrets and a seed that a live target may have seen.
    private func warnings(_ redactor: Redactor) -> [Diagnostic] {
        let stored = input.tables.flatMap {
            StoredSecrets.problems(in: $0.bytes, path: $0.path, redactor: redactor, severity: .warning)
        }
        let named = Set(secrets.masked.map(\.name))
        let short = Set(redactor.shortSecrets).intersection(named).sorted().map(Self.shortSecret)
        let isLive = input.target.kind != .mock && input.request.missingSecrets == .refused
        return stored + short + (isLive && input.request.seed != nil ? [Self.oldSeed] : [])
    }

    private static let oldSeed = Diagnostic(
        "run.given-seed", .warning,
        "the seed is fixed: a live target that has seen it already knows the ids of this run",
        help: "remove --seed to get new ids")

    private static func shortSecret(_ name: String) -> Diagnostic {
        Diagnostic(
            "secret.short", .warning,
            "the secret \(name) is shorter than six bytes: it is masked only where it was used",
            help: "use a longer value")
    }
}

extension Workspace {
    /// Values that options set for variables that neither the configuration declares nor a table uses.
    fileprivate func unknownVariables(_ input: PlanInput) -> [Diagnostic] {
        let known = (project.variables + project.targets.flatMap(\.variables)).map(\.name)
        return input.request.target.variables.compactMap { variable in
            let isKnown = known.contains { $0.isSame(as: variable.name) }
            let use = Array("var.\(variable.name)".utf8)
            guard !isKnown, !input.tables.contains(where: { $0.bytes.firstRange(of: use) != nil }) else { return nil }
            return Diagnostic(
                "usage.unknown-variable", .error, "`--var` sets the unknown variable '\(variable.name)'",
                help: nearestName(to: variable.name, among: known).map { "did you mean `\($0)`?" }
                    ?? "declare it with a default value under `vars` in assay.yaml")
        }
    }

    /// The settings for planning tables.
    ///
    /// - Parameter secrets: The names of secrets that have a value, in addition to those of the environment.
    func planSettings(_ request: PlanRequest, _ target: Target, secrets: [String]) -> PlanSettings {
        let isMock = target.kind == .mock
        var settings = PlanSettings(
            profiles: project.profiles.map(\.name),
            variables: project.variableValues,
            environment: request.environment,
            secrets: isMock || request.missingSecrets != .refused
                ? nil : secrets + request.environment.filter { !$0.value.isEmpty }.keys.sorted(),
            isCI: request.isCI,
            reader: reader
        )
        settings.logins = project.loginScenarios
        settings.requirements = project.judging.catalogue
        settings.idempotency = project.judging.promises.idempotency
        // The planner needs to know which headers exist, and the values that can be checked against the contract.
        settings.headers = target.requests.headers.map { header in
            let text = try? header.value.expandText(
                scope(request.environment, [:]), at: ValueSite(step: "", column: header.name, place: 0))
            if text == nil { settings.unknownHeaders.append(header.name) }
            return HeaderField(name: header.name, value: text ?? "0")
        }
        return settings
    }
}
