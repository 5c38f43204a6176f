import Diagnostics
import Primitives
import SourceText

/// The rows of a data file.
struct DataRows: Sendable {
    struct Row: Sendable {
        var name: String
        var cells: [String: String]
        var location: SourceLocation
        /// The physical line on which the row starts.
        var line: Int
    }

    /// The names of the columns that are not private, and their header cells.
    var columns: [String]
    var header: [CellPlace]
    var rows: [Row]
    /// The first cells that a spreadsheet would change.
    var changes: [(cell: CellPlace, change: SpreadsheetChange)] = []
}

extension PlanBuilder {
    /// Reads the data file named by `rows=`; `nil` after a diagnostic.
    mutating func dataRows(_ option: (path: String, cell: CellPlace, offset: Int)) -> DataRows? {
        let (name, cell, offset) = option
        let length = name.unicodeScalars.count
        guard let path = FileStore.path(name, relativeTo: cell.file) else {
            report(
                cell.diagnostic(
                    "table.data-file", "the data file '\(visibleText(name))' is outside the project", offset: offset,
                    length: length, help: "name a file relative to the table, inside the project"))
            return nil
        }
        dataFiles.insert(path)
        if let known = data[path] { return known }
        switch files.bytes(path) {
        case .failure(let error):
            report(
                cell.diagnostic(
                    "table.data-file",
                    "the data file '\(visibleText(path))' cannot be read: \(error.diagnostics.first?.message ?? "")",
                    offset: offset, length: length, help: "name the data file relative to the table"))
            return nil
        case .success(let bytes):
            let rows = parseData(CSVReader.read(bytes, file: path))
            data[path] = rows
            return rows
        }
    }

    private mutating func parseData(_ csv: CSVFile) -> DataRows? {
        report(csv.diagnostics)
        guard !csv.header.isEmpty else { return nil }
        let columns = csv.header.map { trimmed($0.text) }
        guard let caseIndex = columns.firstIndex(where: { $0.lowercasedASCII == "case" }) else {
            let near = nearestName(to: "case", among: columns)
            report(
                CellPlace(file: csv.file, column: columns[0], cell: csv.header[0]).diagnostic(
                    "table.data-case", "the data file has no column `case`, which names each row",
                    help: near.map { "did you mean `case` instead of '\($0)'?" }))
            return nil
        }
        let open = columns.indices.filter { columns[$0].utf8.first != 0x23 }
        let header = open.map { CellPlace(file: csv.file, column: columns[$0], cell: csv.header[$0]) }
        var result = DataRows(columns: open.map { columns[$0] }, header: header, rows: [])
        var first: [String: SourceLocation] = [:]
        for record in csv.records where record.cells.contains(where: { !$0.text.utf8.allSatisfy(isBlank) }) {
            let cell = CellPlace(file: csv.file, column: columns[caseIndex], cell: record.cells[caseIndex])
            let name = trimmed(dataText(cell.text))
            let location = cell.location(cell.leadingBlanks)
            if name.isEmpty {
                report(cell.diagnostic("table.data-case", "the row has no `case`, which names it"))
            } else if let other = first[name] {
                report(
                    cell.diagnostic(
                        "table.data-case", "duplicate case '\(visibleText(name))'",
                        related: [.init("the first one is here", at: other)]))
            } else {
                first[name] = location
                for index in open where SpreadsheetChange.isPossible(record.cells[index].text) {
                    guard result.changes.count < PlanBuilder.maximumSpreadsheetWarnings,
                        let change = SpreadsheetChange(of: record.cells[index].text)
                    else { continue }
                    let cell = CellPlace(file: csv.file, column: columns[index], cell: record.cells[index])
                    result.changes.append((cell, change))
                }
                let cells = open.map { (columns[$0], dataText(record.cells[$0].text)) }
                result.rows.append(
                    .init(
                        name: name, cells: Dictionary(cells, uniquingKeysWith: { first, _ in first }),
                        location: location, line: record.line))
            }
        }
        if result.rows.isEmpty, csv.diagnostics.isEmpty, first.isEmpty {
            report(
                Diagnostic(
                    "table.data-file", .error, "the data file has no rows, so the scenario would never run",
                    at: csv.location(of: csv.header[0])))
        }
        return result
    }
}
