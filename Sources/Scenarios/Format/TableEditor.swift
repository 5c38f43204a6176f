import Diagnostics
import Primitives

/// Edits single cells of a table. All other bytes stay unchanged: quoting, comments, columns and line ends.
public enum TableEditor {
    /// Returns the table with `edits` applied, and the edits that could not be applied.
    ///
    /// If the table cannot be read, no bytes change.
    public static func apply(
        _ edits: [TableEdit], to source: TableSource
    ) -> (bytes: [UInt8], skipped: [SkippedEdit]) {
        var problems: [Diagnostic] = []
        let table = Table(source, &problems)
        guard !problems.contains(where: { $0.severity == .error }) else {
            return (source.bytes, edits.map { SkippedEdit(edit: $0, reason: "the table cannot be read") })
        }
        var cells = EditedCells(table)
        var skipped: [SkippedEdit] = []
        for edit in edits {
            if let reason = cells.make(edit) { skipped.append(SkippedEdit(edit: edit, reason: reason)) }
        }
        return (cells.written(over: source.bytes), skipped)
    }
}

/// The edited cells of a table.
private struct EditedCells {
    private struct Place: Hashable {
        var record: Int
        var column: Int
    }

    private let table: Table
    private var texts: [Place: String] = [:]
    private var recordsByLine: [Int: Int] = [:]

    init(_ table: Table) {
        self.table = table
        for (index, record) in table.csv.records.enumerated() { recordsByLine[record.line] = index }
    }

    /// Applies an edit; returns the reason if that is impossible.
    mutating func make(_ edit: TableEdit) -> String? {
        switch edit.action {
        case .addToSet(let item): add(item, row: edit.location.line)
        case .removeItem(let text): change(text, to: nil, at: edit.location)
        case .replaceItem(let text, let other): change(text, to: other, at: edit.location)
        case .replaceStatus(let status, let other): replace(status, by: other, at: edit.location)
        case .call(let name, let other): rename(name, to: other, row: edit.location.line)
        }
    }

    private func text(_ place: Place) -> String {
        texts[place] ?? table.csv.records[place.record].cells[place.column].text
    }

    // MARK: Items

    private mutating func add(_ item: String, row line: Int) -> String? {
        guard let record = recordsByLine[line] else { return "the row is gone" }
        if let promoted = promotedCell(for: item, record) {
            texts[promoted.place] = promoted.text
            return nil
        }
        guard let column = column(.set) else { return "the table has no column 'set'" }
        let place = Place(record: record, column: column)
        let old = text(place)
        var kept = old.unicodeScalars
        while let last = kept.last, isBlank(last) || last == ";" { kept.removeLast() }
        texts[place] = kept.isEmpty ? item : String(kept) + "; " + item
        return nil
    }

    /// The cell of the item's promoted column, if there is one.
    private func promotedCell(for item: String, _ record: Int) -> (place: Place, text: String)? {
        guard let parsed = ItemText.read(item, .step), parsed.count == 1 else { return nil }
        for (index, column) in table.columns.enumerated() {
            guard case .promotedSet(let path) = column, path == parsed[0].path,
                let text = ItemText.promoted(parsed[0], Array(item.unicodeScalars))
            else { continue }
            return (Place(record: record, column: index), text)
        }
        return nil
    }

    /// Replaces or removes the item with the text `text` at `location`.
    private mutating func change(_ text: String, to other: String?, at location: SourceLocation) -> String? {
        guard let place = place(at: location) else { return "the item is gone" }
        if case .promotedSet(let path) = table.columns[place.column] { return changePromoted(place, path, other) }
        if case .promotedCheck(let path) = table.columns[place.column] { return changePromoted(place, path, other) }
        let cell = self.text(place)
        guard let items = ItemText.read(cell, .step),
            let index = items.lastIndex(where: { $0.text.isSame(as: text) })
        else { return "the item is gone" }
        var scalars = Array(cell.unicodeScalars)
        if let other {
            scalars.replaceSubrange(items[index].range, with: Array(other.unicodeScalars))
        } else if index + 1 < items.count {
            scalars.removeSubrange(items[index].range.lowerBound..<items[index + 1].range.lowerBound)
        } else {
            let start = index > 0 ? items[index - 1].range.upperBound : 0
            scalars.removeSubrange(start..<scalars.count)
        }
        texts[place] = String(String.UnicodeScalarView(scalars))
        return nil
    }

    private mutating func changePromoted(_ place: Place, _ path: ItemPath, _ other: String?) -> String? {
        guard let other else {
            texts[place] = ""
            return nil
        }
        guard let parsed = ItemText.read(other, .step), parsed.count == 1, parsed[0].path == path,
            let text = ItemText.promoted(parsed[0], Array(other.unicodeScalars))
        else { return "the cell of its own column cannot have this item" }
        texts[place] = text
        return nil
    }

    /// The cell at a location of the file.
    private func place(at location: SourceLocation) -> Place? {
        // A record may begin on an earlier line than the item.
        let lines = stride(from: location.line, through: 1, by: -1)
        guard let record = lines.lazy.compactMap({ recordsByLine[$0] }).first else { return nil }
        let cells = table.csv.records[record].cells
        guard
            let column = cells.lastIndex(where: {
                ($0.line, $0.column) <= (location.line, location.column)
            })
        else { return nil }
        return Place(record: record, column: column)
    }

    // MARK: Statuses and calls

    private mutating func replace(_ status: String, by other: String, at location: SourceLocation) -> String? {
        guard let place = place(at: location), case .named(.expect) = table.columns[place.column] else {
            return "the status is gone"
        }
        let parts = text(place).split(separator: "|", omittingEmptySubsequences: false).map { part in
            trimmed(String(part)).isSame(as: status)
                ? String(part).replacing(status, with: other) : String(part)
        }
        texts[place] = parts.joined(separator: "|")
        return nil
    }

    /// Renames the operation in the row, or in the `*` row from which it inherits its `call`.
    private mutating func rename(_ name: String, to other: String, row line: Int) -> String? {
        guard let column = column(.call), let record = recordsByLine[line] else { return "the row is gone" }
        for index in (0...record).reversed() {
            let place = Place(record: index, column: column)
            let isDefault = index != record
            if isDefault, !isDefaultRow(index) { continue }
            let cell = text(place)
            guard !trimmed(cell).isEmpty else { continue }
            if trimmed(cell).isSame(as: name) { texts[place] = cell.replacing(name, with: other) }
            // A row that calls by method and path needs no edit.
            return nil
        }
        return "the row is gone"
    }

    private func isDefaultRow(_ record: Int) -> Bool {
        guard let column = column(.step) else { return false }
        return trimmed(table.csv.records[record].cells[column].text) == "*"
    }

    private func column(_ name: ColumnName) -> Int? {
        table.columns.firstIndex { if case .named(name) = $0 { true } else { false } }
    }

    // MARK: Bytes

    func written(over bytes: [UInt8]) -> [UInt8] {
        let spans = CellSpans(bytes, delimiter: table.csv.delimiter)
        var result: [UInt8] = []
        var copied = 0
        for place in texts.keys.sorted(by: { ($0.record, $0.column) < ($1.record, $1.column) }) {
            let cell = table.csv.records[place.record].cells[place.column]
            guard let text = texts[place], !text.isSame(as: cell.text), let span = spans.span(of: cell)
            else { continue }
            result += bytes[copied..<span.lowerBound] + spans.spelled(text, isQuoted: cell.isQuoted)
            copied = span.upperBound
        }
        return result + bytes[copied...]
    }
}

/// The positions of a CSV file's cells among its bytes.
private struct CellSpans {
    private let bytes: [UInt8]
    private let delimiter: UInt8
    /// The first byte of each physical line.
    private var starts: [Int]

    init(_ bytes: [UInt8], delimiter: UInt8) {
        self.bytes = bytes
        self.delimiter = delimiter
        starts = [bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0]
        for (index, byte) in bytes.enumerated() {
            let isReturn = byte == 0x0D && !(index + 1 < bytes.count && bytes[index + 1] == 0x0A)
            if byte == 0x0A || isReturn { starts.append(index + 1) }
        }
    }

    /// The bytes of a cell, including its quotes.
    func span(of cell: CSVCell) -> Range<Int>? {
        guard starts.indices.contains(cell.line - 1) else { return nil }
        var start = starts[cell.line - 1]
        for _ in 1..<cell.column {
            guard start < bytes.count else { return nil }
            start += 1
            while start < bytes.count, bytes[start] & 0xC0 == 0x80 { start += 1 }
        }
        var end = start
        if cell.isQuoted {
            guard start < bytes.count, bytes[start] == 0x22 else { return nil }
            end += 1
            while end < bytes.count {
                if bytes[end] == 0x22 {
                    guard end + 1 < bytes.count, bytes[end + 1] == 0x22 else { return start..<end + 1 }
                    end += 1
                }
                end += 1
            }
            return nil
        }
        while end < bytes.count, bytes[end] != delimiter, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
        return start..<end
    }

    /// A cell's text as written in the file; quoted if the old cell was quoted or if necessary.
    func spelled(_ text: String, isQuoted: Bool) -> [UInt8] {
        let utf8 = Array(text.utf8)
        let needsQuotes = utf8.contains { $0 == delimiter || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
        guard isQuoted || needsQuotes else { return utf8 }
        return [0x22] + utf8.flatMap { $0 == 0x22 ? [0x22, 0x22] : [$0] } + [0x22]
    }
}
