import Diagnostics
import JSONDocument
import JSONSchema

/// Warns about cells that a spreadsheet would change when it opens and saves a table.
extension PlanBuilder {
    /// The maximum number of warnings for one file.
    static let maximumSpreadsheetWarnings = 100

    /// Warns about cells of the format's own columns; promoted ones are checked with their schema.
    mutating func warnOfSpreadsheets(_ table: Table) {
        guard table.kind != .other else { return }
        // A version that a spreadsheet would change is reported as a separate error.
        let columns = table.columns.indices.filter { index in
            if case .named(let name) = table.columns[index] { name != .version } else { false }
        }
        var count = 0
        for record in table.csv.records {
            for index in columns where SpreadsheetChange.isPossible(record.cells[index].text) {
                guard let change = SpreadsheetChange(of: record.cells[index].text), change != .numberSpelling else {
                    continue
                }
                count += 1
                guard count <= PlanBuilder.maximumSpreadsheetWarnings else { return }
                let cell = CellPlace(file: table.path, column: table.names[index], cell: record.cells[index])
                report(
                    cell.diagnostic(
                        "table.spreadsheet", .warning, "a spreadsheet \(change.phrase)", help: change.rewording))
            }
        }
    }

    /// Warns about the value of a promoted cell, unless its meaning stays the same.
    mutating func warnOfSpreadsheet(_ item: PlacedItem, _ views: [SchemaView]) {
        guard item.isPromoted, item.parsed.op == .equal, SpreadsheetChange.isPossible(item.cell.text),
            let change = SpreadsheetChange(of: item.cell.text)
        else { return }
        let isNumber = !views.isEmpty && views.allSatisfy { $0.kinds.map { !$0.contains(.string) } ?? false }
        if change.keepsNumber && isNumber { return }
        let text = trimmed(item.cell.text)
        let isLed = text.utf8.first == 0x3D
        report(
            item.cell.diagnostic(
                "table.spreadsheet", .warning, "a spreadsheet \(change.phrase)",
                help: isLed
                    ? "omit the '=': a column of one item does not need it"
                    : "write '\(text), as `assay fmt --excel` does"))
    }

    /// Warns about the cells of a data file, except for numbers in a column that is used only for numbers.
    mutating func warnOfSpreadsheets(_ data: DataRows, numbers: Set<String>) {
        for (cell, change) in data.changes where !(change.keepsNumber && numbers.contains(cell.column)) {
            report(
                cell.diagnostic(
                    "table.spreadsheet", .warning, "a spreadsheet \(change.phrase)",
                    help: "write '\(trimmed(cell.text)), as `assay fmt --excel` does"))
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
            return (0x30...0x39).contains(last) && text.utf8.contains { [0x20, 0x2D, 0x2F, 0x3A].contains($0) }
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
