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
            var reading = CSVReading(buffer, file: file, style: .spreadsheet, limits: CSVLimits())
            reading.lines = []
            reading.run()
            return (reading.result, reading.lines ?? [])
        }
    }
}

extension CSVReading {
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
