import Diagnostics
import Project
package import Reporting
import Scenarios

/// Lists what would be run.
package enum ListSession {
    /// The scenarios that `request` selects, with their steps. Nothing is run, and rows without credentials are listed as
    /// skipped.
    ///
    /// - Throws: `HarnessError` (exit 2) with every mistake in the input.
    package static func listing(_ workspace: Workspace, _ request: PlanRequest) throws(HarnessError) -> Listing {
        var request = request
        request.missingSecrets = .passedOver
        let session = try PlannedSession(workspace, request)
        let scenarios = session.plan.scenarios
        return Listing(
            scenarios: ListedScenarios(count: scenarios.count) { listed(scenarios[$0], session) },
            target: session.targetName, diagnostics: session.diagnostics)
    }

    private static func listed(_ scenario: Scenario, _ session: PlannedSession) -> ListedScenario {
        let steps = scenario.stepsInRunningOrder.map { step in
            ListedStep(
                name: step.name, location: step.location, call: step.call.text, expect: step.expected.status.text,
                tags: step.row.tags, options: step.options.words, refs: step.row.trace?.refs ?? [],
                skipped: session.skipReason(of: step, in: scenario))
        }
        let reasons = Set(steps.map(\.skipped))
        return ListedScenario(
            id: scenario.id, location: SourceLocation(file: scenario.file, line: scenario.line, column: 1),
            tags: scenario.tags, isSession: scenario.options.isSession, sessions: scenario.sessions.map(\.id),
            skipped: reasons.contains(nil) ? nil : steps.first?.skipped, steps: steps)
    }
}

extension StepOptions {
    /// How the step is run, in the words of the table.
    fileprivate var words: [String] {
        let words: [(String, Bool)] = [
            ("setup", isSetup), ("teardown", isTeardown), ("invalid", isInvalid), ("poll", poll != nil),
            ("retry", retry != nil), ("follow", follow != nil), ("repeat", repetitions > 1), ("burst", burst != nil),
            ("race", race != nil), ("pages", paging != nil),
            ("mock", mockOnly), ("live", liveOnly),
        ]
        return words.filter(\.1).map(\.0)
    }
}
