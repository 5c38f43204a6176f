import Diagnostics

/// A scenario with resolved rows, including the steps of the scenarios that it uses.
struct ResolvedScenario {
    var draft: ScenarioDraft
    /// The name of the lock.
    var lock: String?
    var uses: UseNames
    /// The rows in the order of the table.
    var rows: [ResolvedRow] = []
    /// The positions of the rows by the names used in references.
    var rowsByName: [String: Int] = [:]
    /// The content of the data file; `nil` if there is none, or if it cannot be read.
    var data: DataRows?
    var secrets = SecretUses()
    /// The values of session scenarios that its rows use.
    var sessions: [SessionMention] = []
    /// Whether no row has an error.
    var isSound: Bool
    /// The names of the rows that do not run under the version of the plan.
    var notApplicable: Set<String> = []

    /// Whether none of its rows sends a request under the version of the plan.
    var isNotApplicable: Bool { !notApplicable.isEmpty && rows.allSatisfy(\.called.isWait) }
}

/// Resolves the rows of a scenario with the contracts, and the references between them.
struct ScenarioResolver: PlanningStage {
    let scenario: ExpandedScenario
    let input: ResolverInput
    let dataFiles: DataFiles
    let settings: PlanSettings
    var diagnostics: [Diagnostic] = []

    mutating func run() -> ResolvedScenario {
        var result = ResolvedScenario(
            draft: scenario.draft, lock: scenario.lock, uses: scenario.uses, isSound: scenario.isSound)
        for part in scenario.parts {
            switch part {
            case .used(let rows): result.rows += rows
            case .row(let draft): resolve(draft, &result)
            }
        }
        nameRows(&result)
        result.linkUses()
        if let option = scenario.draft.dataFile { result.data = dataFiles.rows(option, &diagnostics) }
        checkReferences(&result)
        return result
    }

    private mutating func resolve(_ draft: RowDraft, _ result: inout ResolvedScenario) {
        let start = diagnostics.count
        if draft[.versions] != nil, !run(VersionsResolver(draft: draft, contracts: input.contracts)) {
            result.notApplicable.insert(draft.name)
            if hasErrors(since: start) { result.isSound = false }
            return
        }
        var row = run(RowResolver(draft: draft, input: input))
        if draft[.ref] != nil || draft[.level] != nil {
            row?.trace = run(TraceResolver(draft: draft, catalogue: settings.requirements))
        }
        let isSound = !hasErrors(since: start)
        row?.isSound = draft.isSound && isSound
        if !isSound { result.isSound = false }
        if let row { result.rows.append(row) }
    }

    private func nameRows(_ result: inout ResolvedScenario) {
        result.rows.order()
        for (index, row) in result.rows.enumerated() {
            for name in row.referenceNames where result.rowsByName[name] == nil { result.rowsByName[name] = index }
        }
    }

    private mutating func checkReferences(_ result: inout ResolvedScenario) {
        let report = run(ReferenceCheck(scenario: result, settings: settings, lookups: input.lookups))
        result.secrets = report.secrets
        result.sessions = report.sessions
        for index in report.unsoundRows { result.rows[index].isSound = false }
        if !report.unsoundRows.isEmpty { result.isSound = false }
    }
}
