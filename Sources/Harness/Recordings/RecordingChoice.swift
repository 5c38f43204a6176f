import Diagnostics
import Exchanges
import Project
import Recordings
import Scenarios

/// How the traffic of a run is recorded.
package struct RecordingChoice: Sendable {
    /// The folder, relative to the project; `nil` is the folder of fixtures.
    package var folder: String?
    /// Whether only scenarios without a recording are run.
    package var isOnlyMissing = false

    /// Every selected scenario is recorded in the folder of fixtures.
    package init() {}
}

extension Workspace {
    /// The plan of a run that records: without the scenarios that have a recording already, if the user wants that.
    ///
    /// Against the mock, a scenario is recorded again with the values that it was recorded with, so that a file changes
    /// only where the mock does. A live server has seen these values, so there they are fresh.
    ///
    /// - Throws: `HarnessError` (exit 2) when nothing is left to record.
    func recordable(
        _ plan: Plan, _ choice: RecordingChoice, target: Target
    ) throws(HarnessError) -> Plan {
        let folder = choice.folder ?? project.fixtures.folder
        var plan = plan
        var left: [Scenario] = []
        for var scenario in plan.scenarios {
            let path = folder + "/" + RecordingPath.path(ofScenario: scenario.id, table: scenario.file)
            let origin =
                FileSystem.exists(path, in: root)
                ? try? FixtureFolder.read(path, in: root).get().recording.origin : nil
            if choice.isOnlyMissing, origin != nil { continue }
            if target.kind == .mock { scenario.origin = origin?.values }
            left.append(scenario)
        }
        guard !left.isEmpty else {
            throw .wrongInput(
                "usage.nothing-selected",
                "all \(plan.scenarios.count) selected scenarios have a recording under \(folder)/",
                help: "renew them with `assay record --update`")
        }
        let all = plan
        plan.isPartial = plan.isPartial || left.count < plan.scenarios.count
        plan.scenarios = ScenarioList(left)
        return all.withSessions(of: plan)
    }
}
