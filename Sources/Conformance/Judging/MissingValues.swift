import Diagnostics
import Exchanges
import OpenAPI
import Primitives
import Scenarios

/// Steps that were not run, or not judged completely, because a value is missing.
enum MissingValues {
    /// A finding for each value that the response to a passed step does not have.
    ///
    /// When the step that should have given the value failed or was left out, its own report is enough. When it passed,
    /// no other finding explains why a step was not run, and the run would pass.
    static func findings(_ verdict: ScenarioVerdict, _ scenario: Scenario) -> [Finding] {
        var reported: Set<String> = []
        return zip(scenario.steps, verdict.steps).compactMap { step, needed in
            guard needed.outcome == .notRun, case .missingValue(let name, let path)? = needed.reason else { return nil }
            let source = source(name, verdict, scenario)
            // Steps run only after the sessions that they use have passed.
            let isOfSession = name.utf8.starts(with: "session.".utf8)
            guard isOfSession || source.map({ $0.outcome == .passed && !$0.exchanges.isEmpty }) == true,
                reported.insert("\(name).\(path)").inserted
            else { return nil }
            let place = source.map { "the response to '\($0.name)'" } ?? "the session"
            return Finding(
                .valueMissing,
                "step '\(step.name)' needs \(name).\(path), which \(place) does not contain",
                blame: .table,
                operation: step.call.operation?.name,
                contract: step.contract,
                scenario: scenario.id,
                step: step.name,
                exchange: source?.exchanges.last?.sequence,
                table: step.location,
                clause: "\(name).\(path)"
            )
        }
    }

    private static func source(_ name: String, _ verdict: ScenarioVerdict, _ scenario: Scenario) -> StepVerdict? {
        let index =
            scenario.steps.firstIndex { $0.name.isSame(as: name) }
            ?? scenario.steps.firstIndex { $0.referenceName.isSame(as: name) }
        return index.map { verdict.steps[$0] }
    }
}
