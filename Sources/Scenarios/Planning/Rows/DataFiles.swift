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

/// The data files of a plan, each read once. One planning shares it, so it is a class.
final class DataFiles {
    private let files: FileStore
    private var data: [String: DataRows] = [:]
    /// Files that were opened again to find the location of a cell.
    private var opened: [String: CSVFile] = [:]
    /// The paths that some `rows=` names.
    private(set) var named: Set<String> = []

    init(_ files: FileStore) {
        self.files = files
    }

    /// The rows of the data file that `rows=` names; `nil` after a diagnostic.
    func rows(_ option: OptionValue, _ diagnostics: inout [Diagnostic]) -> DataRows? {
        let (name, cell) = (option.text, option.cell)
        let length = name.unicodeScalars.count
        guard let path = FileStore.path(name, relativeTo: cell.file) else {
            diagnostics.append(
                cell.diagnostic(
                    "table.data-file", "the data file '\(visibleText(name))' is outside the project",
                    offset: option.offset, length: length,
                    help: "name a file relative to the table, inside the project"))
            return nil
        }
        named.insert(path)
        if let known = data[path] { return known }
        switch files.bytes(path) {
        case .failure(let error):
            diagnostics.append(
                cell.diagnostic(
                    "table.data-file",
                    "the data file '\(visibleText(path))' cannot be read: \(error.diagnostics.first?.message ?? "")",
                    offset: option.offset, length: length, help: "name the data file relative to the table"))
            return nil
        case .success(let bytes):
            var reader = DataFileReader(CSVReader.read(bytes, file: path))
            let rows = reader.run()
            diagnostics += reader.diagnostics
            data[path] = rows
            return rows
        }
    }

    /// Finds the cell of a data row again: storing all cells would cost more than finding the wrong one.
    func cell(_ column: String, of row: DataRows.Row) -> CellPlace? {
        let path = row.location.file
        if opened[path] == nil, case .success(let bytes) = files.bytes(path) {
            opened[path] = CSVReader.read(bytes, file: path)
        }
        guard let csv = opened[path], let record = csv.records.first(where: { $0.line == row.line }),
            let index = csv.header.firstIndex(where: { trimmed($0.text).utf8.elementsEqual(column.utf8) })
        else { return nil }
        return CellPlace(file: path, column: column, cell: record.cells[index])
    }
}

/// Reads the rows of a data file; `nil` if it has no column `case`.
struct DataFileReader: PlanningStage {
    private let csv: CSVFile
    private let columns: [String]
    /// The columns that are not private.
    private let open: [Int]
    /// The location of the first row of each name.
    private var first: [String: SourceLocation] = [:]
    private var result: DataRows
    var diagnostics: [Diagnostic]

    init(_ csv: CSVFile) {
        self.csv = csv
        let columns = csv.header.map { trimmed($0.text) }
        self.columns = columns
        open = columns.indices.filter { columns[$0].utf8.first != 0x23 }
        let header = open.map { CellPlace(file: csv.file, column: columns[$0], cell: csv.header[$0]) }
        result = DataRows(columns: open.map { columns[$0] }, header: header, rows: [])
        diagnostics = csv.diagnostics
    }

    mutating func run() -> DataRows? {
        guard !csv.header.isEmpty else { return nil }
        guard let caseIndex = columns.firstIndex(where: { $0.lowercasedASCII == "case" }) else {
            let near = nearestName(to: "case", among: columns)
            report(
                CellPlace(file: csv.file, column: columns[0], cell: csv.header[0]).diagnostic(
                    "table.data-case", "the data file has no column `case`, which names each row",
                    help: near.map { "did you mean `case` instead of '\($0)'?" }))
            return nil
        }
        for record in csv.records where record.cells.contains(where: { !$0.text.utf8.allSatisfy(isBlank) }) {
            read(record, name: CellPlace(file: csv.file, column: columns[caseIndex], cell: record.cells[caseIndex]))
        }
        if result.rows.isEmpty, csv.diagnostics.isEmpty, first.isEmpty {
            report(
                Diagnostic(
                    "table.data-file", .error, "the data file has no rows, so the scenario would never run",
                    at: csv.location(of: csv.header[0])))
        }
        return result
    }

    private mutating func read(_ record: CSVRecord, name cell: CellPlace) {
        let name = trimmed(dataText(cell.text))
        guard !name.isEmpty else {
            report(cell.diagnostic("table.data-case", "the row has no `case`, which names it"))
            return
        }
        if let other = first[name] {
            report(
                cell.diagnostic(
                    "table.data-case", "duplicate case '\(visibleText(name))'",
                    related: [.init("the first one is here", at: other)]))
            return
        }
        let location = cell.location(cell.leadingBlanks)
        first[name] = location
        noteChanges(of: record)
        let cells = open.map { (columns[$0], dataText(record.cells[$0].text)) }
        result.rows.append(
            .init(
                name: name, cells: Dictionary(cells, uniquingKeysWith: { first, _ in first }),
                location: location, line: record.line))
    }

    /// Remembers the cells that a spreadsheet would change; which of them matter depends on the scenario.
    private mutating func noteChanges(of record: CSVRecord) {
        for index in open where SpreadsheetChange.isPossible(record.cells[index].text) {
            guard result.changes.count < SpreadsheetWarnings.maximumPerFile,
                let change = SpreadsheetChange(of: record.cells[index].text)
            else { continue }
            let cell = CellPlace(file: csv.file, column: columns[index], cell: record.cells[index])
            result.changes.append((cell, change))
        }
    }
}
