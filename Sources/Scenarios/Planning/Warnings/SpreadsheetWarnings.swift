import Diagnostics
import JSONDocument
import JSONSchema
import Primitives

/// Warnings about cells that a spreadsheet would change when it opens and saves a file.
enum SpreadsheetWarnings {
    /// The maximum number of warnings for one file.
    static let maximumPerFile = 100

    /// The warnings about the cells of the format's own columns; promoted ones are checked with their schema.
    static func warnings(_ table: Table) -> [Diagnostic] {
        guard table.kind != .other else { return [] }
        // A version that a spreadsheet would change is reported as a separate error.
        let columns = table.columns.indices.filter { index in
            if case .named(let name) = table.columns[index] { name != .version } else { false }
        }
        var result: [Diagnostic] = []
        for record in table.csv.records {
            for index in columns where SpreadsheetChange.isPossible(record.cells[index].text) {
                guard let change = SpreadsheetChange(of: record.cells[index].text), change != .numberSpelling else {
                    continue
                }
                guard result.count < maximumPerFile else { return result }
                let cell = CellPlace(file: table.path, column: table.names[index], cell: record.cells[index])
                result.append(
                    cell.diagnostic(
                        "table.spreadsheet", .warning, "a spreadsheet \(change.phrase)", help: change.rewording))
            }
        }
        return result
    }

    /// The warning about the value of a promoted cell, unless its meaning stays the same.
    static func warning(_ item: PlacedItem, _ views: [SchemaView]) -> Diagnostic? {
        guard item.isPromoted, item.parsed.op == .equal, SpreadsheetChange.isPossible(item.cell.text),
            let change = SpreadsheetChange(of: item.cell.text)
        else { return nil }
        let isNumber = !views.isEmpty && views.allSatisfy { $0.kinds.map { !$0.contains(.string) } ?? false }
        if change.keepsNumber && isNumber { return nil }
        let text = trimmed(item.cell.text)
        let isLed = text.utf8.first == 0x3D
        return item.cell.diagnostic(
            "table.spreadsheet", .warning, "a spreadsheet \(change.phrase)",
            help: isLed
                ? "omit the '=': a column of one item does not need it"
                : "write '\(text), as `assay fmt --excel` does")
    }

    /// The warnings about the cells of a data file, except for numbers in a column that is used only for numbers.
    static func warnings(_ data: DataRows, numbers: Set<String>) -> [Diagnostic] {
        data.changes.filter { !($0.change.keepsNumber && numbers.contains($0.cell.column)) }.map { cell, change in
            cell.diagnostic(
                "table.spreadsheet", .warning, "a spreadsheet \(change.phrase)",
                help: "write '\(trimmed(cell.text)), as `assay fmt --excel` does")
        }
    }
}

extension SpreadsheetChange {
    /// Whether the first character allows that a spreadsheet changes the cell.
    static func isPossible(_ text: String) -> Bool {
        guard let first = text.utf8.first else { return false }
        switch first {
        case 0x2B, 0x2D, 0x2E, 0x3D, 0x40, 0x30...0x39: return true
        // `true`, `FALSE`, `may-2`, `Jan 2026`.
        default:
            if text.utf8.count <= 5, first | 0x20 == 0x74 || first | 0x20 == 0x66 { return true }
            guard text.utf8.count <= 20, let last = text.utf8.last else { return false }
            return last.isASCIIDigit && text.utf8.contains { [0x20, 0x2D, 0x2F, 0x3A].contains($0) }
        }
    }

    /// The remedy for a cell that cannot have a `'`.
    fileprivate var rewording: String {
        switch self {
        case .formula: "start it with another character than = + - @"
        default: "start it with a letter, or rephrase it"
        }
    }
}
