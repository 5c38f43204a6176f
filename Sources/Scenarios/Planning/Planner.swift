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
        var planning = PlanBuilder(contracts: contracts, settings: settings)
        let plan = planning.run(tables)
        return (plan, planning.problems)
    }
}

/// The state of one run of the planner.
struct PlanBuilder {
    let contracts: Contracts
    let settings: PlanSettings
    private(set) var diagnostics: [Diagnostic] = []
    private var seen: Set<String> = []
    /// The number of reported errors, including repeated ones; shows whether a row has any.
    private(set) var errorCount = 0

    var files: FileStore
    var scenarios: [Scenario] = []
    var laws: [Law] = []
    /// The location where each scenario's name and each law was first defined.
    var scenarioPlaces: [String: SourceLocation] = [:]
    var lawPlaces: [String: SourceLocation] = [:]
    /// The secrets used in templates.
    var secretNames: Set<String> = []
    /// The secrets used in templates with filters.
    var secretExpressions: Set<TemplateExpression> = []
    /// Data files named by some `rows=`.
    var dataFiles: Set<String> = []
    var cache = PlanningCache()
    var calls: [String: Call] = [:]
    /// The contract of the current row.
    var currentContract: Contract?
    var bodies: [String: BodyFile] = [:]
    var data: [String: DataRows] = [:]
    /// Data files that were opened again to find the location of a cell.
    var openedData: [String: CSVFile] = [:]
    /// The tables by path, including those named only by a `use`.
    var tables: [String: Table] = [:]
    /// The scenarios used by others, as read for them, and those being read.
    var readings: [UseTarget: ScenarioReader] = [:]
    var useStack: [UseTarget] = []
    var usedScenarios: Set<String> = []
    /// Diagnostics that are reported only if no other scenario uses theirs, by the scenario's key.
    var tentative: [(scenario: String, diagnostic: Diagnostic)] = []

    init(contracts: Contracts, settings: PlanSettings) {
        self.contracts = contracts
        self.settings = settings
        files = FileStore(readFile: settings.readFile)
    }

    /// Adds a diagnostic. A diagnostic that a default row or a body file causes in many steps is added once.
    mutating func report(_ diagnostic: Diagnostic) {
        if diagnostic.severity == .error { errorCount += 1 }
        let place = diagnostic.location?.description ?? ""
        if seen.insert("\(place)\n\(diagnostic.rule)\n\(diagnostic.message)").inserted {
            diagnostics.append(diagnostic)
        }
    }

    mutating func report(_ problems: [Diagnostic]) {
        for problem in problems { report(problem) }
    }

    /// All diagnostics, by file and location.
    var problems: [Diagnostic] { Diagnostics(diagnostics).sorted }

    mutating func run(_ sources: [TableSource]) -> Plan {
        if contracts.defaultContract == nil {
            report(
                Diagnostic(
                    "table.no-contract", .error,
                    contracts.all.isEmpty
                        ? "no contract is loaded for the tables"
                        : "unknown contract '\(contracts.defaultName)'"))
            return Plan(scenarios: [], laws: [], fingerprint: files.fingerprint)
        }
        for source in sources { files.add(source.bytes, path: source.path) }
        var tables: [Table] = []
        for source in sources {
            var problems: [Diagnostic] = []
            let table = Table(source, &problems)
            report(problems)
            warnOfSpreadsheets(table)
            tables.append(table)
            self.tables[source.path] = table
        }
        for table in tables {
            switch table.kind {
            case .scenarios: readScenarios(table)
            case .laws: readLaws(table)
            case .other: break
            }
        }
        for table in tables where table.kind == .other { checkPurpose(table) }
        for (scenario, diagnostic) in tentative where !usedScenarios.contains(scenario) { report(diagnostic) }
        let secrets = secretNames.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        var plan = Plan(scenarios: scenarios, laws: laws, fingerprint: files.fingerprint, secrets: secrets)
        plan.secretExpressions = secretExpressions.sorted { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }
        return plan
    }

    /// Reports a file that is neither a table nor data.
    private mutating func checkPurpose(_ table: Table) {
        guard !table.csv.header.isEmpty, !dataFiles.contains(table.path) else { return }
        let names = table.csv.header.map { trimmed($0.text) }
        let near = names.first { nearestName(to: $0, among: ["call", "law"]) != nil }
        let place = CellPlace(file: table.path, column: names[0], cell: table.csv.header[0])
        report(
            place.diagnostic(
                "table.kind",
                "not a table: the header has neither `call` nor `law`, and no `rows=` names this file",
                help: near.map {
                    "did you mean `\(nearestName(to: $0, among: ["call", "law"]) ?? "")` instead of '\($0)'?"
                }
                    ?? "the first line names the columns, separated by commas: a scenario table has `call`, a laws table "
                    + "has `law`; a data file is named in the `opts` of a scenario: rows=PATH"))
    }
}
