import Diagnostics
import Primitives
import SourceText

/// The rows of a data file with a name each, read from its bytes whenever one is used.
struct DataRows: Sendable {
    struct Row: Sendable {
        var name: String
        var cells: [String: String]
        var location: SourceLocation
        /// The position among the rows, from 0.
        var index: Int
    }

    /// The names of the columns that are not private, and their header cells.
    var columns: [String]
    var header: [CellPlace]
    /// The first cells that a spreadsheet would change.
    var changes: [(cell: CellPlace, change: SpreadsheetChange)] = []
    fileprivate var records: CSVRecords
    fileprivate let places: DataColumns

    /// The number of rows.
    var count: Int { records.count }

    /// The row at an index.
    subscript(index: Int) -> Row {
        let record = records[index]
        let cell = places.nameCell(of: record)
        let cells = places.open.map { (places.names[$0], dataText(record.cells[$0].text)) }
        return Row(
            name: places.name(of: record), cells: Dictionary(cells, uniquingKeysWith: { first, _ in first }),
            location: cell.location(cell.leadingBlanks), index: index)
    }

    /// The name of the row at an index.
    func name(at index: Int) -> String { places.name(of: records[index]) }

    /// The cell of a column in the row at an index.
    func cell(_ column: String, at index: Int) -> CellPlace? {
        places.names.firstIndex { $0.isSame(as: column) }.map { place in
            CellPlace(file: places.file, column: column, cell: records[index].cells[place])
        }
    }
}

/// The columns of a data file.
struct DataColumns: Sendable {
    let file: String
    let names: [String]
    /// The positions of the columns that are not private.
    let open: [Int]
    /// The position of the column `case`.
    let caseColumn: Int

    /// The cell that names a row.
    func nameCell(of record: CSVRecord) -> CellPlace {
        CellPlace(file: file, column: names[caseColumn], cell: record.cells[caseColumn])
    }

    /// The name of a row.
    func name(of record: CSVRecord) -> String { trimmed(dataText(record.cells[caseColumn].text)) }
}

/// The data files of a plan, each read once. One planning shares it, so it is a class.
final class DataFiles {
    private let files: FileStore
    private var data: [String: DataRows] = [:]
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

    /// The cell of a column in a row of one of the files.
    func cell(_ column: String, of row: DataRows.Row) -> CellPlace? {
        data[row.location.file]?.cell(column, at: row.index)
    }
}

/// Reads the rows of a data file; `nil` if it has no column `case`.
struct DataFileReader: PlanningStage {
    private let csv: CSVFile
    private let columns: [String]
    private var names = RowNames()
    var diagnostics: [Diagnostic]

    init(_ csv: CSVFile) {
        self.csv = csv
        columns = csv.header.map { trimmed($0.text) }
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
        let open = columns.indices.filter { columns[$0].utf8.first != 0x23 }
        let places = DataColumns(file: csv.file, names: columns, open: open, caseColumn: caseIndex)
        var result = DataRows(
            columns: open.map { columns[$0] },
            header: open.map { CellPlace(file: csv.file, column: columns[$0], cell: csv.header[$0]) },
            records: csv.records, places: places)
        let records = csv.records
        result.records = records.filtered { index in
            let record = records[index]
            guard record.cells.contains(where: { !$0.text.utf8.allSatisfy(isBlank) }) else { return false }
            guard isNamed(record, at: index, places) else { return false }
            noteChanges(of: record, places, &result.changes)
            return true
        }
        if result.count == 0, csv.diagnostics.isEmpty {
            report(
                Diagnostic(
                    "table.data-file", .error, "the data file has no rows, so the scenario would never run",
                    at: csv.location(of: csv.header[0])))
        }
        return result
    }

    /// Whether a row has a name of its own; otherwise the mistake is reported.
    private mutating func isNamed(_ record: CSVRecord, at index: Int, _ places: DataColumns) -> Bool {
        let cell = places.nameCell(of: record)
        let name = places.name(of: record)
        guard !name.isEmpty else {
            report(cell.diagnostic("table.data-case", "the row has no `case`, which names it"))
            return false
        }
        let records = csv.records
        guard let other = names.insert(name, at: index, nameOf: { places.name(of: records[$0]) }) else { return true }
        let first = places.nameCell(of: records[other])
        report(
            cell.diagnostic(
                "table.data-case", "duplicate case '\(visibleText(name))'",
                related: [.init("the first one is here", at: first.location(first.leadingBlanks))]))
        return false
    }

    /// Remembers the cells that a spreadsheet would change; which of them matter depends on the scenario.
    private func noteChanges(
        of record: CSVRecord, _ places: DataColumns, _ changes: inout [(cell: CellPlace, change: SpreadsheetChange)]
    ) {
        for index in places.open where SpreadsheetChange.isPossible(record.cells[index].text) {
            guard changes.count < SpreadsheetWarnings.maximumPerFile,
                let change = SpreadsheetChange(of: record.cells[index].text)
            else { continue }
            changes.append((CellPlace(file: csv.file, column: columns[index], cell: record.cells[index]), change))
        }
    }
}

/// The names of rows, as the hash of each with the index of its row: names of many rows would need far more memory.
struct RowNames {
    private var rows: [UInt32: UInt32] = [:]
    private let hash: @Sendable (String) -> Int

    /// No names, with a hash by which equal names are found.
    init(hash: @escaping @Sendable (String) -> Int = { $0.hashValue }) {
        self.hash = hash
    }

    /// Adds the name of the row at `index`, unless an earlier row has it.
    ///
    /// - Parameter nameOf: The name of an earlier row.
    /// - Returns: The index of the earlier row.
    mutating func insert(_ name: String, at index: Int, nameOf: (Int) -> String) -> Int? {
        var key = UInt32(truncatingIfNeeded: hash(name))
        while let other = rows[key] {
            if nameOf(Int(other)) == name { return Int(other) }
            // Two names with one hash: the second one has the next free key.
            key &+= 1
        }
        rows[key] = UInt32(index)
        return nil
    }
}
