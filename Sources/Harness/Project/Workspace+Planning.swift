import Diagnostics
import OpenAPI
import Primitives
import Project
import Scenarios

extension Workspace {
    /// The plan of `tables` under every version that `choice` names.
    ///
    /// A scenario that leaves the version open is planned once per version. One whose rows all name theirs is planned
    /// once; when the user names a version, scenarios that never use it are left out.
    func plan(
        _ tables: [TableSource], _ loaded: LoadedContracts, _ choice: ContractChoice, _ settings: PlanSettings
    ) -> (Plan, [Diagnostic]) {
        let names = versionsToRun(choice, loaded)
        var plans = VersionedPlans(home: project.defaults.runVersions.isEmpty ? nil : project.defaults.version)
        for name in names {
            let contracts = Contracts(loaded.contracts.all, default: name)
            let (plan, found) = Planner.plan(tables: tables, contracts: contracts, settings: settings)
            plans.add(plan, found, under: name)
        }
        if choice.version != nil, let name = names.first { plans.keepOnlyUsers(of: name) }
        return (plans.plan, plans.diagnostics)
    }

    private func versionsToRun(_ choice: ContractChoice, _ loaded: LoadedContracts) -> [String] {
        let isOpen = choice.spec == nil && choice.version == nil && !project.defaults.runVersions.isEmpty
        return isOpen ? project.defaults.runVersions : [loaded.contracts.defaultName]
    }
}

/// Plans of the same tables under several versions, as one.
private struct VersionedPlans {
    /// The version whose scenarios are called what the tables call them; with `nil` all are.
    let home: String?
    private(set) var plan = Plan(scenarios: [], laws: [], fingerprint: "")
    private(set) var diagnostics: [Diagnostic] = []
    private var isFirst = true
    private var seen: Set<String> = []

    init(home: String?) {
        self.home = home
    }

    mutating func add(_ other: Plan, _ found: [Diagnostic], under version: String) {
        for diagnostic in found {
            let key = "\(diagnostic.location?.description ?? "")\n\(diagnostic.rule)\n\(diagnostic.message)"
            guard seen.insert(key).inserted else { continue }
            var diagnostic = diagnostic
            // Without the version, a mistake under a later version alone would look wrong.
            if !isFirst { diagnostic.message += " (in the version \(version))" }
            diagnostics.append(diagnostic)
        }
        if isFirst {
            plan.laws = other.laws
            plan.fingerprint = other.fingerprint
        }
        plan.secrets = Set(plan.secrets + other.secrets).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        plan.secretExpressions += other.secretExpressions.filter { !plan.secretExpressions.contains($0) }
        // From the identities of session scenarios in tables to those in the plan.
        var sessions: [String: String] = [:]
        if other.scenarios.asWritten.contains(where: \.options.isSession) {
            for scenario in other.scenarios where scenario.options.isSession {
                sessions[scenario.id] = (isSettled(scenario) ? scenario : named(scenario, under: version)).id
            }
        }
        var scenarios = other.scenarios
        if !isFirst { scenarios.removeEach(where: isSettled) }
        scenarios.changeEach { scenario in
            for index in scenario.sessions.indices {
                let id = scenario.sessions[index].id
                scenario.sessions[index].id = sessions[id] ?? id
            }
            if !isSettled(scenario) { scenario = named(scenario, under: version) }
        }
        plan.scenarios += scenarios
        isFirst = false
    }

    /// Whether all rows name their version, so that the scenario is the same under every version.
    private func isSettled(_ scenario: Scenario) -> Bool { scenario.steps.allSatisfy(\.row.namesVersion) }

    /// The scenario with a name of its own where another version has it too, and so with values of its own: a server
    /// that knows both versions knows the ids of both.
    private func named(_ scenario: Scenario, under version: String) -> Scenario {
        guard let home, !home.isSame(as: version) else { return scenario }
        var scenario = scenario
        scenario.name += "@\(version)"
        scenario.options.version = version
        scenario.id = scenario.dataCase.map { "\(scenario.name)[\($0)]" } ?? scenario.name
        return scenario
    }

    mutating func keepOnlyUsers(of version: String) {
        let all = plan.scenarios.count
        plan.scenarios.removeEach { scenario in
            !scenario.steps.contains { $0.contract.isSame(as: version) }
        }
        plan.isPartial = plan.isPartial || plan.scenarios.count < all
    }
}
