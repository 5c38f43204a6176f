import Diagnostics
import Primitives

/// The rows of a scenario as written in a table.
struct ScenarioRows {
    var name: String
    /// The cell that names it; `nil` if the table has none.
    var cell: CellPlace?
    var rows: [TableRow]
}

/// The state of reading the rows of one scenario.
struct ScenarioReader {
    static let reserved = ["env", "row", "secret", "var", "uuid", "random", "now", "req"]

    var name: String
    var file: String
    var planned: [PlannedRow] = []
    var only: CellPlace?
    var lock: String?
    var rowsOption: (path: String, cell: CellPlace, offset: Int)?
    var isSound = true
    /// The rows that use another scenario, and those among them that could not be read.
    private(set) var uses: Set<String> = []
    private(set) var brokenUses: Set<String> = []
    /// `*` rows without a following step so far.
    private(set) var idleDefaults: [CellPlace] = []
    /// The rows by the names used in references, once all are read.
    private(set) var rowsByName: [String: Int] = [:]
    private var defaults: RowDraft?
    private var names: [String: CellPlace] = [:]
    private var isFirst = true

    init(name: String, file: String) {
        self.name = name
        self.file = file
    }

    mutating func read(_ row: TableRow, _ planning: inout PlanBuilder) {
        defer { isFirst = false }
        let errors = planning.errorCount
        guard let (step, cell) = stepName(row, &planning) else {
            isSound = false
            return
        }
        var problems: [Diagnostic] = []
        let draft = RowDraft(row, name: step, nameCell: cell, defaults: defaults, &problems)
        planning.report(problems)
        scenarioOptions(draft, &planning)
        if step == "*" {
            defaults = draft
            idleDefaults.append(cell)
        } else {
            idleDefaults = []
            if planning.isUse(draft) {
                use(draft, &planning)
            } else if var planned = planning.planned(draft) {
                planned.isSound = planning.errorCount == errors
                self.planned.append(planned)
            }
        }
        if planning.errorCount > errors { isSound = false }
    }

    private mutating func use(_ draft: RowDraft, _ planning: inout PlanBuilder) {
        uses.insert(draft.name)
        guard let used = planning.usedRows(of: draft, in: UseTarget(path: file, scenario: name)) else {
            brokenUses.insert(draft.name)
            return
        }
        planned += used.rows
        guard let inner = used.lock else { return }
        if let lock, lock != inner, let cell = draft[.call] {
            planning.report(
                cell.diagnostic(
                    "table.option",
                    "the scenario that is used requires the lock '\(inner)', but this scenario sets '\(lock)'",
                    help: "a scenario can hold only one lock"))
        }
        lock = inner
    }

    /// Finishes reading: rows are ordered, and templates that refer to a row with `use` are redirected to the steps of
    /// the used scenario.
    mutating func finish(_ planning: PlanBuilder) {
        planned.order()
        for (index, row) in planned.enumerated() {
            for name in [row.name] + row.variants.map({ row.name + $0.suffix }) where rowsByName[name] == nil {
                rowsByName[name] = index
            }
        }
        guard !uses.isEmpty else { return }
        for index in planned.indices {
            planned[index] = planning.resolvingUses(planned[index], uses, rowsByName)
            planned[index].finish()
        }
    }

    /// Whether a row names the step and has a diagnostic, so that it was not planned.
    func hasBrokenStep(_ name: String) -> Bool { names[name] != nil && rowsByName[name] == nil }

    private mutating func stepName(_ row: TableRow, _ planning: inout PlanBuilder) -> (String, CellPlace)? {
        guard let cell = row[.step] else {
            planning.report(
                row.diagnostic(
                    "table.no-step", "the row names no step", column: .step,
                    help: "name it: other rows refer to it by name; `*` sets defaults"))
            return nil
        }
        let name = trimmed(cell.text)
        if name == "*" { return (name, cell) }
        if ScenarioReader.reserved.contains(name) {
            planning.report(
                cell.diagnostic(
                    "table.step-name", "'\(name)' is a reserved word and cannot name a step",
                    help: "the reserved words are \(ScenarioReader.reserved.joined(separator: ", "))"))
            return nil
        }
        guard planning.isStepName(name) else {
            planning.report(
                cell.diagnostic(
                    "table.step-name", "'\(visibleText(name))' is not a valid name of a step",
                    help: "start with a letter, then use letters, digits, '-' and '_'"))
            return nil
        }
        if let first = names[name] {
            planning.report(
                cell.diagnostic(
                    "table.duplicate-step", "duplicate step '\(name)' in the scenario '\(visibleText(self.name))'",
                    help: "give each step of a scenario its own name",
                    related: [.init("the first one is here", at: first.location(first.leadingBlanks))]))
            return nil
        }
        names[name] = cell
        return (name, cell)
    }

    private mutating func scenarioOptions(_ draft: RowDraft, _ planning: inout PlanBuilder) {
        only = only ?? draft.options.only
        if let option = draft.options.lock {
            if let lock, lock != option.name {
                planning.report(
                    option.cell.diagnostic(
                        "table.option", "the scenario already has the lock '\(lock)'", offset: option.offset,
                        length: option.name.unicodeScalars.count, help: "a scenario can hold only one lock"))
            }
            lock = option.name
        }
        guard let option = draft.options.rows else { return }
        if isFirst {
            rowsOption = option
        } else {
            planning.report(
                option.cell.diagnostic(
                    "table.option", "`rows=` is not in the first row of the scenario", offset: option.offset - 5,
                    length: option.path.unicodeScalars.count + 5,
                    help: "move it to the scenario's first row: the data applies to the whole scenario"))
        }
    }
}
