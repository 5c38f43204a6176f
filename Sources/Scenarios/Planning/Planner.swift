public import Diagnostics
import OpenAPI

/// Makes a plan of tables: every row is checked against the contracts before anything is sent.
public enum Planner {
    /// Reads `tables` and returns what they ask for, with every problem of all of them at once.
    ///
    /// When there are errors among the diagnostics, the plan holds only what could be understood and is not to be
    /// run. The same bytes give the same plan: there is no clock, no network and no randomness.
    /// - Parameters:
    ///   - tables: The CSV files, those that `rows=` names included or not; in the order in which they are to run.
    ///   - contracts: The contracts by name.
    ///   - settings: What the configuration says, and how body and data files are read.
    public static func plan(
        tables: [TableSource], contracts: Contracts, settings: PlanSettings
    ) -> (Plan, [Diagnostic]) {
        var planning = Planning(contracts: contracts, settings: settings)
        let plan = planning.run(tables)
        return (plan, planning.problems)
    }
}

/// One run of the planner.
struct Planning {
    let contracts: Contracts
    let settings: PlanSettings
    private(set) var diagnostics: [Diagnostic] = []
    private var seen: Set<String> = []
    /// How often an error was reported, repeated ones included: tells whether a row has any.
    private(set) var errorCount = 0

    var files: FileStore
    var scenarios: [Scenario] = []
    var laws: [Law] = []
    /// Where each scenario's name and each law was first given.
    var scenarioPlaces: [String: SourceLocation] = [:]
    var lawPlaces: [String: SourceLocation] = [:]
    /// The secrets that templates ask for.
    var secretNames: Set<String> = []
    /// The secrets that templates put through filters.
    var secretExpressions: Set<TemplateExpression> = []
    /// Data files that some `rows=` names.
    var dataFiles: Set<String> = []
    var cache = PlanningCache()
    var calls: [String: Call] = [:]
    /// The contract of the row that is being read.
    var currentContract: Contract?
    var bodies: [String: BodyFile] = [:]
    var data: [String: DataRows] = [:]
    /// Data files that are looked into again, for the place of a cell.
    var openedData: [String: CSVFile] = [:]
    /// The tables by path, those that only a `use` names included.
    var tables: [String: Table] = [:]
    /// The scenarios that others use, as they were read for them, and those that are being read.
    var readings: [UseTarget: ScenarioReading] = [:]
    var useStack: [UseTarget] = []
    var usedScenarios: Set<String> = []
    /// What is told of a scenario only if no other one uses it, by the scenario's key.
    var tentative: [(scenario: String, diagnostic: Diagnostic)] = []

    init(contracts: Contracts, settings: PlanSettings) {
        self.contracts = contracts
        self.settings = settings
        files = FileStore(readFile: settings.readFile)
    }

    /// Adds a problem; one that a default row or a body file brings to many steps is added once.
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

    /// Everything found, by file and place.
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

    /// A file that is neither a table nor data is a mistake.
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
                    ?? "a scenario table has a column `call`, a laws table has a column `law`; "
                    + "a data file is named in the `opts` of a scenario: rows=PATH"))
    }
}
