import Diagnostics
import OpenAPI
import Project
import Scenarios
import Versions

/// The plans of the same rows for two versions.
struct UpgradePlans: Sendable {
    /// The rows under the old version.
    let old: Plan
    /// The rows under the new version that can be sent there.
    let new: Plan
    /// The mistakes in the rows under the new version.
    private let problems: [Diagnostic]

    init(
        _ workspace: Workspace, _ session: PlannedSession, _ request: PlanRequest, from: String, to: String
    ) throws(HarnessError) {
        let tables = try workspace.tables(request.tables)
        var settings = workspace.planSettings(
            request, session.target, secrets: Array(session.secrets.values.keys))
        settings.events = workspace.events(of: session.target, tables, session.loaded, session.mockVersions)
        let all = session.loaded.contracts.all
        let selected = Set(session.plan.scenarios.map { ScenarioKey($0) })
        if session.target.kind == .fixtures {
            // Recordings belong to scenarios by name, and a scenario has a different name under another version.
            var choice = request.contracts
            choice.version = to
            let loaded = LoadedContracts(
                contracts: Contracts(all, default: to), behaviours: session.loaded.behaviours,
                diagnostics: Diagnostics())
            let (plan, found) = workspace.plan(tables, loaded, choice, settings)
            old = session.plan
            new = plan.withLogins(session.credentials.values).keeping(selected)
            problems = found.filter { $0.severity == .error }
            return
        }
        // Equal names give equal generated values, so both plans use the names in the tables.
        let (before, _) = Planner.plan(tables: tables, contracts: Contracts(all, default: from), settings: settings)
        let (after, found) = Planner.plan(
            tables: tables, contracts: Contracts(all, default: to, replacing: (name: from, by: to)),
            settings: settings)
        old = before.withLogins(session.credentials.values).keeping(selected)
        new = after.withLogins(session.credentials.values).keeping(selected)
        problems = found.filter { $0.severity == .error }
    }

    /// Adds the rows that the new contract makes invalid, and negative rows that it makes valid.
    func addProblems(to upgrade: inout Upgrade, _ changes: [Change]) {
        let rows = old.scenarios.flatMap { scenario in
            scenario.steps.compactMap { step in UpgradeStep(step, in: scenario) }
        }
        var known: Set<String> = []
        for problem in problems {
            // A mistake in a body file counts for the row that sends the file.
            let places = [problem.location].compactMap { $0 } + problem.related.map(\.location)
            for row in rows
            where places.contains(where: { $0.file == row.location.file && $0.line == row.location.line }) {
                if problem.rule == "table.invalid-row" {
                    if !upgrade.accepted.contains(row) { upgrade.accepted.append(row) }
                    continue
                }
                guard known.insert("\(row.location) \(problem.message)").inserted else { continue }
                upgrade.broken.append(
                    Upgrade.BrokenRow(
                        step: row, reason: problem.message, rules: Self.rules(behind: problem, row, changes)))
            }
        }
    }

    /// The ids of the changes that make a row invalid: those at the place of the diagnostic, otherwise all changes that
    /// are errors.
    private static func rules(behind problem: Diagnostic, _ row: UpgradeStep, _ changes: [Change]) -> [String] {
        let own = changes.filter { $0.subject?.name == row.operation.name && $0.severity > .note }
        let named = own.filter { change in
            ["'\(change.itemText)'", "'\(change.itemText).", "'body\(change.pointer)'"].contains {
                problem.message.contains($0)
            }
        }
        let found = named.isEmpty ? own.filter { $0.severity == .error } : named
        return Array(Set(found.map(\.rule.id))).sorted()
    }
}

/// The identity of a scenario, which is the same under every version.
struct ScenarioKey: Hashable, Sendable {
    var file: String
    var line: Int
    var dataCase: String?

    init(_ scenario: Scenario) {
        file = scenario.file
        line = scenario.line
        dataCase = scenario.dataCase
    }
}

extension Plan {
    /// The plan with these scenarios.
    fileprivate func keeping(_ keys: Set<ScenarioKey>) -> Plan {
        var plan = self
        plan.scenarios.removeAll { !keys.contains(ScenarioKey($0)) }
        plan.isPartial = true
        return plan
    }
}

extension UpgradeStep {
    /// A step that calls an operation; `nil` for pauses and routes of the mock.
    init?(_ step: Step, in scenario: Scenario) {
        guard let operation = step.call.operation else { return nil }
        self.init(
            scenario: scenario.id, step: step.name, location: step.location,
            operation: .init(name: operation.name, method: operation.method, path: operation.path),
            isNegative: step.options.isInvalid)
    }
}
