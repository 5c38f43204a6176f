import Diagnostics
import SourceText

/// A table in an editable form: its columns, and its lines in order.
struct EditableTable {
    struct Column {
        var kind: TableColumn
        var name: String
    }

    enum Line {
        /// Cells, one for each column.
        case row([String], line: Int)
        /// A row that starts with `#`, with one cell for each column.
        case commentedRow([String])
        /// A comment.
        case comment(String)
        case empty
    }

    var path: String
    var kind: TableKind
    var columns: [Column]
    var lines: [Line]
    /// Whether every column is known.
    var isOrderable: Bool

    /// Reads a table; `nil` if it is not CSV, which `diagnostics` report.
    init?(_ source: TableSource, _ diagnostics: inout [Diagnostic]) {
        let (file, lines) = CSVReader.lines(source.bytes, file: source.path)
        diagnostics += file.diagnostics
        guard file.diagnostics.isEmpty else { return nil }
        var header = HeaderReader(file)
        let kinds = header.columns()
        path = source.path
        kind = header.kind
        isOrderable = header.diagnostics.isEmpty && header.kind != .other
        columns = zip(kinds, file.header).map { Column(kind: $0, name: $0.name ?? trimmed($1.text)) }
        self.lines = lines.map(EditableTable.line)
        dropNeedlessEmptyLines()
    }

    private static func line(_ line: CSVLine) -> Line {
        switch line {
        case .empty: return .empty
        case .record(let record):
            let isEmpty = record.cells.allSatisfy { $0.text.utf8.allSatisfy(isBlank) }
            return isEmpty ? .empty : .row(record.cells.map(\.text), line: record.line)
        case .comment(let text, let cells):
            guard let cells else { return .comment(text) }
            // Spreadsheets extend a comment to the width of the table.
            guard cells.dropFirst().contains(where: { !$0.text.utf8.isEmpty }) else { return .comment(cells[0].text) }
            return .commentedRow(cells.map(\.text))
        }
    }

    /// One empty line separates paragraphs; further ones, and those at the ends, are removed.
    private mutating func dropNeedlessEmptyLines() {
        var kept: [Line] = []
        var wasEmpty = true
        for line in lines {
            let isEmpty = if case .empty = line { true } else { false }
            if !(isEmpty && wasEmpty) { kept.append(line) }
            wasEmpty = isEmpty
        }
        if case .empty? = kept.last { kept.removeLast() }
        lines = kept
    }

    /// Replaces the cells of every row.
    mutating func mapRows(_ change: (inout [String]) -> Void) {
        for index in lines.indices {
            guard case .row(var cells, let line) = lines[index] else { continue }
            change(&cells)
            lines[index] = .row(cells, line: line)
        }
    }

    /// The table as CSV.
    func written(lineEnd: CSVWriter.LineEnd, byteOrderMark: Bool) -> [UInt8] {
        var writer = CSVWriter(lineEnd: lineEnd, byteOrderMark: byteOrderMark)
        writer.row(columns.map(\.name))
        for line in lines {
            switch line {
            case .row(let cells, _), .commentedRow(let cells): writer.row(cells)
            case .comment(let text): writer.comment(text)
            case .empty: writer.line()
            }
        }
        return writer.bytes
    }
}
