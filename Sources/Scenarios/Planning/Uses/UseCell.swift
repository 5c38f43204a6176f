import Diagnostics
import Primitives
import SourceText

/// A scenario that a row runs as a step: `use other.csv#scenario`.
struct UseTarget: Hashable, CustomStringConvertible {
    /// The table, below the project's root.
    var path: String
    var scenario: String

    var description: String { "\(path)#\(scenario)" }
}

/// The `call` of a row that uses another scenario.
struct UseCell {
    let cell: CellPlace
    private let row: RowDraft

    /// The options of a row that apply to every step of the scenario that it uses.
    private static let options = ["setup", "teardown", "skip", "only", "session", "mock", "live", "lock", "rows"]

    /// The call of `row`; `nil` if it uses no scenario.
    init?(_ row: RowDraft) {
        guard let cell = row[.call], Self.mayBeUse(cell.text),
            words(of: cell.text).first?.text.lowercasedASCII == "use"
        else { return nil }
        self.cell = cell
        self.row = row
    }

    /// Whether a text can begin with the word; the calls of most rows are ruled out by their first letter.
    private static func mayBeUse(_ text: String) -> Bool {
        text.utf8.first { !$0.isBlank }.map { $0 | 0x20 == UInt8(ascii: "u") || $0 >= 0x80 } ?? false
    }

    /// The scenario that the cell names; `nil` after a diagnostic.
    func target(_ diagnostics: inout [Diagnostic]) -> UseTarget? {
        let scalars = Array(trimmed(cell.text).unicodeScalars)
        let name = trimmed(String(String.UnicodeScalarView(scalars.dropFirst(3))))
        let parts = name.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map {
            trimmed(String($0))
        }
        guard parts.count == 2, !parts[1].isEmpty else {
            diagnostics.append(
                diagnostic(
                    "'\(visibleText(trimmed(cell.text)))' does not name a scenario of a table",
                    help: "write use other.csv#scenario, or use #scenario for a scenario of this table"))
            return nil
        }
        guard !parts[0].isEmpty else { return UseTarget(path: cell.file, scenario: parts[1]) }
        guard let path = FileStore.path(parts[0], relativeTo: cell.file) else {
            diagnostics.append(
                tableDiagnostic(
                    "the table '\(visibleText(parts[0]))' is outside the project",
                    help: "name a file relative to the table, inside the project"))
            return nil
        }
        return UseTarget(path: path, scenario: parts[1])
    }

    /// The mistakes in other cells of the row, which has no request and response of its own.
    var otherCellProblems: [Diagnostic] {
        row.requestCellProblems(
            "table.use", "a row that uses a scenario",
            help: "leave the cell empty; the steps of that scenario define what is sent and checked") + optionProblems
            + traceProblems
    }

    private var traceProblems: [Diagnostic] {
        [ColumnName.versions, .ref, .level].compactMap { column in
            row.row[column]?.diagnostic(
                "table.use", "a row that uses a scenario has no `\(column.rawValue)`",
                help: "leave the cell empty, and write it in the rows of that scenario")
        }
    }

    private var optionProblems: [Diagnostic] {
        guard let cell = row.row[.opts] else { return [] }
        return words(of: cell.text).compactMap { word in
            let name = (word.text.split(separator: "=").first.map(String.init) ?? "").lowercasedASCII
            guard OptionsParser.flags.contains(name) || OptionsParser.settings.contains(name),
                !Self.options.contains(name)
            else { return nil }
            return cell.diagnostic(
                "table.use", "`\(name)` has no effect in a row that uses a scenario", offset: word.offset,
                length: word.text.unicodeScalars.count, help: "move it to the rows of that scenario")
        }
    }

    /// A diagnostic about the whole cell.
    func diagnostic(_ message: String, help: String? = nil, related: [Diagnostic.Related] = []) -> Diagnostic {
        cell.diagnostic("table.use", message, help: help, related: related)
    }

    /// A diagnostic about the table in the cell.
    func tableDiagnostic(_ message: String, help: String?) -> Diagnostic {
        part(upTo: "#", message, help: help)
    }

    /// A diagnostic about the scenario in the cell.
    func scenarioDiagnostic(_ message: String, help: String?) -> Diagnostic {
        part(from: "#", message, help: help)
    }

    private func part(
        from start: Unicode.Scalar? = nil, upTo end: Unicode.Scalar? = nil, _ message: String, help: String?
    ) -> Diagnostic {
        let scalars = Array(cell.text.unicodeScalars)
        var lower = cell.leadingBlanks + 3
        var upper = scalars.count
        if let start, let index = scalars.firstIndex(of: start) { lower = index + 1 }
        if let end, let index = scalars.firstIndex(of: end) { upper = index }
        while lower < upper, isBlank(scalars[lower]) { lower += 1 }
        while upper > lower, isBlank(scalars[upper - 1]) { upper -= 1 }
        return cell.diagnostic("table.use", message, offset: lower, length: upper - lower, help: help)
    }
}
