/// Splits bytes into records by quotes, delimiters and line ends. It does not handle headers or widths.
///
/// The bytes are valid UTF-8. Faults are collected, and scanning continues after them.
struct CSVScanner {
    enum FaultKind {
        case strayQuote, textAfterQuote, unclosedQuote, nul
    }

    struct Fault {
        var kind: FaultKind
        var index: Int
        var line: Int
        var column: Int
    }

    struct Record {
        var cells: [CSVCell] = []
        var line: Int
        var start: Int
        var isBroken = false
        var isComment = false

        var isBlank: Bool {
            cells.count == 1 && !cells[0].isQuoted && cells[0].text.utf8.isEmpty
        }
    }

    let bytes: UnsafeBufferPointer<UInt8>
    let delimiter: UInt8
    var index: Int
    var line: Int
    var column = 1
    var faults: [Fault] = []
    /// The expected number of cells in a record.
    var width = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>, delimiter: UInt8, from index: Int, line: Int) {
        self.bytes = bytes
        self.delimiter = delimiter
        self.index = index
        self.line = line
    }

    /// The next record, or `nil` at the end of the file.
    ///
    /// With `comments`, a record that starts with `#` is a comment. It has the cells of a row if it can be read as one;
    /// otherwise (free text with quotes) it is the text up to the end of its line.
    mutating func next(comments: Bool) -> Record? {
        guard index < bytes.count else { return nil }
        guard comments, startsWithNumberSign else { return record() }
        let before = self
        var comment = record()
        if comment.isBroken {
            self = before
            while index < bytes.count, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
            endLine()
        }
        comment.isComment = true
        return comment
    }

    private var startsWithNumberSign: Bool {
        bytes[index] == 0x23 || (bytes[index] == 0x22 && index + 1 < bytes.count && bytes[index + 1] == 0x23)
    }

    mutating func record() -> Record {
        var record = Record(line: line, start: index)
        record.cells.reserveCapacity(width)
        let faultsBefore = faults.count
        while true {
            record.cells.append(index < bytes.count && bytes[index] == 0x22 ? quotedCell() : plainCell())
            guard index < bytes.count, bytes[index] == delimiter else { break }
            index += 1
            column += 1
        }
        endLine()
        record.isBroken = faults.count > faultsBefore
        return record
    }

    /// Skips CRLF, LF or CR, each of which ends one line.
    private mutating func endLine() {
        guard index < bytes.count else { return }
        if bytes[index] == 0x0D, index + 1 < bytes.count, bytes[index + 1] == 0x0A { index += 1 }
        index += 1
        line += 1
        column = 1
    }

    private mutating func plainCell() -> CSVCell {
        let start = index
        let startColumn = column
        skipPlainText(quoteFault: .strayQuote)
        return CSVCell(text: text(start..<index), line: line, column: startColumn)
    }

    /// Skips to the next delimiter or line end; the first quote on the way is a fault.
    private mutating func skipPlainText(quoteFault: FaultKind?) {
        var quoteFault = quoteFault
        while index < bytes.count {
            let byte = bytes[index]
            if byte == delimiter || byte == 0x0A || byte == 0x0D { return }
            if byte == 0x22, let kind = quoteFault {
                fault(kind)
                quoteFault = nil
            } else if byte == 0 {
                fault(.nul)
            }
            if byte & 0xC0 != 0x80 { column += 1 }
            index += 1
        }
    }

    private mutating func quotedCell() -> CSVCell {
        var cell = CSVCell(text: "", line: line, column: column, isQuoted: true)
        let opening = Fault(kind: .unclosedQuote, index: index, line: line, column: column)
        index += 1
        column += 1
        let start = index
        var unescaped: [UInt8]?
        while index < bytes.count {
            let byte = bytes[index]
            if byte == 0x22 {
                guard index + 1 < bytes.count, bytes[index + 1] == 0x22 else { break }
                if unescaped == nil { unescaped = Array(bytes[start..<index]) }
                index += 1
                column += 1
            } else if byte == 0 {
                fault(.nul)
            }
            unescaped?.append(byte)
            if byte == 0x0A || (byte == 0x0D && !(index + 1 < bytes.count && bytes[index + 1] == 0x0A)) {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
            index += 1
        }
        cell.text = unescaped.map { String(decoding: $0, as: UTF8.self) } ?? text(start..<index)
        guard index < bytes.count else {
            faults.append(opening)
            return cell
        }
        index += 1
        column += 1
        if index < bytes.count, bytes[index] != delimiter, bytes[index] != 0x0A, bytes[index] != 0x0D {
            fault(.textAfterQuote)
            skipPlainText(quoteFault: nil)
        }
        return cell
    }

    private mutating func fault(_ kind: FaultKind) {
        faults.append(Fault(kind: kind, index: index, line: line, column: column))
    }

    private func text(_ range: Range<Int>) -> String {
        String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    }
}
