import Diagnostics
import OpenAPI
import Primitives

/// The input of the check of requests, besides the scenario.
struct RequestCheckInput {
    let settings: PlanSettings
    let lookups: ContractLookups
    let bodyFiles: BodyFiles
    let dataFiles: DataFiles
    let valid: ValidRequests
}

/// Builds the request of every row without errors and checks it against the contract, for one run of a scenario.
struct RequestCheck: PlanningStage {
    let scenario: Scenario
    let senders: [BuiltScenario.Sender]
    let data: DataRows.Row?
    let input: RequestCheckInput
    var diagnostics: [Diagnostic] = []
    /// The bodies of the requests so far, by step.
    private var bodies: [String: PlannedBody] = [:]

    init(_ run: BuiltScenario.Case, _ senders: [BuiltScenario.Sender], _ input: RequestCheckInput) {
        scenario = run.scenario
        data = run.data
        self.senders = senders
        self.input = input
    }

    mutating func run() {
        for sender in senders { check(sender) }
    }

    private mutating func check(_ sender: BuiltScenario.Sender) {
        let (row, step) = (sender.row, sender.step)
        let shape = data == nil ? RequestShape(step, row.called.contract) : nil
        if let known = shape.flatMap({ input.valid[$0] }) {
            bodies[row.name] = known
            return
        }
        let scope = ValueScope(planning: step, in: scenario, input.settings)
        let start = diagnostics.count
        checkValues(sender, scope)
        checkRepeatedBody(sender)
        guard !hasErrors(since: start) else { return }
        let facts = input.lookups.facts(of: row.called)
        let planner = RequestPlanner(
            scope: scope, credentials: facts?.credentials ?? Credentials(), common: input.settings.headers,
            unknown: input.settings.unknownHeaders)
        do throws(ValueFailure) {
            let preview = try planner.preview(step, earlierBodies: bodies)
            let body = preview.body
            bodies[row.name] = body
            if let facts { judge(preview, facts.rules, row) }
            if let shape, !hasErrors(since: start) { input.valid[shape] = body }
        } catch {
            reportFailure(error, row)
        }
    }

    /// Checks the values that templates provide before any response is received: data cells, variables.
    private mutating func checkValues(_ sender: BuiltScenario.Sender, _ scope: ValueScope) {
        for (item, resolved) in zip(sender.step.request.set, sender.row.request.set) {
            guard let value = item.value, let template = value.plainTemplate, !template.isConstant, !template.asksStep,
                let text = try? template.expandText(
                    scope, at: ValueSite(step: sender.step.name, column: item.column, place: item.place))
            else { continue }
            if let problem = SetValueCheck.unsendable(resolved, text) {
                report(located(problem, of: resolved))
                continue
            }
            guard case .text = value, let view = resolved.view, !sender.step.options.isInvalid,
                case .mismatch(let message, _) = CellTyper.value(text, quoted: false, for: view)
            else { continue }
            let mismatch = TypeMismatch(
                item: resolved.placed, path: item.path, text: text, view: view, message: message)
            report(located(mismatch.diagnostic, of: resolved))
        }
    }

    /// Reports `as STEP` if that step sends no body.
    private mutating func checkRepeatedBody(_ sender: BuiltScenario.Sender) {
        guard case .asStep(let name) = sender.step.request.body, let cell = sender.row.called[.body],
            bodies[name]?.isNone == true
        else { return }
        let offset = words(of: cell.text).last?.offset ?? 0
        report(
            cell.diagnostic(
                "table.body", "the step '\(name)' sends no body", offset: offset,
                length: cell.text.unicodeScalars.count - offset, help: "name a step that sends one"))
    }

    private mutating func judge(_ preview: RequestPreview, _ rules: RequestRules, _ row: ResolvedRow) {
        let all = rules.issues(in: preview.built.wire, pathValues: preview.built.pathValues)
        if row.called.isInvalid {
            guard all.isEmpty, preview.request.isComplete else { return }
            report(
                located(
                    row.called.draft.diagnostic(
                        "table.invalid-row",
                        "the step '\(row.name)' is marked `invalid`, but its request does not violate "
                            + "the contract", option: "invalid",
                        help: "remove `invalid`, or set a value that the contract forbids")))
            return
        }
        let diagnostic = RequestIssueDiagnostic(row: row, bodyFiles: input.bodyFiles)
        for issue in all where !issue.isUndecided && !preview.request.leavesOpen(issue) {
            report(located(diagnostic(issue), of: row.item(for: issue.place)))
        }
    }

    private mutating func reportFailure(_ failure: ValueFailure, _ row: ResolvedRow) {
        // An unknown name was reported where it is used.
        guard case .invalid(let message) = failure else { return }
        report(
            located(
                row.called.draft.diagnostic(
                    "table.request", "the request of '\(row.name)' cannot be built: \(message)", column: .call)))
    }

    /// Adds the data row to the diagnostic. If the value comes from one cell of it, the diagnostic is at that cell.
    private func located(_ diagnostic: Diagnostic, of item: ResolvedItem? = nil) -> Diagnostic {
        guard let data else { return diagnostic }
        let references = item?.placed.parsed.value?.templates.flatMap(\.references) ?? []
        let columns = Set(references.compactMap { if case .row(let column) = $0 { column } else { nil } })
        guard columns.count == 1, let column = columns.first, let place = diagnostic.location,
            let cell = input.dataFiles.cell(column, of: data)
        else {
            var result = diagnostic
            result.related.append(.init("with the data row '\(data.name)'", at: data.location))
            return result
        }
        return cell.diagnostic(
            diagnostic.rule, diagnostic.severity, diagnostic.message, help: diagnostic.help,
            related: diagnostic.related + [.init("the row uses it here", at: place)])
    }
}
