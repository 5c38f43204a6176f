public import Diagnostics
import OpenAPI

/// Creates a plan from tables: every row is checked against the contracts before anything is sent.
public enum Planner {
    /// Reads `tables` and returns their plan, with all diagnostics of all tables at once.
    ///
    /// If there are errors, the plan contains only the valid parts and must not be run. The same bytes give the same
    /// plan: there is no clock, no network and no randomness.
    /// - Parameters:
    ///   - tables: The CSV files, with or without those named by `rows=`, in the order of execution.
    ///   - contracts: The contracts by name.
    ///   - settings: Settings from the configuration, and the reader of body and data files.
    public static func plan(
        tables: [TableSource], contracts: Contracts, settings: PlanSettings
    ) -> (Plan, [Diagnostic]) {
        guard contracts.defaultContract != nil else { return (.empty, [noDefault(contracts)]) }
        var sink = DiagnosticSink()
        let store = PlanningStore(tables, settings)
        let tables = read(tables, store.tables, &sink)
        var names = ScenarioNameCheck()
        var laws = LawReader(contracts, settings)
        var plan = Plan.empty
        var secrets = SecretUses()
        var warnings: [TentativeWarning] = []
        var sessions = SessionCheck()
        for table in tables {
            switch table.kind {
            case .scenarios:
                if let problem = names.missingName(in: table) { sink.report(problem) }
                for rows in ScenarioRows.groups(of: table) {
                    sink.report(names.check(rows))
                    let planned = sink.run(
                        ScenarioPlanner(rows: rows, contracts: contracts, settings: settings, store: store))
                    plan.scenarios += planned.scenarios
                    secrets.formUnion(planned.secrets)
                    warnings += planned.warnings
                    sessions.mentions += planned.sessions
                }
            case .laws:
                let (found, problems) = laws.laws(of: table)
                sink.report(problems)
                plan.laws += found
            case .other: break
            }
        }
        let unnamed = tables.filter { $0.kind == .other && !store.dataFiles.named.contains($0.path) }
        sink.report(unnamed.compactMap(\.purposeProblem))
        sink.report(sessions.check(&plan))
        sink.report(warnings.filter { !store.used.targets.contains($0.scenario) }.map(\.diagnostic))
        secrets.formUnion(laws.secrets)
        plan.secrets = secrets.names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        plan.secretExpressions = secrets.expressions.sorted { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }
        plan.fingerprint = store.files.fingerprint
        return (plan, sink.sorted)
    }

    private static func noDefault(_ contracts: Contracts) -> Diagnostic {
        Diagnostic(
            "table.no-contract", .error,
            contracts.all.isEmpty
                ? "no contract is loaded for the tables" : "unknown contract '\(contracts.defaultName)'")
    }

    private static func read(
        _ sources: [TableSource], _ store: TableStore, _ sink: inout DiagnosticSink
    ) -> [Table] {
        sources.map { source in
            var problems: [Diagnostic] = []
            let table = store.add(source, &problems)
            sink.report(problems + SpreadsheetWarnings.warnings(table))
            return table
        }
    }
}

/// The files and lookups of one planning, each read or computed once.
struct PlanningStore {
    let files: FileStore
    let tables: TableStore
    let dataFiles: DataFiles
    let bodyFiles: BodyFiles
    let lookups = ContractLookups()
    let used: UsedScenarios
    let validRequests = ValidRequests()

    init(_ sources: [TableSource], _ settings: PlanSettings) {
        files = FileStore(sources, readFile: settings.readFile)
        tables = TableStore(files)
        dataFiles = DataFiles(files)
        bodyFiles = BodyFiles(files)
        used = UsedScenarios(tables)
    }
}

/// The planned scenarios of one group of rows: one, or one for each data row.
struct PlannedScenarios {
    var scenarios: ScenarioList
    var secrets: SecretUses
    /// Warnings that depend on the other scenarios.
    var warnings: [TentativeWarning]
    /// The values of session scenarios that the rows use.
    var sessions: [SessionMention]
}

/// The stages from the rows of a scenario to its plan, in their order.
struct ScenarioPlanner: PlanningStage {
    let rows: ScenarioRows
    let contracts: Contracts
    let settings: PlanSettings
    let store: PlanningStore
    var diagnostics: [Diagnostic] = []

    mutating func run() -> PlannedScenarios {
        let resolved = resolve()
        let built = run(
            ScenarioBuilder(
                rows: rows, resolved: resolved, isCI: settings.isCI, logins: settings.logins,
                idempotency: settings.idempotency))
        let mistakes = check(built)
        var unused = UnusedPartsReport(scenario: resolved)
        let isSession = built.count > 0 && built.scenario.options.isSession
        // Other scenarios and profiles can use what a session scenario saves.
        let unusedSaves = unused.run()
        let warnings = isSession ? [] : unusedSaves
        // At a data cell, the warning that a spreadsheet would change it explains the mistake, so it comes first.
        diagnostics += unused.diagnostics + mistakes
        return PlannedScenarios(
            scenarios: resolved.isNotApplicable ? [] : built.scenarios, secrets: resolved.secrets,
            warnings: warnings,
            sessions: resolved.sessions)
    }

    /// Reads, expands and resolves the scenario. Scenarios that others use go through these stages only.
    ///
    /// - Parameter nesting: The scenarios that use this one, the outermost first.
    private mutating func resolve(within nesting: [UseTarget] = []) -> ResolvedScenario {
        let draft = run(ScenarioReader(rows))
        let expanded = run(
            UseExpander(draft: draft, nesting: nesting, used: store.used) {
                [contracts, settings, store] rows, nesting in
                var planner = ScenarioPlanner(rows: rows, contracts: contracts, settings: settings, store: store)
                return (planner.resolve(within: nesting), planner.diagnostics)
            })
        return run(
            ScenarioResolver(
                scenario: expanded,
                input: ResolverInput(
                    contracts: contracts, profiles: settings.profiles, headers: settings.headers,
                    lookups: store.lookups, bodyFiles: store.bodyFiles, events: settings.events),
                dataFiles: store.dataFiles, settings: settings))
    }

    /// Builds and checks the requests of every run of the scenario.
    private func check(_ built: BuiltScenario) -> [Diagnostic] {
        let input = RequestCheckInput(
            settings: settings, lookups: store.lookups, bodyFiles: store.bodyFiles, dataFiles: store.dataFiles,
            valid: store.validRequests)
        var diagnostics: [Diagnostic] = []
        for index in 0..<built.count {
            var check = RequestCheck(built.run(at: index), built.senders, input)
            check.run()
            diagnostics += check.diagnostics
        }
        return diagnostics
    }
}
