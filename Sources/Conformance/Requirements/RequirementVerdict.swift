package import Diagnostics
import Scenarios

/// The result of a requirement: whether the rows that name it show it.
package struct RequirementVerdict: Sendable, Equatable {
    /// The id that rows name.
    package var id: String
    /// The requirement in words; empty if the catalogue has none.
    package var title: String
    /// The address of the text that states it; `nil` if the catalogue has none.
    package var link: String?
    /// Whether a complete run must show it; otherwise it applies only under a condition.
    package var isMandatory: Bool
    /// The versions that it applies to, as written; `nil` for all.
    package var versions: String?
    /// The location in the catalogue; `nil` for an id that only rows name.
    package var location: SourceLocation?
    /// The result.
    package var state: State
    /// The rows that name it, in the order of the plan.
    package var rows: [Row]

    /// The result of a requirement.
    package enum State: String, Sendable, Hashable, CaseIterable {
        /// At least one of its rows passed, and none failed or could not run.
        case shown
        /// At least one of its rows failed.
        case failed
        /// None of its rows ran, or some of them could not run.
        case notExercised
        /// The run contains only selected scenarios, and none of them names it.
        case notSelected
        /// It applies to none of the versions of the run.
        case notApplicable
    }

    /// A row that names a requirement.
    package struct Row: Sendable, Equatable {
        /// `Scenario.id`.
        package var scenario: String
        /// The step's name.
        package var step: String
        /// The result of the step.
        package var outcome: Outcome
        /// The row.
        package var location: SourceLocation
    }

    /// The result of a requirement with its rows.
    package init(
        id: String, title: String = "", link: String? = nil, isMandatory: Bool = true, versions: String? = nil,
        location: SourceLocation? = nil, _ state: State, rows: [Row]
    ) {
        self.id = id
        self.title = title
        self.link = link
        self.isMandatory = isMandatory
        self.versions = versions
        self.location = location
        self.state = state
        self.rows = rows
    }

    /// The warning that a complete run does not show a mandatory requirement; `nil` if it need not show it.
    var notExercised: Finding? {
        guard state == .notExercised, isMandatory else { return nil }
        let reason = rows.isEmpty ? "no row names it in `ref`" : "none of its rows passed completely"
        return Finding(
            .requirementNotExercised, "the mandatory requirement `\(id)` was not shown: \(reason)",
            blame: .table, table: location ?? rows.first?.location, clause: id)
    }
}

/// Finds the results of all requirements of a run.
struct RequirementJudge {
    let catalogue: [Requirement]
    let plan: Plan
    /// The verdicts on the scenarios of the plan, in its order.
    let scenarios: ScenarioVerdicts
    /// Whether a row names a requirement.
    let isTraced: Bool

    /// The results: those of the catalogue in its order, then those that only rows name, in the order of the plan.
    var verdicts: [RequirementVerdict] {
        guard isTraced || !catalogue.isEmpty else { return [] }
        var rows: [String: [RequirementVerdict.Row]] = [:]
        var others: [Requirement] = []
        var known = Set(catalogue.map(\.id))
        for (scenario, judged) in zip(plan.scenarios, scenarios) where isTraced {
            for (step, judged) in zip(scenario.steps, judged.steps) {
                guard let trace = step.row.trace else { continue }
                for id in trace.refs {
                    rows[id, default: []].append(
                        RequirementVerdict.Row(
                            scenario: scenario.id, step: step.name, outcome: judged.outcome, location: step.location))
                    guard known.insert(id).inserted else { continue }
                    var requirement = Requirement(id: id)
                    requirement.level = trace.level ?? .mandatory
                    others.append(requirement)
                }
            }
        }
        let used = plan.contracts
        return (catalogue + others).map { requirement in
            let own = rows[requirement.id] ?? []
            return RequirementVerdict(
                id: requirement.id, title: requirement.title, link: requirement.link,
                isMandatory: requirement.level == .mandatory, versions: requirement.versions?.text,
                location: requirement.location, state(of: requirement, own, used), rows: own)
        }
    }

    private func state(
        of requirement: Requirement, _ rows: [RequirementVerdict.Row], _ versions: Set<String>
    ) -> RequirementVerdict.State {
        let outcomes = rows.map(\.outcome)
        if outcomes.contains(.failed) { return .failed }
        if outcomes.contains(.notRun) { return .notExercised }
        if outcomes.contains(.passed) { return .shown }
        if let range = requirement.versions, !versions.contains(where: range.contains) { return .notApplicable }
        return rows.isEmpty && plan.isPartial ? .notSelected : .notExercised
    }
}
