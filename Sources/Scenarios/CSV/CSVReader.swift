import Diagnostics
import Primitives
import SourceText

/// Reads CSV (RFC 4180) byte by byte, without guessing and without losing data.
///
/// Every mistake is reported with line and column. Lines may end with CRLF, LF or CR. A byte order mark is skipped;
/// empty lines are skipped but counted; spaces are data.
public enum CSVReader {
    /// Reads `bytes`; messages name the file `file`.
    public static func read(
        _ bytes: [UInt8], file: String, style: CSVStyle = .spreadsheet, limits: CSVLimits = CSVLimits()
    ) -> CSVFile {
        bytes.withUnsafeBufferPointer { buffer in
            var reading = CSVPass(buffer, file: file, style: style, limits: limits)
            reading.result.records = CSVRecords(bytes)
            reading.run()
            return reading.result
        }
    }
}

/// The state of reading one file.
struct CSVPass {
    let bytes: UnsafeBufferPointer<UInt8>
    let style: CSVStyle
    let limits: CSVLimits
    var result: CSVFile
    /// The number of cells in the header line, including empty ones at its end.
    var rawWidth = 0
    /// Everything below the header, including comments and empty lines; only if requested.
    var lines: [CSVLine]?

    init(_ bytes: UnsafeBufferPointer<UInt8>, file: String, style: CSVStyle, limits: CSVLimits) {
        self.bytes = bytes
        self.style = style
        self.limits = limits
        result = CSVFile(file: file, header: [], records: CSVRecords([]), delimiter: 0x2C, diagnostics: [])
    }

    mutating func run() {
        guard checkBytes() else { return }
        var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var line = 1
        if style == .spreadsheet {
            if let declared = separatorLine(at: start) {
                result.delimiter = declared.delimiter
                start = declared.next
                line = 2
            } else {
                guard detectDelimiter(from: start) else { return }
            }
        }
        var scanner = CSVScanner(bytes, delimiter: result.delimiter, from: start, line: line)
        readHeader(&scanner)
        guard !result.header.isEmpty else { return }
        readRecords(&scanner)
    }

    private mutating func readHeader(_ scanner: inout CSVScanner) {
        var header: CSVScanner.Record?
        repeat { header = scanner.next(comments: false) } while header?.isBlank == true
        guard let header else {
            report(
                "table.empty", "the file is empty; its first line must name the columns", at: (1, 1),
                help: "write a header, for example scenario,step,call,set,expect,check")
            return
        }
        report(&scanner.faults)
        rawWidth = header.cells.count
        var cells = header.cells
        if style == .spreadsheet {
            while let last = cells.last, cells.count > 1, last.text.utf8.isEmpty { cells.removeLast() }
        }
        result.header = cells
        checkNames()
    }

    private mutating func readRecords(_ scanner: inout CSVScanner) {
        var cellCount = 0
        let width = result.header.count
        scanner.width = rawWidth
        result.records.format = (result.delimiter, width)
        while let record = scanner.next(comments: style == .spreadsheet) {
            report(&scanner.faults)
            if result.diagnostics.count >= limits.maximumProblems { return }
            keepOther(record, upTo: scanner.index)
            if record.isComment || record.isBlank || record.isBroken { continue }
            cellCount += record.cells.count
            guard cellCount <= limits.maximumCells else {
                report(
                    "table.too-large", "the file has more than \(limits.maximumCells) cells", at: (record.line, 1),
                    help: "split it into several files")
                return
            }
            guard checkWidth(of: record) else { continue }
            result.records.append(line: record.line, start: record.start)
            lines?.append(.record(CSVRecord(line: record.line, cells: Array(record.cells.prefix(width)))))
        }
        if style == .spreadsheet {
            while let last = result.records.last, last.cells.allSatisfy({ $0.text.utf8.isEmpty }) {
                result.records.removeLast()
            }
        }
    }

    /// Whether a record has the width of the header; empty cells after it do not count. Otherwise it is reported.
    private mutating func checkWidth(of record: CSVScanner.Record) -> Bool {
        let width = result.header.count
        if record.cells.count == width { return true }
        guard record.cells.count > width, style == .spreadsheet else {
            reportRagged(record, at: record.cells.count > width ? record.cells[width] : nil)
            return false
        }
        guard let extra = record.cells[width...].first(where: { !$0.text.utf8.isEmpty }) else { return true }
        reportRagged(record, at: extra)
        return false
    }

    private mutating func reportRagged(_ record: CSVScanner.Record, at extra: CSVCell?) {
        let width = result.header.count
        let line = lineText(at: record.start)
        if let extra {
            report(
                "table.ragged-row", "the row has \(record.cells.count) cells, but the header names \(width) columns",
                at: (extra.line, extra.column), excerpt: CSVPass.excerpt(of: extra),
                help: "quote a cell that contains the delimiter: \"a, b\"")
        } else {
            let missing = result.header[record.cells.count].text
            report(
                "table.ragged-row",
                "the row has \(cells(record.cells.count)), but the header names \(width) columns: "
                    + "the cell of '\(missing)' is missing",
                at: (record.line, 1), excerpt: Diagnostic.Excerpt(line, offset: 0, length: line.unicodeScalars.count),
                help: "an empty cell also needs its delimiter")
        }
    }

    private func cells(_ count: Int) -> String {
        count == 1 ? "1 cell" : "\(count) cells"
    }
}

/// The content of one line of a file, so that it can be written again.
enum CSVLine {
    /// A record, as wide as the header.
    case record(CSVRecord)
    /// A comment as written, and its cells if it can be read as a row as wide as the header.
    case comment(String, cells: [CSVCell]?)
    /// An empty line.
    case empty
}

extension CSVReader {
    /// Reads `bytes`, including everything below the header in the order of the file.
    static func lines(_ bytes: [UInt8], file: String) -> (file: CSVFile, lines: [CSVLine]) {
        bytes.withUnsafeBufferPointer { buffer in
            var reading = CSVPass(buffer, file: file, style: .spreadsheet, limits: CSVLimits())
            reading.result.records = CSVRecords(bytes)
            reading.lines = []
            reading.run()
            return (reading.result, reading.lines ?? [])
        }
    }
}

extension CSVPass {
    /// Stores a comment or an empty line that ends before `end`.
    mutating func keepOther(_ record: CSVScanner.Record, upTo end: Int) {
        guard lines != nil else { return }
        if record.isComment {
            var end = end
            while end > record.start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
            let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[record.start..<end]), as: UTF8.self)
            let isRow = !record.isBroken && record.cells.count == rawWidth && rawWidth > 1
            lines?.append(.comment(text, cells: isRow ? Array(record.cells.prefix(result.header.count)) : nil))
        } else if record.isBlank {
            lines?.append(.empty)
        }
    }
}

extension CSVWriter {
    /// Adds a comment, whose text starts with `#`. It is quoted if it would otherwise be read as more than one line.
    mutating func comment(_ text: String) {
        if Self.staysComment(text) { return line(text) }
        // A quote that opened the comment and was never closed is not part of its text.
        let text = text.utf8.first == 0x22 ? String(text.unicodeScalars.dropFirst()) : text
        line(text, isQuoted: !Self.staysComment(text))
    }

    /// Whether an unquoted comment is read as the same comment, whatever follows.
    private static func staysComment(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.withUnsafeBufferPointer { buffer in
            var scanner = CSVScanner(buffer, delimiter: 0x2C, from: 0, line: 1)
            let record = scanner.record()
            guard record.isBroken else { return scanner.index >= buffer.count }
            // An unclosed quote could match another quote further down.
            return !scanner.faults.contains { $0.kind == .unclosedQuote }
                && !bytes.contains { $0 == 0x0A || $0 == 0x0D }
        }
    }
}
