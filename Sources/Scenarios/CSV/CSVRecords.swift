/// The records of a CSV file, in order.
///
/// Long tables have millions of cells, and each is read once or twice. So only the start of each record is kept, and its
/// cells are read from the bytes of the file when the record is used. Equal records are read each time anew.
public struct CSVRecords: RandomAccessCollection, Sendable {
    /// The longest file whose positions fit.
    static let maximumBytes = Int(UInt32.max)

    /// The position of a record.
    private struct Position: Sendable {
        /// The index of its first byte.
        var start: UInt32
        /// The physical line on which it starts, from 1.
        var line: UInt32
    }

    private let bytes: [UInt8]
    /// The delimiter, and the number of cells of each record.
    var format: (delimiter: UInt8, width: Int) = (0x2C, 0)
    private var positions: [Position] = []

    /// The records of a file with these bytes; none at first. It has at most ``maximumBytes``, and is valid UTF-8.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The index of the first record.
    public var startIndex: Int { 0 }
    /// The number of records.
    public var endIndex: Int { positions.count }

    /// The record at an index, read from the bytes.
    public subscript(index: Int) -> CSVRecord {
        let position = positions[index]
        return bytes.withUnsafeBufferPointer { buffer in
            var scanner = CSVScanner(
                buffer, delimiter: format.delimiter, from: Int(position.start), line: Int(position.line))
            scanner.width = format.width
            var cells = scanner.record().cells
            if cells.count > format.width { cells.removeLast(cells.count - format.width) }
            return CSVRecord(line: Int(position.line), cells: cells)
        }
    }

    /// Adds the record that starts with the byte at `start`.
    mutating func append(line: Int, start: Int) {
        positions.append(Position(start: UInt32(start), line: UInt32(line)))
    }

    /// Removes the last record.
    mutating func removeLast() {
        positions.removeLast()
    }

    /// The records at the indices for which `isKept` is true, in order.
    func filtered(_ isKept: (Int) -> Bool) -> CSVRecords {
        var result = self
        var count = 0
        // Most files keep all of their records, and then nothing is copied.
        for index in positions.indices where isKept(index) {
            if count < index { result.positions[count] = positions[index] }
            count += 1
        }
        if count < positions.count { result.positions.removeLast(positions.count - count) }
        return result
    }
}
