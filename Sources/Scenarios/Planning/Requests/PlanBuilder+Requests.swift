import Diagnostics
import Exchanges
import JSONDocument
import JSONSchema
import OpenAPI
import Primitives

extension PlanBuilder {
    /// Builds the request of every row without errors and checks it against the contract.
    mutating func checkRequests(of rows: [PlannedRow], in scenario: Scenario, data: DataRows.Row?) {
        var bodies: [String: PlannedBody] = [:]
        for row in rows.sorted(by: { $0.position < $1.position }) where row.isSound && !row.isWait {
            guard let step = row.steps.first else { continue }
            let shape = data == nil ? RequestShape(step, row.contract) : nil
            if let known = shape.flatMap({ cache.rightRequests[$0] }) {
                bodies[row.name] = known
                continue
            }
            let scope = ValueScope(planning: step, in: scenario, settings)
            let errors = errorCount
            for (item, resolved) in zip(step.set, row.set) { checkExpanded(item, resolved, step, scope, data) }
            if case .asStep(let name) = step.body, let cell = row.draft[.body], bodies[name]?.isNone == true {
                let offset = words(of: cell.text).last?.offset ?? 0
                report(
                    cell.diagnostic(
                        "table.body", "the step '\(name)' sends no body", offset: offset,
                        length: cell.text.unicodeScalars.count - offset, help: "name a step that sends one"))
            }
            if errorCount > errors { continue }
            do throws(ValueFailure) {
                let request = try PlannedRequest(step, scope: scope, earlierBodies: bodies)
                let built = try RequestBuilder.build(
                    request.step, scope: scope, credentials: facts(of: row)?.credentials ?? Credentials(),
                    baseURL: "http://localhost", common: settings.headers)
                let body = PlannedBody(
                    value: request.bodyIsUnknown ? nil : built.body,
                    isNone: !request.bodyIsUnknown && built.message.body == nil, holes: request.pointers)
                bodies[row.name] = body
                judge(built, request, row, data)
                if errorCount == errors, let shape { cache.rightRequests[shape] = body }
            } catch {
                reportFailure(error, row, data)
            }
        }
    }

    /// Checks the type of a value that templates provide before any response is received: a data cell, a variable.
    private mutating func checkExpanded(
        _ item: Item, _ resolved: ResolvedItem, _ step: Step, _ scope: ValueScope, _ data: DataRows.Row?
    ) {
        guard let value = item.value, let template = value.plainTemplate, !template.isConstant, !template.asksStep,
            let text = try? template.expandText(
                scope, at: ValueSite(step: step.name, column: item.column, place: item.place))
        else { return }
        if let problem = expandedProblem(resolved, text) {
            report(with(data, problem, of: resolved))
            return
        }
        guard case .text = value, let view = resolved.view, !step.options.isInvalid,
            case .mismatch(let message, _) = CellTyper.value(text, quoted: false, for: view)
        else { return }
        report(
            with(
                data,
                resolved.placed.diagnostic(
                    "table.value", "'\(item.path)': '\(visibleText(cut(text)))' \(message)", part: .value,
                    help: damage(text, view)
                        ?? "add `invalid` to `opts` if the request must violate the contract",
                    related: [.init("the schema", at: view.location)]), of: resolved))
    }

    /// Why a text is not allowed at its place, not even in an invalid row.
    private func expandedProblem(_ resolved: ResolvedItem, _ text: String) -> Diagnostic? {
        switch resolved.path.root {
        case .header(let name):
            FieldRules.problem(value: text).map { headerProblem(resolved.placed, name, $0) }
        case .path(let name):
            text.utf8.isEmpty ? emptyPathProblem(resolved.placed, name) : nil
        default: nil
        }
    }

    private mutating func facts(of row: PlannedRow) -> OperationFacts? {
        row.call.operation.map { cache.facts(of: $0, in: row.contract) }
    }

    private mutating func judge(
        _ built: BuiltRequest, _ request: PlannedRequest, _ row: PlannedRow, _ data: DataRows.Row?
    ) {
        guard let facts = facts(of: row) else { return }
        let all = facts.rules.issues(in: built.wire, pathValues: built.pathValues)
        let issues = all.filter { !request.leavesOpen($0) }
        if row.draft.options.step.isInvalid {
            guard all.isEmpty, request.isComplete else { return }
            report(
                with(
                    data,
                    row.draft.diagnostic(
                        "table.invalid-row",
                        "the step '\(row.name)' is marked `invalid`, but its request does not violate "
                            + "the contract", option: "invalid",
                        help: "remove `invalid`, or set a value that the contract forbids")))
            return
        }
        for issue in issues where !issue.isUndecided {
            report(with(data, diagnostic(issue, row), of: item(for: issue.place, row)))
        }
    }

    /// The issue at the item that caused it, otherwise at the body, otherwise at the call.
    private func diagnostic(_ issue: RequestIssue, _ row: PlannedRow) -> Diagnostic {
        let message = "'\(issue.place)'\(afterPlace(issue.message))"
        let related = [Diagnostic.Related("the contract", at: issue.location)]
        var help = "add `invalid` to `opts` if the request must violate the contract"
        if case .body(let pointer) = issue.place, issue.keyword == "required" {
            let isWhole = pointer.tokens.isEmpty && row.draft[.body] == nil && row.set.isEmpty
            help =
                (isWhole ? "name a JSON file in `body`" : "set the member, or put it into the body file")
                + "; or \(help)"
        } else if let inFile = inBodyFile(issue, message, row) {
            return inFile
        }
        if let item = item(for: issue.place, row) {
            return item.placed.diagnostic("table.request", message, part: .value, help: help, related: related)
        }
        let column: ColumnName = if case .body = issue.place, row.draft[.body] != nil { .body } else { .call }
        var diagnostic = row.draft.diagnostic("table.request", message, column: column, help: help)
        diagnostic.related = related
        return diagnostic
    }

    /// The issue at the value in the body file, if the value is sent as it is in the file.
    private func inBodyFile(_ issue: RequestIssue, _ message: String, _ row: PlannedRow) -> Diagnostic? {
        guard case .body(let pointer) = issue.place, case .template(_, let location) = row.body,
            item(for: issue.place, row) == nil, let cell = row.draft[.body],
            let node = bodies[location.file]?.document.root.node(at: pointer)
        else { return nil }
        return Diagnostic(
            "table.request", .error, message,
            at: SourceLocation(file: location.file, line: node.position.line, column: node.position.column),
            place: pointer.description,
            help: "fix the file; or add `invalid` to `opts` if the request must violate the contract",
            related: [
                .init("the row sends the file here", at: cell.location(cell.leadingBlanks)),
                .init("the contract", at: issue.location),
            ])
    }

    /// The last item that set a place, or a part that contains it.
    private func item(for place: RequestIssue.Place, _ row: PlannedRow) -> ResolvedItem? {
        func last(_ path: ItemPath) -> ResolvedItem? { row.set.last { ItemPath($0.path.root) == path } }
        switch place {
        case .path(let name): return last(ItemPath(.path(name)))
        case .query(let name): return last(ItemPath(.query(name)))
        case .header(let name): return last(ItemPath(.header(name)))
        case .cookie(let name): return last(ItemPath(.cookie(name)))
        case .mediaType: return last(ItemPath(.header("content-type")))
        case .method: return nil
        case .body(let pointer):
            return row.set.last { item in
                guard case .body = item.path.root else { return false }
                return item.path.pointer.isPrefix(of: pointer)
            }
        }
    }

    private mutating func reportFailure(_ failure: ValueFailure, _ row: PlannedRow, _ data: DataRows.Row?) {
        // An unknown name was reported where it is used.
        guard case .invalid(let message) = failure else { return }
        report(
            with(
                data,
                row.draft.diagnostic(
                    "table.request", "the request of '\(row.name)' cannot be built: \(message)", column: .call)))
    }

    /// Adds the data row to the diagnostic. If the value comes from one cell of it, the diagnostic is at that cell.
    private mutating func with(
        _ data: DataRows.Row?, _ diagnostic: Diagnostic, of item: ResolvedItem? = nil
    ) -> Diagnostic {
        guard let data else { return diagnostic }
        var result = diagnostic
        let references = item?.placed.parsed.value?.templates.flatMap(\.references) ?? []
        let columns = Set(references.compactMap { if case .row(let column) = $0 { column } else { nil } })
        guard columns.count == 1, let column = columns.first, let place = diagnostic.location,
            let cell = dataCell(column, of: data)
        else {
            result.related.append(.init("with the data row '\(data.name)'", at: data.location))
            return result
        }
        result = cell.diagnostic(
            diagnostic.rule, diagnostic.severity, diagnostic.message, help: diagnostic.help,
            related: diagnostic.related + [.init("the row uses it here", at: place)])
        return result
    }

    /// Finds the cell of a data row again: storing all cells would cost more than finding the wrong one.
    private mutating func dataCell(_ column: String, of row: DataRows.Row) -> CellPlace? {
        let path = row.location.file
        if openedData[path] == nil, case .success(let bytes) = files.bytes(path) {
            openedData[path] = CSVReader.read(bytes, file: path)
        }
        guard let csv = openedData[path], let record = csv.records.first(where: { $0.line == row.line }),
            let index = csv.header.firstIndex(where: { trimmed($0.text).utf8.elementsEqual(column.utf8) })
        else { return nil }
        return CellPlace(file: path, column: column, cell: record.cells[index])
    }
}

extension PlannedRequest {
    /// Whether a placeholder may be the cause of an issue, so that only a run can decide it.
    func leavesOpen(_ issue: RequestIssue) -> Bool {
        switch issue.place {
        case .path(let name): return parameters.contains(ItemPath(.path(name)))
        case .query(let name): return parameters.contains(ItemPath(.query(name)))
        case .header(let name): return parameters.contains(ItemPath(.header(name)))
        case .cookie(let name): return parameters.contains(ItemPath(.cookie(name)))
        case .method: return false
        case .mediaType: return bodyIsUnknown
        case .body(let pointer):
            if bodyIsUnknown { return true }
            // A placeholder leaves open its own value and the keywords above it that depend on values.
            let aboutNames = [
                "required", "additionalProperties", "unevaluatedProperties", "propertyNames", "minProperties",
                "maxProperties", "minItems", "maxItems", "type", "dependentRequired",
            ]
            return pointers.contains { hole in
                hole.isPrefix(of: pointer) || (pointer.isPrefix(of: hole) && !aboutNames.contains(issue.keyword))
            }
        }
    }
}
