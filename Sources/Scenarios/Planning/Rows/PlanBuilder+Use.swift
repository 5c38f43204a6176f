import Diagnostics
import Primitives
import SourceText

/// A scenario that a row runs as a step: `use other.csv#scenario`.
struct UseTarget: Hashable {
    /// The table, below the project's root.
    var path: String
    var scenario: String

    var key: String { "\(path)#\(scenario)" }
}

extension PlanBuilder {
    /// The maximum nesting of scenarios; deeper nesting is a mistake or an attack.
    static let maximumUseDepth = 10
    /// The maximum number of steps. Only scenarios that use another one twice, which uses another one twice …, have
    /// more.
    static let maximumUsedSteps = 10_000

    /// The options of a row that apply to every step of a scenario that it uses.
    private static let useOptions = ["setup", "teardown", "skip", "only", "mock", "live", "lock", "rows"]

    /// Whether a row uses another scenario.
    func isUse(_ draft: RowDraft) -> Bool {
        draft[.call].flatMap { words(of: $0.text).first }.map { $0.text.lowercasedASCII == "use" } ?? false
    }

    /// The steps of the scenario that a row uses, as steps of the row's own scenario; `nil` after a diagnostic.
    mutating func usedRows(of draft: RowDraft, in scenario: UseTarget) -> (rows: [PlannedRow], lock: String?)? {
        let errors = errorCount
        checkUseCells(draft)
        guard let cell = draft[.call], let target = useTarget(cell) else { return nil }
        usedScenarios.insert(target.key)
        guard target != scenario, !useStack.contains(target) else {
            let chain = (useStack.drop { $0 != target } + [scenario, target]).map(\.key).joined(separator: " → ")
            report(
                cell.diagnostic(
                    "table.use", "the scenario uses itself: \(chain)",
                    help: "move the shared steps into a scenario of their own"))
            return nil
        }
        guard useStack.count < PlanBuilder.maximumUseDepth else {
            report(
                cell.diagnostic(
                    "table.use", "scenarios are nested more than \(PlanBuilder.maximumUseDepth) levels deep",
                    help: "use the innermost one directly"))
            return nil
        }
        useStack.append(scenario)
        let reading = usedReading(target, cell)
        useStack.removeLast()
        guard let reading, errorCount == errors else { return nil }
        guard reading.planned.count <= PlanBuilder.maximumUsedSteps else {
            report(cell.diagnostic("table.use", "the scenario has more than \(PlanBuilder.maximumUsedSteps) steps"))
            return nil
        }
        return (placed(reading.planned, by: draft), reading.lock)
    }

    /// The rows in the order in which they run inside, as setup, ordinary or teardown rows of the outer scenario.
    private func placed(_ rows: [PlannedRow], by draft: RowDraft) -> [PlannedRow] {
        let options = draft.options.step
        var result: [PlannedRow] = []
        for row in rows.sorted(by: { $0.position < $1.position }) {
            var row = row.used(as: "\(draft.name).")
            // Teardown rows of a used scenario run at the end of the outer scenario.
            let isTeardown = options.isTeardown || row.draft.options.step.isTeardown
            row.draft.options.step.isTeardown = isTeardown
            row.draft.options.step.isSetup = options.isSetup && !isTeardown
            row.draft.options.step.isSkipped = row.draft.options.step.isSkipped || options.isSkipped
            row.draft.options.step.mockOnly = row.draft.options.step.mockOnly || options.mockOnly
            row.draft.options.step.liveOnly = row.draft.options.step.liveOnly || options.liveOnly
            row.finish()
            result.append(row)
        }
        // Teardown rows run in reverse order.
        return result.filter { !$0.draft.options.step.isTeardown }
            + result.filter(\.draft.options.step.isTeardown).reversed()
    }

    /// Reads the scenario, only once even if many rows use it.
    private mutating func usedReading(_ target: UseTarget, _ cell: CellPlace) -> ScenarioReader? {
        if let known = readings[target] { return known }
        guard let table = usedTable(target, cell) else { return nil }
        let groups = scenarioGroups(of: table)
        guard let group = groups.first(where: { $0.name == target.scenario }) else {
            let names = groups.map(\.name)
            report(
                part(
                    of: cell, from: "#", "table.use",
                    "'\(target.path)' has no scenario '\(visibleText(target.scenario))'",
                    help: nearestName(to: target.scenario, among: names).map { "did you mean `\($0)`?" }
                        ?? (names.isEmpty ? nil : "it has \(shortList(names))")))
            return nil
        }
        let reading = read(group)
        if let option = reading.rowsOption {
            report(
                cell.diagnostic(
                    "table.use", "'\(target.scenario)' runs once per data row, so a step cannot use it",
                    help: "use a scenario without `rows=`; the scenario that uses it may have data rows",
                    related: [.init("its data file is named here", at: option.cell.location(option.offset))]))
            return nil
        }
        guard reading.isSound else { return nil }
        readings[target] = reading
        return reading
    }

    private mutating func usedTable(_ target: UseTarget, _ cell: CellPlace) -> Table? {
        if let known = tables[target.path] { return known }
        switch files.bytes(target.path) {
        case .failure(let error):
            report(
                part(
                    of: cell, upTo: "#", "table.use",
                    "the table '\(visibleText(target.path))' cannot be read: \(error.diagnostics.first?.message ?? "")",
                    help: "name the table relative to the table that uses it"))
            return nil
        case .success(let bytes):
            var problems: [Diagnostic] = []
            let table = Table(TableSource(path: target.path, bytes: bytes), &problems)
            report(problems)
            tables[target.path] = table
            guard table.kind == .scenarios else {
                report(
                    part(
                        of: cell, upTo: "#", "table.use", "'\(visibleText(target.path))' is not a scenario table",
                        help: "a scenario table has a column `call`"))
                return nil
            }
            return table
        }
    }

    private mutating func useTarget(_ cell: CellPlace) -> UseTarget? {
        let scalars = Array(trimmed(cell.text).unicodeScalars)
        let name = trimmed(String(String.UnicodeScalarView(scalars.dropFirst(3))))
        let parts = name.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map {
            trimmed(String($0))
        }
        guard parts.count == 2, !parts[1].isEmpty else {
            report(
                cell.diagnostic(
                    "table.use", "'\(visibleText(trimmed(cell.text)))' does not name a scenario of a table",
                    help: "write use other.csv#scenario, or use #scenario for a scenario of this table"))
            return nil
        }
        guard !parts[0].isEmpty else { return UseTarget(path: cell.file, scenario: parts[1]) }
        guard let path = FileStore.path(parts[0], relativeTo: cell.file) else {
            report(
                part(
                    of: cell, upTo: "#", "table.use", "the table '\(visibleText(parts[0]))' is outside the project",
                    help: "name a file relative to the table, inside the project"))
            return nil
        }
        return UseTarget(path: path, scenario: parts[1])
    }

    /// Reports cells that a row with `use` cannot have, because it has no request and response of its own.
    private mutating func checkUseCells(_ draft: RowDraft) {
        for column in [ColumnName.auth, .version, .body, .set, .expect, .check, .sameAs, .save] {
            guard let cell = draft.row[column] else { continue }
            report(
                cell.diagnostic(
                    "table.use", "a row that uses a scenario has no `\(column.rawValue)`",
                    help: "leave the cell empty; the steps of that scenario define what is sent and checked"))
        }
        for item in draft.set + draft.checks where item.isPromoted {
            report(
                item.diagnostic(
                    "table.use", "a row that uses a scenario has no `\(item.cell.column)`",
                    help: "leave the cell empty; the steps of that scenario define what is sent and checked"))
        }
        guard let cell = draft.row[.opts] else { return }
        for word in words(of: cell.text) {
            let name = (word.text.split(separator: "=").first.map(String.init) ?? "").lowercasedASCII
            guard OptionsParser.flags.contains(name) || OptionsParser.settings.contains(name),
                !PlanBuilder.useOptions.contains(name)
            else { continue }
            report(
                cell.diagnostic(
                    "table.use", "`\(name)` has no effect in a row that uses a scenario", offset: word.offset,
                    length: word.text.unicodeScalars.count, help: "move it to the rows of that scenario"))
        }
    }

    /// A diagnostic about the table or the scenario in a `use`.
    private func part(
        of cell: CellPlace, from start: Unicode.Scalar? = nil, upTo end: Unicode.Scalar? = nil, _ rule: String,
        _ message: String, help: String?
    ) -> Diagnostic {
        let scalars = Array(cell.text.unicodeScalars)
        var lower = cell.leadingBlanks + 3
        var upper = scalars.count
        if let start, let index = scalars.firstIndex(of: start) { lower = index + 1 }
        if let end, let index = scalars.firstIndex(of: end) { upper = index }
        while lower < upper, isBlank(scalars[lower]) { lower += 1 }
        while upper > lower, isBlank(scalars[upper - 1]) { upper -= 1 }
        return cell.diagnostic(rule, message, offset: lower, length: upper - lower, help: help)
    }
}

extension PlanBuilder {
    /// Replaces references to a row with `use` by references to steps of the used scenario: `{{login.create.id}}` means
    /// the value `id` of its step `create`.
    func resolvingUses(_ row: PlannedRow, _ uses: Set<String>, _ names: [String: Int]) -> PlannedRow {
        guard !uses.isEmpty else { return row }
        return row.renamed { expression in
            guard case .step(let use, let path) = expression.reference, uses.contains(use) else { return expression }
            var expression = expression
            var name = use
            var rest = path.text[...]
            while let dot = rest.utf8.firstIndex(of: 0x2E) {
                name += "." + rest[..<dot]
                rest = rest[rest.utf8.index(after: dot)...]
                guard names[name] != nil, let path = try? ItemPath.parse(rest, in: .reference) else { continue }
                expression.reference = .step(name, path)
                return expression
            }
            return expression
        }
    }
}
