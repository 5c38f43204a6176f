import Diagnostics
import Primitives
internal import Synchronization

/// A file with its columns identified. Every row refers to it; it is a class, so this costs only one reference.
final class Table: Sendable {
    let path: String
    let csv: CSVFile
    let kind: TableKind
    let columns: [TableColumn]
    /// The canonical names of the columns, used in messages and for generated values.
    let names: [String]
    /// The cache of parsed cells.
    let cells = ParsedCells()
    /// The index of each of the format's columns among the cells, by `ColumnName.position`; `nil` for missing ones.
    private let indexes: [Int?]

    /// Reads a table; mistakes in its text or header are added to `diagnostics`.
    init(_ source: TableSource, _ diagnostics: inout [Diagnostic]) {
        let csv = CSVReader.read(source.bytes, file: source.path)
        diagnostics.append(contentsOf: csv.diagnostics)
        var header = HeaderReader(csv)
        let columns = header.columns()
        path = source.path
        kind = header.kind
        diagnostics.append(contentsOf: header.diagnostics)
        var indexes = [Int?](repeating: nil, count: ColumnName.allCases.count)
        var names: [String] = []
        for (index, column) in columns.enumerated() {
            if case .named(let name) = column { indexes[name.position] = index }
            names.append(column.name ?? trimmed(csv.header[index].text))
        }
        self.csv = csv
        self.columns = columns
        self.names = names
        self.indexes = indexes
    }

    /// Whether rows could not be read. Names in them are unknown, and their diagnostics are the cause.
    var hasLostRows: Bool { csv.diagnostics.contains { $0.rule == "table.ragged-row" } }

    func has(_ name: ColumnName) -> Bool { indexes[name.position] != nil }

    /// The rows that are not empty, each read when it is reached.
    var rows: TableRows { TableRows(table: self) }

    fileprivate func index(of name: ColumnName) -> Int? { indexes[name.position] }
}

/// The rows of a table that are not empty, read one by one.
struct TableRows: Sequence, IteratorProtocol {
    private let table: Table
    private var index = 0

    fileprivate init(table: Table) {
        self.table = table
    }

    mutating func next() -> TableRow? {
        while index < table.csv.records.count {
            let record = table.csv.records[index]
            index += 1
            if record.cells.contains(where: { !$0.text.utf8.allSatisfy(isBlank) }) {
                return TableRow(table: table, record: record)
            }
        }
        return nil
    }
}

/// One row of a table.
struct TableRow: Sendable {
    let table: Table
    let record: CSVRecord

    /// The row's cell in that column; `nil` if the column does not exist or the cell is empty.
    subscript(_ name: ColumnName) -> CellPlace? {
        guard let index = table.index(of: name) else { return nil }
        let place = place(index)
        return place.isEmpty ? nil : place
    }

    func place(_ index: Int) -> CellPlace {
        CellPlace(file: table.path, column: table.names[index], cell: record.cells[index])
    }

    /// The location of the row.
    var location: SourceLocation {
        SourceLocation(file: table.path, line: record.line, column: 1)
    }

    /// A diagnostic for the whole row, located at its first nonempty cell.
    func diagnostic(_ rule: String, _ message: String, column: ColumnName, help: String? = nil) -> Diagnostic {
        if let index = table.index(of: column) {
            return place(index).diagnostic(rule, message, help: help)
        }
        return Diagnostic(rule, .error, message, at: location, place: column.rawValue, help: help)
    }
}

/// A cache of the parsed cells of a table: the rows of long tables repeat the same texts.
final class ParsedCells: Sendable {
    /// The maximum number of cached cells; tables whose cells all differ gain nothing.
    private static let mostCells = 4_096

    /// An item as rows with equal cells share it.
    struct SharedItem: Sendable {
        let parsed: Boxed<ParsedItem>
        /// Its content in a plan; `nil` for `set`, whose paths are resolved first.
        let content: Boxed<ItemContent>?
    }

    private struct Key: Hashable {
        let text: TextKey
        let column: ColumnName
    }

    private let known = Mutex<[Key: [SharedItem]]>([:])

    /// The items of a cell with this text, and its mistakes.
    func items(
        of text: String, in column: ColumnName, _ context: PathContext
    ) -> ([SharedItem], [ItemProblem]) {
        let key = Key(text: TextKey(text), column: column)
        if let items = known.withLock({ $0[key] }) { return (items, []) }
        var parser = ItemParser(text, context: context)
        let items = parser.items().map { item in
            SharedItem(
                parsed: Boxed(wrappedValue: item),
                content: column == .set ? nil : Boxed(wrappedValue: item.content(column.rawValue)))
        }
        if parser.problems.isEmpty {
            known.withLock { if $0.count < Self.mostCells { $0[key] = items } }
        }
        return (items, parser.problems)
    }
}
