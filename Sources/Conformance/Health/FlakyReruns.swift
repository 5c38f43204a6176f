import Diagnostics
import Exchanges
import Primitives
package import Scenarios

/// Scenarios that are run again because the target may have failed them, and their steps that pass then.
struct FlakyReruns {
    /// The exchanges of the earlier runs, by scenario.
    private let earlier: [String: [Exchange]]
    /// The steps of these scenarios by name. There are few of them, even in a plan with hundreds of thousands.
    private let steps: [String: [String: Step]]

    /// - Parameter superseded: The exchanges of earlier runs of scenarios that were run again.
    init(_ superseded: [Exchange], in plan: Plan) {
        let earlier = Dictionary(grouping: superseded, by: \.scenario)
        self.earlier = earlier
        steps = Dictionary(
            plan.scenarios.lazy.filter { earlier[$0.id] != nil }.map { scenario in
                (
                    scenario.id,
                    Dictionary(scenario.steps.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
                )
            }, uniquingKeysWith: { first, _ in first })
    }

    /// The scenarios with a note at each step that passed after it had failed in an earlier run of its scenario.
    func noted(_ scenarios: ScenarioVerdicts) -> ScenarioVerdicts {
        var scenarios = scenarios
        for number in scenarios.indices {
            let scenario = scenarios[number]
            guard let own = earlier[scenario.name] else { continue }
            for (index, step) in scenario.steps.enumerated() where step.outcome == .passed {
                let failed = own.filter { exchange in
                    exchange.step.isSame(as: step.name) && symptom(exchange) != nil
                }
                let isNoted = step.findings.contains { $0.rule.isSame(as: Rule.flaky.id) }
                guard !failed.isEmpty, !isNoted, !step.exchanges.isEmpty else { continue }
                scenarios[number].steps[index].findings.append(
                    note(step, in: scenario.name, failed.compactMap(symptom)))
            }
        }
        return scenarios
    }

    /// The failure of an exchange that the target may have caused; `nil` for any other exchange.
    private func symptom(_ exchange: Exchange) -> String? {
        guard let step = steps[exchange.scenario]?[exchange.step] else { return nil }
        let place = FindingGroup.StepPlace(scenario: 0, step: 0)
        guard case .suspect(let suspect) = HealthSign(exchange, of: step, at: place, explained: []) else { return nil }
        return suspect.symptom
    }

    private func note(_ step: StepVerdict, in scenario: String, _ symptoms: [String]) -> Finding {
        Finding(
            .flaky, "passed when its scenario was run again, after \(symptoms.joined(separator: ", "))",
            blame: .transport, operation: step.call, contract: step.contract, scenario: scenario, step: step.name,
            exchange: step.exchanges.last?.sequence, table: step.location,
            expected: "a response in the first run", actual: "failed before: \(symptoms.count)")
    }
}

extension Verdict {
    /// The identities of the scenarios that the target may have failed: a step of them failed, or was not judged, because
    /// of a transport failure, 429 or a status of 500 or more that its row does not expect. Scenarios that use their
    /// values are included.
    package func suspects(in plan: Plan) -> Set<String> {
        var suspects: Set<String> = []
        for (number, scenario) in scenarios.others where plan.scenarios.indices.contains(number) {
            let planned = plan.scenarios[number]
            let steps = planned.steps
            guard planned.id.isSame(as: scenario.name), steps.count == scenario.steps.count else {
                continue
            }
            let isSuspect = steps.indices.contains { index in
                let step = scenario.steps[index]
                guard step.outcome == .failed || step.outcome == .notRun, let last = step.exchanges.last else {
                    return false
                }
                let place = FindingGroup.StepPlace(scenario: number, step: index)
                if case .suspect = HealthSign(last, of: steps[index], at: place, explained: []) { return true }
                return false
            }
            if isSuspect { suspects.insert(scenario.name) }
        }
        for (_, scenario) in scenarios.others where !suspects.isEmpty {
            let needs = scenario.steps.compactMap { step -> String? in
                if case .sessionFailed(let session) = step.reason { session } else { nil }
            }
            if needs.contains(where: suspects.contains) { suspects.insert(scenario.name) }
        }
        return suspects
    }
}
