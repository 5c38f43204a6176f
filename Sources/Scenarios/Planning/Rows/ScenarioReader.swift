import Diagnostics
import Primitives

/// A scenario as read from its rows, each with the defaults of the `*` rows above it.
struct ScenarioDraft {
    var name: String
    var file: String
    /// The rows with a valid name, including `*` rows, in the order of the table.
    var rows: [RowDraft] = []
    /// The first cell that contains `only`.
    var only: CellPlace?
    /// The first cell that contains `session`.
    var session: CellPlace?
    /// The data file that the first row names.
    var dataFile: OptionValue?
    /// The names of `*` rows at the end that no step follows.
    var idleDefaults: [CellPlace] = []
    /// Whether no row has an error.
    var isSound = true

    /// The scenario as others use it.
    var target: UseTarget { UseTarget(path: file, scenario: name) }
}

/// Reads the rows of one scenario: names, defaults and options. What the cells mean is resolved later.
struct ScenarioReader: PlanningStage {
    /// Words at the start of a reference, which cannot name a step.
    static let reserved = ["env", "row", "secret", "var", "uuid", "random", "now", "req", "session", "receiver"]

    private let rows: ScenarioRows
    private var draft: ScenarioDraft
    private var defaults: RowDraft?
    /// The cell in which each step was first named.
    private var names: [String: CellPlace] = [:]
    var diagnostics: [Diagnostic] = []

    init(_ rows: ScenarioRows) {
        self.rows = rows
        draft = ScenarioDraft(name: rows.name, file: rows.file)
    }

    mutating func run() -> ScenarioDraft {
        for (index, row) in rows.rows.enumerated() { read(row, isFirst: index == 0) }
        return draft
    }

    private mutating func read(_ row: TableRow, isFirst: Bool) {
        guard let (name, cell) = stepName(row) else {
            draft.isSound = false
            return
        }
        var problems: [Diagnostic] = []
        var step = RowDraft(row, name: name, nameCell: cell, defaults: defaults, &problems)
        problems += dataFile(of: step, isFirst: isFirst) + raceOfDefaults(step)
        step.isSound = !problems.hasErrors
        diagnostics += problems
        if !step.isSound { draft.isSound = false }
        draft.only = draft.only ?? step.options.only
        draft.session = draft.session ?? step.options.session
        if step.isDefaults {
            defaults = step
            draft.idleDefaults.append(cell)
        } else {
            draft.idleDefaults = []
        }
        draft.rows.append(step)
    }

    private mutating func stepName(_ row: TableRow) -> (String, CellPlace)? {
        guard let cell = row[.step] else {
            report(
                row.diagnostic(
                    "table.no-step", "the row names no step", column: .step,
                    help: "name it: other rows refer to it by name; `*` sets defaults"))
            return nil
        }
        let name = trimmed(cell.text)
        if name == RowDraft.defaultsName { return (name, cell) }
        if Self.reserved.contains(name) {
            report(
                cell.diagnostic(
                    "table.step-name", "'\(name)' is a reserved word and cannot name a step",
                    help: "the reserved words are \(Self.reserved.joined(separator: ", "))"))
            return nil
        }
        guard isReferenceName(name) else {
            report(
                cell.diagnostic(
                    "table.step-name", "'\(visibleText(name))' is not a valid name of a step",
                    help: "start with a letter, then use letters, digits, '-' and '_'"))
            return nil
        }
        if let first = names[name] {
            report(
                cell.diagnostic(
                    "table.duplicate-step", "duplicate step '\(name)' in the scenario '\(visibleText(rows.name))'",
                    help: "give each step of a scenario its own name",
                    related: [.init("the first one is here", at: first.location(first.leadingBlanks))]))
            return nil
        }
        names[name] = cell
        return (name, cell)
    }

    /// The mistake of a `*` row with `race=`, which names the step before one row.
    private func raceOfDefaults(_ step: RowDraft) -> [Diagnostic] {
        guard step.isDefaults, let option = step.options.race else { return [] }
        return [
            option.cell.diagnostic(
                "table.option", "`race=` has no effect in a `*` row", offset: option.offset - 5,
                length: option.text.unicodeScalars.count + 5, help: "move it to the second of the two rows")
        ]
    }

    /// Takes the data file of the first row; in another row, `rows=` is a mistake.
    private mutating func dataFile(of step: RowDraft, isFirst: Bool) -> [Diagnostic] {
        guard let option = step.options.dataFile else { return [] }
        if isFirst {
            draft.dataFile = option
            return []
        }
        return [
            option.cell.diagnostic(
                "table.option", "`rows=` is not in the first row of the scenario", offset: option.offset - 5,
                length: option.text.unicodeScalars.count + 5,
                help: "move it to the scenario's first row: the data applies to the whole scenario")
        ]
    }
}

/// Whether a name consists of a letter followed by letters, digits, `-` and `_`, without characters that templates
/// interpret.
func isReferenceName(_ name: String) -> Bool {
    func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        // Most names are ASCII, and the tables of Unicode are slow to read.
        scalar.isASCII ? UInt8(truncatingIfNeeded: scalar.value).isASCIILetter : scalar.properties.isAlphabetic
    }
    guard let first = name.unicodeScalars.first, isLetter(first) else { return false }
    return name.unicodeScalars.allSatisfy { scalar in
        isLetter(scalar) || scalar == "-" || scalar == "_" || ("0"..."9").contains(scalar)
    }
}
