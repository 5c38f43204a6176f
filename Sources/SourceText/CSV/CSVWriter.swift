import Primitives

/// Writes CSV (RFC 4180): tables, drafts, and bodies of the mock.
///
/// The package's own reader of tables reads back the same cells.
package struct CSVWriter: Sendable {
    /// The end of a line.
    package enum LineEnd: String, Sendable {
        /// A line feed.
        case lf = "\n"
        /// A carriage return and a line feed, as written by spreadsheets.
        case crlf = "\r\n"
    }

    /// The bytes so far.
    package private(set) var bytes: [UInt8]
    private let lineEnd: LineEnd
    private var isHeader = true

    /// Starts a file; the first row is its header.
    ///
    /// - Parameter byteOrderMark: Whether the file starts with a byte order mark, so that spreadsheets recognise UTF-8.
    package init(lineEnd: LineEnd = .lf, byteOrderMark: Bool = false) {
        self.lineEnd = lineEnd
        bytes = byteOrderMark ? [0xEF, 0xBB, 0xBF] : []
    }

    /// Adds a row; a cell is quoted when it has to be.
    package mutating func row(_ cells: some Sequence<String>) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(0x2C) }
            if needsQuotes(cell, isFirst: index == 0) {
                quote(cell)
            } else {
                bytes.append(contentsOf: cell.utf8)
            }
        }
        endLine()
    }

    /// Adds a line of one text, such as a comment, or an empty one.
    package mutating func line(_ text: String = "", isQuoted: Bool = false) {
        if isQuoted {
            quote(text)
        } else {
            bytes.append(contentsOf: text.utf8)
        }
        endLine()
    }

    private mutating func endLine() {
        bytes.append(contentsOf: lineEnd.rawValue.utf8)
        isHeader = false
    }

    private mutating func quote(_ cell: String) {
        bytes.append(0x22)
        for byte in cell.utf8 {
            if byte == 0x22 { bytes.append(0x22) }
            bytes.append(byte)
        }
        bytes.append(0x22)
    }

    /// In the header, every delimiter is quoted, because the reader detects the file's delimiter there. The first cell
    /// must not look like a byte order mark or a `sep=` line.
    private func needsQuotes(_ cell: String, isFirst: Bool) -> Bool {
        if isHeader, isFirst, Self.isMark(cell) { return true }
        return cell.utf8.contains { byte in
            switch byte {
            case 0x2C, 0x22, 0x0A, 0x0D: true
            case 0x3B, 0x09: isHeader
            default: false
            }
        }
    }

    /// Whether a reader would take the cell for a byte order mark or a separator line.
    private static func isMark(_ cell: String) -> Bool {
        cell.utf8.starts(with: "\u{FEFF}".utf8) || cell.lowercasedASCII.utf8.starts(with: "sep=".utf8)
    }
}
