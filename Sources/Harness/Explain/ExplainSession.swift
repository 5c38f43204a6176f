package import Diagnostics
import Exchanges
import Primitives
import Project
package import Reporting
import Scenarios
import SourceText

/// Explains rows: what they would send, and why.
package struct ExplainSession: Sendable {
    /// The explained steps, in the order of the table.
    package let explanations: [StepExplanation]
    /// Warnings and notes about the input.
    package let diagnostics: Diagnostics

    /// Plans the tables and explains what `target` means.
    ///
    /// - Parameter request: Which contract, target and seed; its tables are used for a step that is given by name.
    /// - Throws: `HarnessError` (exit 2) with every mistake in the input, or if the row does not exist.
    package init(_ workspace: Workspace, _ target: ExplainTarget, _ request: PlanRequest) throws(HarnessError) {
        var request = request
        request.missingSecrets = .standIns
        request.tables.ignoresOnly = true
        if case .line(let file, _) = target { request.tables.tables = [workspace.reader.displayPath(file)] }
        let session = try PlannedSession(workspace, request)
        let steps: [(scenario: Scenario, step: Step)]
        switch target {
        case .name(let name): steps = try session.plan.steps(named: name)
        case .line(_, let line):
            guard let table = try workspace.tables(request.tables).first else {
                throw HarnessError(.wrongInput, Diagnostics())
            }
            // All repetitions of a row are explained alike.
            steps = try session.plan.steps(at: line, of: table).filter { _, step in
                step.options.repetitions == 1 || step.name.utf8.suffix(3).elementsEqual("[1]".utf8)
            }
        }
        var previews: [String: ScenarioPreview] = [:]
        var explanations: [StepExplanation] = []
        for (scenario, step) in steps {
            let preview =
                previews[scenario.id]
                ?? ScenarioPreview(scenario, session, includesSkipped: true)
            previews[scenario.id] = preview
            guard let entry = preview.entries.first(where: { $0.step.name.isSame(as: step.name) }) else {
                continue
            }
            explanations.append(StepExplainer(session: session, preview: preview, step: step).explanation(entry))
        }
        self.explanations = explanations
        diagnostics = session.diagnostics
    }
}
