import Diagnostics
import Exchanges
package import Reporting
import Scenarios
import SourceText

/// The input of `assay show`.
package struct ShowRequest: Sendable {
    /// The path of the journal; `nil` for that of the last run.
    package var journal: String?
    /// The steps: `SCENARIO/STEP`, `SCENARIO`, `STEP` or `FILE:LINE`.
    package var selector: String
    /// The contracts, for rows that are named by their line.
    package var contracts = ContractChoice()
    /// The environment that tables may use.
    package var environment: [String: String] = [:]

    /// A request for the steps that `selector` names.
    package init(_ selector: String) {
        self.selector = selector
    }
}

/// Finds exchanges in a journal. Nothing is sent, and nothing is judged.
package enum ShowSession {
    /// The steps that `request` selects, with their exchanges.
    ///
    /// - Throws: `HarnessError` (exit 2) when the journal cannot be read or has no such step.
    package static func steps(_ workspace: Workspace, _ request: ShowRequest) throws(HarnessError) -> ShownSteps {
        guard let path = request.journal ?? workspace.newestJournal else {
            throw .wrongInput(
                "usage.no-journal", "no journal found under \(ReportFiles.journals)",
                help: "run the tables first, or name a journal: assay show JOURNAL STEP")
        }
        let journal = try workspace.journal(path)
        let names = names(journal)
        let selected: [StepName]
        if case .line(let file, let line) = ExplainTarget(request.selector) {
            selected = try rows(at: line, of: file, workspace, request).filter(names.contains)
            guard !selected.isEmpty else {
                throw .wrongInput(
                    "usage.not-in-journal", "the journal '\(path)' has no exchange of the row \(file):\(line)",
                    help: "run the row first: assay run \(file):\(line)")
            }
        } else {
            selected = try StepSelector(names).steps(request.selector)
        }
        let exchanges = Dictionary(grouping: journal.exchanges) { StepName(scenario: $0.scenario, step: $0.step) }
        let reasons = Dictionary(
            journal.notRun.map { (StepName(scenario: $0.scenario, step: $0.step), $0.reason) },
            uniquingKeysWith: { first, _ in first })
        return ShownSteps(
            journal: path, run: journal.header,
            steps: selected.map { name in
                ShownSteps.Step(
                    scenario: name.scenario, name: name.step, exchanges: exchanges[name] ?? [], reason: reasons[name])
            })
    }

    /// The steps of a journal, each once, in the order of their first exchanges; skipped ones last.
    private static func names(_ journal: Journal) -> [StepName] {
        var seen: Set<StepName> = []
        let names =
            journal.exchanges.map { StepName(scenario: $0.scenario, step: $0.step) }
            + journal.notRun.map { StepName(scenario: $0.scenario, step: $0.step) }
        return names.filter { seen.insert($0).inserted }
    }

    /// The steps of a row, as the tables are now.
    private static func rows(
        at line: Int, of file: String, _ workspace: Workspace, _ request: ShowRequest
    ) throws(HarnessError) -> [StepName] {
        var plan = PlanRequest()
        plan.contracts = request.contracts
        plan.environment = request.environment
        plan.missingSecrets = .standIns
        plan.tables.ignoresOnly = true
        plan.tables.tables = [workspace.reader.displayPath(file)]
        let session = try PlannedSession(workspace, plan)
        guard let table = try workspace.tables(plan.tables).first else { return [] }
        return try session.plan.steps(at: line, of: table).map {
            StepName(scenario: $0.scenario.id, step: $0.step.name)
        }
    }
}
