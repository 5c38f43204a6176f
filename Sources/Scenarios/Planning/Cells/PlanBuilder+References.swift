import Diagnostics
import JSONDocument
import Primitives

/// A place with a template that contains references.
private struct ReferenceSite {
    /// Creates a diagnostic for the reference at this place.
    var diagnostic: (_ rule: String, _ message: String, _ help: String?) -> Diagnostic
    /// Whether `{{req.…}}` is allowed here.
    var allowsCurrent: Bool
}

extension PlanBuilder {
    /// Checks that all references of a row exist and are available when the row runs.
    mutating func checkReferences(of row: PlannedRow, among rows: ScenarioReader, columns: [String]?) {
        for item in row.set { checkItem(item.placed, allowsCurrent: false, row, rows, columns) }
        for item in row.checks { checkItem(item, allowsCurrent: true, row, rows, columns) }
        switch row.body {
        case .template(let template, let location): checkBody(template, location, row, rows, columns)
        case .asStep(let name):
            if let cell = row.draft[.body] {
                let offset = words(of: cell.text)[1].offset
                _ = earlier(name, row, rows) {
                    cell.diagnostic($0, $1, offset: offset, length: name.unicodeScalars.count, help: $2)
                }
            }
        default: break
        }
        if let sameAs = row.sameAs, let cell = row.draft[.sameAs] {
            let offset = words(of: cell.text)[0].offset
            _ = earlier(sameAs.step, row, rows) {
                cell.diagnostic($0, $1, offset: offset, length: sameAs.step.unicodeScalars.count, help: $2)
            }
        }
    }

    private mutating func checkItem(
        _ item: PlacedItem, allowsCurrent: Bool, _ row: PlannedRow, _ rows: ScenarioReader, _ columns: [String]?
    ) {
        guard let value = item.parsed.value, !value.isConstant else { return }
        let places = item.templatePlaces
        var index = 0
        for expression in value.templates.flatMap(\.expressions) {
            let place = index < places.count ? places[index] : item.parsed.valueRange
            index += 1
            let site = ReferenceSite(
                diagnostic: { item.cell.diagnostic($0, $1, offset: place.lowerBound, length: place.count, help: $2) },
                allowsCurrent: allowsCurrent)
            check(expression, at: site, row, rows, columns)
        }
    }

    private mutating func checkBody(
        _ template: JSONTemplate, _ location: SourceLocation, _ row: PlannedRow, _ rows: ScenarioReader,
        _ columns: [String]?
    ) {
        let cell = row.draft[.body]
        let related =
            cell.map { [Diagnostic.Related("the row names the file here", at: $0.location($0.leadingBlanks))] } ?? []
        for (template, pointer, position) in template.templates {
            for expression in template.expressions {
                let site = ReferenceSite(
                    diagnostic: { rule, message, help in
                        Diagnostic(
                            rule, .error, message,
                            at: SourceLocation(file: location.file, line: position.line, column: position.column),
                            place: pointer.description,
                            excerpt: .init(template.text, offset: expression.offset, length: expression.length),
                            help: help, related: related)
                    }, allowsCurrent: false)
                check(expression, at: site, row, rows, columns)
            }
        }
    }

    private mutating func check(
        _ expression: TemplateExpression, at site: ReferenceSite, _ row: PlannedRow, _ rows: ScenarioReader,
        _ columns: [String]?
    ) {
        checkGiven(expression, site.diagnostic)
        switch expression.reference {
        case .step(let name, let path):
            if let target = earlier(name, row, rows, site.diagnostic) { checkPath(path, of: target, site) }
        case .current:
            guard !site.allowsCurrent else { return }
            report(
                site.diagnostic(
                    "table.reference", "'{{req.…}}' is the request of this step, which is not sent yet",
                    "use it in `check` and in laws; in other columns name an earlier step: {{step.req.…}}"))
        case .row(let column): checkColumn(column, columns, site)
        case .environment, .secret, .variable: return
        case .uuid, .random, .now, .literal: return
        }
    }

    /// Checks that values from the configuration and the environment exist: variables, secrets.
    mutating func checkGiven(
        _ expression: TemplateExpression,
        _ diagnostic: (_ rule: String, _ message: String, _ help: String?) -> Diagnostic
    ) {
        for case .hmac(let secret) in expression.filters { checkSecret(secret, diagnostic) }
        switch expression.reference {
        case .environment(let name):
            guard settings.environment[name] == nil else { return }
            report(
                diagnostic(
                    "table.unknown-environment", "the environment variable '\(visibleText(name))' is not set",
                    nearestName(to: name, among: settings.environment.keys.sorted()).map { "did you mean `env.\($0)`?" }
                        ?? "set it, or define the value under `vars` in assay.yaml"))
        case .secret(let name):
            checkSecret(name, diagnostic)
            if !expression.filters.isEmpty { secretExpressions.insert(expression) }
        case .variable(let name):
            guard settings.variables[name] == nil else { return }
            let names = settings.variables.keys.sorted()
            report(
                diagnostic(
                    "table.unknown-variable", "unknown variable '\(visibleText(name))'",
                    nearestName(to: name, among: names).map { "did you mean `var.\($0)`?" }
                        ?? (names.isEmpty
                            ? "define it under `vars` in assay.yaml" : "the variables are \(shortList(names))")))
        default: return
        }
    }

    private mutating func checkSecret(
        _ name: String, _ diagnostic: (_ rule: String, _ message: String, _ help: String?) -> Diagnostic
    ) {
        secretNames.insert(name)
        guard let secrets = settings.secrets, !secrets.contains(where: { $0.utf8.elementsEqual(name.utf8) }) else {
            return
        }
        report(
            diagnostic(
                "table.unknown-secret", "unknown secret '\(visibleText(name))'",
                nearestName(to: name, among: secrets).map { "did you mean `secret.\($0)`?" }
                    ?? "set the environment variable, or add it to the file of --secrets"))
    }

    private mutating func checkColumn(_ column: String, _ columns: [String]?, _ site: ReferenceSite) {
        guard let columns else {
            report(
                site.diagnostic(
                    "table.unknown-data-column",
                    "the scenario has no data file, so '{{row.\(visibleText(column))}}' has no value",
                    "name a data file in the scenario's first row: rows=data/x.csv"))
            return
        }
        guard !columns.contains(where: { $0.utf8.elementsEqual(column.utf8) }) else { return }
        report(
            site.diagnostic(
                "table.unknown-data-column", "the data file has no column '\(visibleText(column))'",
                nearestName(to: column, among: columns).map { "did you mean `row.\($0)`?" }
                    ?? "its columns are \(shortList(columns))"))
    }

    private mutating func checkPath(_ path: ItemPath, of target: PlannedRow, _ site: ReferenceSite) {
        if path.isBare, case .name(let name)? = path.segments.first, target.saves.contains(where: { $0.name == name }) {
            return
        }
        currentContract = target.contract
        guard let problem = pathProblem(path, responseViews(path, target.call, target.expect)) else { return }
        report(site.diagnostic("table.unknown-member", "\(problem.message) of step '\(target.name)'", problem.help))
    }

    /// The row of a step that runs before `row`; `nil` after a diagnostic.
    private mutating func earlier(
        _ name: String, _ row: PlannedRow, _ rows: ScenarioReader,
        _ diagnostic: (_ rule: String, _ message: String, _ help: String?) -> Diagnostic
    ) -> PlannedRow? {
        if rows.brokenUses.contains(where: { name == $0 || name.utf8.starts(with: "\($0).".utf8) }) { return nil }
        if rows.uses.contains(name) {
            let prefix = "\(name)."
            let names = rows.planned.map(\.name).filter { $0.utf8.starts(with: prefix.utf8) }.map {
                String($0.unicodeScalars.dropFirst(prefix.unicodeScalars.count))
            }
            report(
                diagnostic(
                    "table.unknown-step", "'\(name)' uses a scenario, and the reference names no step of it",
                    "write {{\(name).STEP.path}}; its steps are \(shortList(names))"))
            return nil
        }
        let target = rows.rowsByName[name].map { rows.planned[$0] }
        guard let target else {
            // The row of the step has a diagnostic; a second one here would have the same cause.
            if rows.hasBrokenStep(name) || hasLostRows(rows.file) { return nil }
            let names = rows.planned.filter { $0.position < row.position && !$0.isWait }.map(\.name)
            report(
                diagnostic(
                    "table.unknown-step", "unknown step '\(visibleText(name))'",
                    nearestName(to: name, among: names).map { "did you mean `\($0)`?" }
                        ?? (names.isEmpty
                            ? "values come from earlier steps of the scenario, and this row has none"
                            : "the steps before this one are \(shortList(names))")))
            return nil
        }
        if target.isWait {
            report(diagnostic("table.step-order", "'\(name)' is a pause and has no values", nil))
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
}
