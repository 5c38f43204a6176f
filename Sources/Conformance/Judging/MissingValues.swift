import Diagnostics
import Exchanges
import OpenAPI
import Scenarios

/// Steps that were not run, or not judged to the end, for want of a value.
enum MissingValues {
    /// A finding for each value that an answer which held does not have.
    ///
    /// When the step that should have given the value failed or was left out itself, that says everything. When it
    /// held, nobody else would say why a step was not run, and the run would pass.
    static func findings(_ verdict: ScenarioVerdict, _ scenario: Scenario) -> [Finding] {
        var told: Set<String> = []
        return zip(scenario.steps, verdict.steps).compactMap { step, needing in
            guard needing.outcome == .notRun, case .missingValue(let name, let path)? = needing.reason,
                let giving = giving(name, verdict, scenario), giving.outcome == .passed, !giving.exchanges.isEmpty,
                told.insert("\(name).\(path)").inserted
            else { return nil }
            return Finding(
                .valueMissing,
                "step '\(step.name)' needs \(name).\(path), which the response to '\(giving.name)' does not contain",
                blame: .table,
                operation: step.call.operation?.name,
                contract: step.contract,
                scenario: scenario.id,
                step: step.name,
                exchange: giving.exchanges.last?.sequence,
                table: step.location,
                clause: "\(name).\(path)"
            )
        }
    }

    private static func giving(_ name: String, _ verdict: ScenarioVerdict, _ scenario: Scenario) -> StepVerdict? {
        let index =
            scenario.steps.firstIndex { $0.name.utf8.elementsEqual(name.utf8) }
            ?? scenario.steps.firstIndex { $0.referenceName.utf8.elementsEqual(name.utf8) }
        return index.map { verdict.steps[$0] }
    }
}
