import Primitives

/// Writes CSV (RFC 4180). ``CSVReader`` reads the same cells back.
public struct CSVWriter: Sendable {
    /// The characters that end a line.
    public enum LineEnd: String, Sendable {
        /// A line feed.
        case lf = "\n"
        /// A carriage return and a line feed, as written by spreadsheets.
        case crlf = "\r\n"
    }

    /// The bytes written so far.
    public private(set) var bytes: [UInt8]
    private let lineEnd: LineEnd
    private var isHeader = true

    /// Starts a file; the first row is its header.
    ///
    /// - Parameter byteOrderMark: Whether the file starts with a byte order mark, by which spreadsheets recognise
    ///   UTF-8.
    public init(lineEnd: LineEnd = .lf, byteOrderMark: Bool = false) {
        self.lineEnd = lineEnd
        bytes = byteOrderMark ? [0xEF, 0xBB, 0xBF] : []
    }

    /// Adds a row; cells are quoted only if necessary.
    public mutating func row(_ cells: some Sequence<String>) {
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

    /// Adds a comment, whose text starts with `#`. It is quoted if it would otherwise be read as more than one line.
    mutating func comment(_ text: String) {
        if CSVWriter.staysComment(text) {
            bytes.append(contentsOf: text.utf8)
        } else {
            // A quote that opened the comment and was never closed is not part of its text.
            let text = text.utf8.first == 0x22 ? String(text.unicodeScalars.dropFirst()) : text
            CSVWriter.staysComment(text) ? bytes.append(contentsOf: text.utf8) : quote(text)
        }
        endLine()
    }

    /// Adds an empty line.
    mutating func emptyLine() {
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
        if isHeader, isFirst,
            cell.utf8.starts(with: "\u{FEFF}".utf8) || cell.lowercasedASCII.utf8.starts(with: "sep=".utf8)
        {
            return true
        }
        return cell.utf8.contains { byte in
            switch byte {
            case 0x2C, 0x22, 0x0A, 0x0D: true
            case 0x3B, 0x09: isHeader
            default: false
            }
        }
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
