import Diagnostics
import JSONDocument
import OpenAPI
import Primitives

/// The values from outside of a scenario that its rows use, and the rows with mistakes in references.
struct ReferenceReport {
    var secrets: SecretUses
    /// The values of session scenarios.
    var sessions: [SessionMention]
    /// The positions of the rows.
    var unsoundRows: [Int]
}

/// Checks that all references of the rows of a scenario exist and are available when their row runs.
struct ReferenceCheck: PlanningStage {
    let scenario: ResolvedScenario
    let lookups: ContractLookups
    private var givenValues: GivenValueCheck
    private var sessions: [SessionMention] = []
    var diagnostics: [Diagnostic] = []

    init(scenario: ResolvedScenario, settings: PlanSettings, lookups: ContractLookups) {
        self.scenario = scenario
        self.lookups = lookups
        givenValues = GivenValueCheck(settings)
    }

    /// A place with a template that contains references.
    private struct Site {
        var row: ResolvedRow
        /// Creates a diagnostic for the reference at this place.
        var diagnostic: ReferenceDiagnostic
        /// Whether `{{req.…}}` is allowed here.
        var allowsCurrent = false
    }

    mutating func run() -> ReferenceReport {
        var unsoundRows: [Int] = []
        for (index, row) in scenario.rows.enumerated() {
            let start = diagnostics.count
            check(row)
            if hasErrors(since: start) { unsoundRows.append(index) }
        }
        return ReferenceReport(secrets: givenValues.secrets, sessions: sessions, unsoundRows: unsoundRows)
    }

    private mutating func check(_ row: ResolvedRow) {
        let start = diagnostics.count
        for item in row.request.event { check(item, allowsCurrent: false, row) }
        // The request contains the same references again.
        guard !hasErrors(since: start) else { return }
        for item in row.request.set where item.file == nil { check(item.placed, allowsCurrent: false, row) }
        for item in row.response.checks { check(item, allowsCurrent: true, row) }
        switch row.request.body {
        case .template(let template, let location): check(template, location, row)
        case .asStep(let name): checkStep(name, in: .body, word: 1, row)
        default: break
        }
        if let sameAs = row.response.sameAs { checkStep(sameAs.step, in: .sameAs, word: 0, row) }
    }

    /// Checks the name of a step that is a word of a cell.
    private mutating func checkStep(_ name: String, in column: ColumnName, word: Int, _ row: ResolvedRow) {
        guard let cell = row.called[column] else { return }
        _ = earlier(name, than: row) { rule, message, help in
            let offset = words(of: cell.text)[word].offset
            return cell.diagnostic(rule, message, offset: offset, length: name.unicodeScalars.count, help: help)
        }
    }

    private mutating func check(_ item: PlacedItem, allowsCurrent: Bool, _ row: ResolvedRow) {
        guard let value = item.parsed.value, !value.isConstant else { return }
        for (index, expression) in value.templates.flatMap(\.expressions).enumerated() {
            // Most references are right, so their positions are only found for a diagnostic.
            let site = Site(
                row: row,
                diagnostic: { rule, message, help in
                    let places = item.templatePlaces
                    let place = index < places.count ? places[index] : item.parsed.valueRange
                    return item.cell.diagnostic(
                        rule, message, offset: place.lowerBound, length: place.count, help: help)
                },
                allowsCurrent: allowsCurrent)
            check(expression, at: site)
        }
    }

    private mutating func check(_ body: JSONTemplate, _ location: SourceLocation, _ row: ResolvedRow) {
        let related =
            row.called[.body].map {
                [Diagnostic.Related("the row names the file here", at: $0.location($0.leadingBlanks))]
            } ?? []
        for (template, pointer, position) in body.templates {
            for expression in template.expressions {
                let site = Site(row: row) { rule, message, help in
                    Diagnostic(
                        rule, .error, message,
                        at: SourceLocation(file: location.file, line: position.line, column: position.column),
                        place: pointer.description,
                        excerpt: .init(template.text, offset: expression.offset, length: expression.length),
                        help: help, related: related)
                }
                check(expression, at: site)
            }
        }
    }

    private mutating func check(_ expression: TemplateExpression, at site: Site) {
        diagnostics += givenValues.problems(of: expression, site.diagnostic)
        switch expression.reference {
        case .step(let name, let path):
            if let target = earlier(name, than: site.row, site.diagnostic) { checkPath(path, of: target, site) }
        case .current:
            guard !site.allowsCurrent else { return }
            report(
                site.diagnostic(
                    "table.reference", "'{{req.…}}' is the request of this step, which is not sent yet",
                    "use it in `check` and in laws; in other columns name an earlier step: {{step.req.…}}"))
        case .session(let reference):
            guard !site.allowsCurrent else {
                report(
                    site.diagnostic(
                        "table.reference", "a check cannot use a value of a session scenario",
                        "send the value, and compare with the request: {{req.…}} or {{STEP.req.…}}"))
                return
            }
            // The scenario can be in a table that is read later.
            sessions.append(
                SessionMention(user: scenario.draft.name, reference: reference, diagnostic: site.diagnostic))
        case .row(let column): checkColumn(column, site)
        case .environment, .secret, .variable, .receiver: return
        case .file:
            report(
                site.diagnostic(
                    "table.reference",
                    "'{{\(visibleText(expression.text))}}' is not the whole value of a body member in `set`",
                    "write photo={{file:cat.png}} in `set`, or a whole body as `file cat.png` in `body`"))
        case .uuid, .random, .now, .literal: return
        }
    }

    private mutating func checkColumn(_ column: String, _ site: Site) {
        guard let columns = scenario.data?.columns else {
            // A file that cannot be read has been reported.
            guard scenario.draft.dataFile == nil else { return }
            report(
                site.diagnostic(
                    "table.unknown-data-column",
                    "the scenario has no data file, so '{{row.\(visibleText(column))}}' has no value",
                    "name a data file in the scenario's first row: rows=data/x.csv"))
            return
        }
        guard !columns.contains(where: { $0.isSame(as: column) }) else { return }
        report(
            site.diagnostic(
                "table.unknown-data-column", "the data file has no column '\(visibleText(column))'",
                nearestName(to: column, among: columns).map { "did you mean `row.\($0)`?" }
                    ?? "its columns are \(shortList(columns))"))
    }

    private mutating func checkPath(_ path: ItemPath, of target: ResolvedRow, _ site: Site) {
        if path.isBare, case .name(let name)? = path.segments.first,
            target.response.saves.contains(where: { $0.name == name })
        {
            return
        }
        let responses = ResponsePaths(row: target.called, expect: target.response.expect, lookups: lookups)
        guard let problem = responses.problem(path) else { return }
        report(site.diagnostic("table.unknown-member", "\(problem.message) of step '\(target.name)'", problem.help))
    }

    /// The row of a step that runs before `row`; `nil` after a diagnostic.
    private mutating func earlier(
        _ name: String, than row: ResolvedRow, _ diagnostic: ReferenceDiagnostic
    ) -> ResolvedRow? {
        let uses = scenario.uses
        if uses.broken.contains(where: { name == $0 || name.utf8.starts(with: "\($0).".utf8) }) { return nil }
        if scenario.notApplicable.contains(name) {
            report(
                diagnostic(
                    "table.versions",
                    "the step '\(name)' is excluded under the version '\(row.called.contract.name)', and this row uses it",
                    "write the same `versions` in this row"))
            return nil
        }
        if uses.all.contains(name) {
            report(incompleteUse(name, diagnostic))
            return nil
        }
        guard let target = scenario.rowsByName[name].map({ scenario.rows[$0] }) else {
            // A row with a mistake has a diagnostic; a second one here would have the same cause.
            let isBroken = scenario.draft.rows.contains { $0.name == name || $0.row.table.hasLostRows }
            if !isBroken { report(unknownStep(name, before: row, diagnostic)) }
            return nil
        }
        if !target.called.hasValues {
            report(diagnostic("table.step-order", "'\(name)' is \(target.called.subject) and has no values", nil))
            return nil
        }
        if target.position == row.position {
            report(
                diagnostic(
                    "table.step-order", "'\(name)' refers to itself",
                    "name an earlier step; in `check`, {{req.…}} is this request"))
            return nil
        }
        if target.position > row.position {
            report(
                diagnostic(
                    "table.step-order", "the step '\(name)' runs only after '\(row.name)'",
                    "name a step that ran before: setup rows run first, teardown rows last and in reverse order"))
            return nil
        }
        return target
    }

    private func incompleteUse(_ name: String, _ diagnostic: ReferenceDiagnostic) -> Diagnostic {
        let prefix = "\(name)."
        let names = scenario.rows.map(\.name).filter { $0.utf8.starts(with: prefix.utf8) }.map {
            String($0.unicodeScalars.dropFirst(prefix.unicodeScalars.count))
        }
        return diagnostic(
            "table.unknown-step", "'\(name)' uses a scenario, and the reference names no step of it",
            "write {{\(name).STEP.path}}; its steps are \(shortList(names))")
    }

    private func unknownStep(
        _ name: String, before row: ResolvedRow, _ diagnostic: ReferenceDiagnostic
    ) -> Diagnostic {
        let names = scenario.rows.filter { $0.position < row.position && $0.called.hasValues }.map(\.name)
        return diagnostic(
            "table.unknown-step", "unknown step '\(visibleText(name))'",
            nearestName(to: name, among: names).map { "did you mean `\($0)`?" }
                ?? (names.isEmpty
                    ? "values come from earlier steps of the scenario, and this row has none"
                    : "the steps before this one are \(shortList(names))"))
    }
}
