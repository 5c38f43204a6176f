public import Diagnostics
import Primitives
import SourceText

/// How a table is written.
public struct TableForm: Sendable, Hashable {
    /// For a spreadsheet: a byte order mark, CRLF, and a `'` before each plain value that a spreadsheet would change.
    public var isForSpreadsheets: Bool
    /// Items to move to their own column: `set.path`, `check.path`, or a path alone for both.
    public var promoted: [String]
    /// Promoted columns to move back into `set` or `check`.
    public var demoted: [String]

    /// Creates a form; the default is the canonical one: UTF-8, commas, line feeds, quotes only if necessary.
    public init(isForSpreadsheets: Bool = false, promoted: [String] = [], demoted: [String] = []) {
        self.isForSpreadsheets = isForSpreadsheets
        self.promoted = promoted
        self.demoted = demoted
    }
}

/// Writes tables in one form without changing their meaning.
public enum TableFormatter {
    /// Returns the table in the given form.
    ///
    /// Columns are in the canonical order, names in lower case, a scenario's name only on its first row, and items
    /// separated by `; `. Comments are kept; several empty lines become one. A cell that cannot be read stays
    /// unchanged. For a data file, only the CSV quoting may change.
    ///
    /// - Returns: No bytes if the file is not CSV or an item cannot be moved.
    public static func format(
        _ source: TableSource, as form: TableForm = TableForm()
    ) -> (
        bytes: [UInt8]?, diagnostics: [Diagnostic]
    ) {
        var diagnostics: [Diagnostic] = []
        guard var draft = EditableTable(source, &diagnostics) else { return (nil, diagnostics) }
        if draft.kind != .other {
            for field in form.promoted { draft.promote(field, &diagnostics) }
            for field in form.demoted { draft.demote(field, &diagnostics) }
            draft.spellCells()
        }
        if form.isForSpreadsheets { draft.guardCells() }
        guard diagnostics.isEmpty else { return (nil, diagnostics) }
        let bytes = draft.written(
            lineEnd: form.isForSpreadsheets ? .crlf : .lf, byteOrderMark: form.isForSpreadsheets)
        return (bytes, [])
    }
}

extension EditableTable {
    /// Converts cells and columns to canonical form.
    fileprivate mutating func spellCells() {
        let columns = columns
        let kind = kind
        let scenarioIndex = index(of: .scenario)
        var scenario: String?
        mapRows { cells in
            for index in cells.indices {
                let text = CellText.canonical(cells[index], columns[index].kind, of: kind)
                // A first cell that starts with `#` would turn the row into a comment.
                if index == 0, text.utf8.first == 0x23 { continue }
                cells[index] = text
            }
            guard let scenarioIndex, !cells[scenarioIndex].isEmpty else { return }
            if let name = scenario, name.isSame(as: cells[scenarioIndex]) {
                cells[scenarioIndex] = ""
            } else {
                scenario = cells[scenarioIndex]
            }
        }
        orderColumns()
    }

    /// Adds a `'` before each plain value that a spreadsheet would change.
    fileprivate mutating func guardCells() {
        let columns = columns
        let isData = kind == .other
        mapRows { cells in
            for index in cells.indices {
                let cell = cells[index]
                guard SpreadsheetChange(of: cell) != nil else { continue }
                switch columns[index].kind {
                case .promotedSet(let path), .promotedCheck(let path):
                    // An operator at the start protects a cell as well as a quote.
                    guard let item = ItemText.readPromoted(cell, path), item.op == .equal, case .text? = item.value
                    else { continue }
                    cells[index] = "'" + cell
                case .ignored where isData:
                    cells[index] = "'" + cell + (cell.utf8.last == 0x27 ? "'" : "")
                default: continue
                }
            }
        }
    }

    func index(of name: ColumnName) -> Int? {
        columns.firstIndex { if case .named(name) = $0.kind { true } else { false } }
    }
}
