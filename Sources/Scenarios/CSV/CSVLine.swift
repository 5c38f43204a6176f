import SourceText

/// What stands between two line ends of a file, so that it can be written again.
enum CSVLine {
    /// Cells, as many as the header has.
    case record(CSVRecord)
    /// A comment as it stands in the file, and its cells when it can be read as a row as wide as the header.
    case comment(String, cells: [CSVCell]?)
    /// Nothing.
    case empty
}

extension CSVReader {
    /// Reads `bytes` with everything below the header in the order of the file.
    static func lines(_ bytes: [UInt8], file: String) -> (file: CSVFile, lines: [CSVLine]) {
        bytes.withUnsafeBufferPointer { buffer in
            var reading = CSVReading(buffer, file: file, style: .spreadsheet, limits: CSVLimits())
            reading.lines = []
            reading.run()
            return (reading.result, reading.lines ?? [])
        }
    }
}

extension CSVReading {
    /// Keeps a comment or an empty line, which ends before `end`.
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
    /// Adds a comment, whose text starts with `#`; it is quoted when it would be read as more than one line.
    mutating func comment(_ text: String) {
        if Self.staysComment(text) { return line(text) }
        // A quote that opened the comment and was never closed is not part of its text.
        let text = text.utf8.first == 0x22 ? String(text.unicodeScalars.dropFirst()) : text
        line(text, isQuoted: !Self.staysComment(text))
    }

    /// Whether a comment that is written as it is will be read as that comment and nothing more, whatever follows.
    private static func staysComment(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.withUnsafeBufferPointer { buffer in
            var scanner = CSVScanner(buffer, delimiter: 0x2C, from: 0, line: 1)
            let record = scanner.record()
            guard record.isBroken else { return scanner.index >= buffer.count }
            // A quote that is never closed might find another one below.
            return !scanner.faults.contains { $0.kind == .unclosedQuote }
                && !bytes.contains { $0 == 0x0A || $0 == 0x0D }
        }
    }
}
