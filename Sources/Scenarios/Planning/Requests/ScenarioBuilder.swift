import Diagnostics
import OpenAPI
import Primitives

/// A scenario with its steps, ready to be checked.
struct BuiltScenario {
    /// One run of the scenario.
    struct Case {
        var scenario: Scenario
        /// The data row; `nil` if the scenario has no data file.
        var data: DataRows.Row?
    }

    /// A row without errors that sends a request, and the first of its steps.
    struct Sender {
        var row: ResolvedRow
        var step: Step
    }

    /// The scenario, without a data row.
    var scenario: Scenario
    /// The data rows; `nil` if the scenario has no data file.
    var data: DataRows?
    /// The rows whose requests can be checked, in the order of execution.
    var senders: [Sender]

    /// The number of runs: one for each data row.
    var count: Int { data?.count ?? 1 }

    /// The scenarios of the plan, one for each data row.
    var scenarios: ScenarioList { data.map { ScenarioList(scenario, for: $0) } ?? [scenario] }

    /// The run at an index below ``count``.
    func run(at index: Int) -> Case {
        guard let row = data?[index] else { return Case(scenario: scenario) }
        return Case(scenario: scenario.with(row), data: row)
    }
}

/// Builds the scenario of a plan from resolved rows.
struct ScenarioBuilder: PlanningStage {
    let rows: ScenarioRows
    let resolved: ResolvedScenario
    /// Whether `CI` is set, so that `only` is rejected.
    let isCI: Bool
    /// The names of the scenarios that profiles use as logins.
    var logins: [String] = []
    /// How the API recognises repeated requests; `nil` if nothing is promised.
    var idempotency: IdempotencyPromise?
    var diagnostics: [Diagnostic] = []

    mutating func run() -> BuiltScenario {
        checkSize()
        let isTooLong = hasErrors(since: 0)
        let series = run(SeriesResolver(rows: resolved.rows, idempotency: idempotency))
        let steps = resolved.rows.map { row in
            let steps = row.steps(series[row.name])
            return isTooLong ? steps.suffix(1) : steps[...]
        }
        let scenario = scenario(steps.flatMap { $0 })
        if let only = resolved.draft.only { reportOnly(only) }
        checkEmpty(scenario)
        if scenario.options.isSession { checkSession(scenario) }
        // An unreadable data file has been reported; without it, no further checks are possible.
        guard resolved.draft.dataFile == nil || resolved.data != nil else {
            return BuiltScenario(scenario: scenario, senders: [])
        }
        let senders = zip(resolved.rows, steps).compactMap { row, steps in
            row.isSound && row.called.sendsRequest ? steps.first.map { BuiltScenario.Sender(row: row, step: $0) } : nil
        }
        return BuiltScenario(
            scenario: scenario, data: resolved.data, senders: senders.sorted { $0.row.position < $1.row.position })
    }

    /// Reports repeated rows that make the scenario longer than any scenario can be.
    private mutating func checkSize() {
        let count = resolved.rows.reduce(0) { $0 + $1.request.auth.count * $1.repetitions }
        guard count > UseExpander.maximumSteps, let row = resolved.rows.first(where: { $0.repetitions > 1 })
        else { return }
        report(
            row.called.draft.diagnostic(
                "table.option",
                "with its repeated rows, the scenario has \(count) steps; the maximum is \(UseExpander.maximumSteps)",
                column: .opts, help: "repeat fewer rows, or fewer times"))
    }

    private func scenario(_ steps: [Step]) -> Scenario {
        var scenario = Scenario(
            id: rows.name, name: rows.name, file: rows.file, line: rows.rows[0].record.line,
            tags: rows.rows[0][.tags].map { words(of: $0.text).map(\.text) } ?? [], steps: steps,
            options: ScenarioOptions(only: resolved.draft.only != nil, lock: resolved.lock))
        scenario.options.isSession =
            resolved.draft.session != nil || logins.contains { $0.isSame(as: rows.name) }
        scenario.options.usesClock = steps.contains { if case .clock = $0.call { true } else { false } }
        scenario.options.hasUnmappedEvents = steps.contains { if case .unmapped = $0.call { true } else { false } }
        let senders = steps.filter(\.call.sendsRequest)
        guard !senders.isEmpty else { return scenario }
        scenario.options.skip = senders.allSatisfy(\.options.isSkipped)
        if senders.allSatisfy(\.options.mockOnly) { scenario.options.mode = .mock }
        if senders.allSatisfy(\.options.liveOnly) { scenario.options.mode = .live }
        return scenario
    }

    private mutating func checkEmpty(_ scenario: Scenario) {
        guard resolved.isSound, !resolved.isNotApplicable,
            scenario.steps.allSatisfy({ if case .wait = $0.call { true } else { false } })
        else {
            return
        }
        report(
            Diagnostic(
                "table.empty-scenario", .error, "the scenario '\(rows.name)' has no steps", at: rows.location))
    }

    /// Other scenarios name a session scenario in references, and use its values after its end.
    private mutating func checkSession(_ scenario: Scenario) {
        func report(_ message: String, _ help: String) {
            diagnostics.append(
                resolved.draft.session?.diagnostic("table.session", message, help: help)
                    ?? Diagnostic("table.session", .error, message, at: rows.location, help: help))
        }
        if !isReferenceName(scenario.name) {
            report(
                "references cannot contain the name of the session scenario '\(visibleText(scenario.name))'",
                "start the name with a letter, then use letters, digits, '-' and '_'")
        }
        if let step = scenario.steps.first(where: { if case .clock = $0.call { true } else { false } }) {
            report(
                "the session scenario '\(visibleText(scenario.name))' changes the clock in the step '\(step.name)', but "
                    + "the scenarios that use the session have another clock",
                "change the clock in the scenarios that need it")
        }
        if let step = scenario.steps.first(where: \.options.isTeardown) {
            report(
                "the session scenario '\(visibleText(scenario.name))' has the teardown step '\(step.name)', which would "
                    + "run before the scenarios that use the session",
                "remove the step, or move it into a scenario of its own")
        }
    }

    /// `only` is temporary and must not be committed, so CI reports it.
    private mutating func reportOnly(_ cell: CellPlace) {
        let word = words(of: cell.text).first { $0.text.lowercasedASCII == "only" }
        report(
            cell.diagnostic(
                "table.only", isCI ? .error : .warning,
                isCI
                    ? "`only` is set in the table, so CI would run nothing else"
                    : "`only` is set in the table: nothing else runs, and CI rejects it",
                offset: word?.offset ?? 0, length: 4, help: "remove it; select scenarios with --tags or --grep"))
    }
}

extension ResolvedRow {
    /// The steps of the row: one for each case of its credentials and each repetition.
    ///
    /// - Parameter series: How the row is sent at once with other requests; `nil` for rows that are not.
    fileprivate func steps(_ series: RequestSeries?) -> [Step] {
        let draft = called.draft
        let items = request.set.map(\.item)
        let expected = StepExpectation(
            response.expect, checks: response.checks.map { $0.item() }, sameAs: response.sameAs)
        var row = StepRow(
            note: draft[.note].map { trimmed($0.text) } ?? "",
            tags: draft[.tags].map { words(of: $0.text).map(\.text) } ?? [], namesVersion: draft[.version] != nil,
            event: called.event?.text)
        row.trace = trace
        var options = options
        options.series = series ?? response.paging.map { .pages($0) }
        options.repetitions = repetitions
        if !hasOptions { options.removeRequestOptions() }
        var steps: [Step] = []
        steps.reserveCapacity(request.auth.count * repetitions)
        for (index, variant) in request.auth.enumerated() {
            let caseName = name + variant.suffix
            let referenceName = index == 0 ? name : caseName
            for number in 1...repetitions {
                let stepName = repetitions == 1 ? caseName : "\(caseName)[\(number)]"
                // References to a repeated row mean its last repetition.
                steps.append(
                    Step(
                        name: stepName, location: draft.row.location, call: called.call,
                        contract: called.contract.name, expected: expected,
                        referenceName: number == repetitions ? referenceName : stepName, row: row,
                        request: StepRequest(auth: variant.auth, body: request.body, set: items),
                        saves: response.saves, options: options))
            }
        }
        return steps
    }
}
