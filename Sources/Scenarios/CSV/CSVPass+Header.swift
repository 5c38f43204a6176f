import Diagnostics
import Primitives

extension CSVPass {
    /// Rejects workbooks and other binary files, text that is not UTF-8, and files over the limit.
    mutating func checkBytes() -> Bool {
        let maximum = min(limits.maximumBytes, CSVRecords.maximumBytes)
        guard bytes.count <= maximum else {
            report(
                "table.too-large", "the file has \(bytes.count) bytes, which is more than the limit of \(maximum)",
                at: (1, 1),
                help: "split it into several files")
            return false
        }
        if let kind = BinaryFile.kind(of: bytes) {
            report(
                "table.encoding", "the file is \(kind), not CSV", at: (1, 1),
                help: "open it in a spreadsheet program and save the sheet as CSV in UTF-8")
            return false
        }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            report("table.encoding", "the file is UTF-16", at: (1, 1), help: "save it as CSV in UTF-8")
            return false
        }
        guard let bad = firstInvalidUTF8(bytes) else { return true }
        let hex = String(bytes[bad], radix: 16, uppercase: true)
        let place = position(of: bad)
        report(
            "table.encoding", "the byte 0x\(hex.utf8.count < 2 ? "0" : "")\(hex) is not UTF-8", at: place,
            excerpt: excerpt(atByte: bad, length: 1), help: "save the file as CSV in UTF-8")
        return false
    }

    /// Reads a first line `sep=X`, with which spreadsheets declare the delimiter.
    func separatorLine(at start: Int) -> (delimiter: UInt8, next: Int)? {
        let rest = bytes[start...]
        guard rest.count >= 5, rest.prefix(4).elementsEqual("sep=".utf8) || rest.prefix(4).elementsEqual("SEP=".utf8)
        else { return nil }
        let delimiter = bytes[start + 4]
        guard delimiter == 0x2C || delimiter == 0x3B || delimiter == 0x09 else { return nil }
        var next = start + 5
        guard next < bytes.count else { return (delimiter, next) }
        if bytes[next] == 0x0D {
            next += 1
            if next < bytes.count, bytes[next] == 0x0A { next += 1 }
        } else if bytes[next] == 0x0A {
            next += 1
        } else {
            return nil
        }
        return (delimiter, next)
    }

    /// Detects the delimiter in the header line: a comma if there is one outside quotes, otherwise `;` or tab.
    mutating func detectDelimiter(from start: Int) -> Bool {
        let seen = delimiters(from: start)
        if seen.contains(0x2C) { return true }
        if seen.count > 1 {
            report(
                "table.delimiter", "the header line separates columns by both ';' and tabs", at: (1, 1),
                help: "use one delimiter: ',' (or ';' or tab)")
            return false
        }
        result.delimiter = seen.first ?? 0x2C
        return true
    }

    private func delimiters(from start: Int) -> [UInt8] {
        var seen: [UInt8] = []
        var inQuotes = false
        var hasText = false
        for byte in bytes[start...] {
            switch byte {
            case 0x22: inQuotes.toggle()
            case 0x0A, 0x0D: if hasText && !inQuotes { return seen }
            case 0x2C, 0x3B, 0x09: if !inQuotes && !seen.contains(byte) { seen.append(byte) }
            default: break
            }
            if byte != 0x0A && byte != 0x0D { hasText = true }
        }
        return seen
    }

    /// Checks that every column has a name and that names are unique, ignoring case.
    mutating func checkNames() {
        var first: [String: CSVCell] = [:]
        for (index, cell) in result.header.enumerated() {
            if cell.text.utf8.isEmpty {
                report(
                    "table.empty-column-name", "column \(index + 1) has no name", at: (cell.line, cell.column),
                    help: "name it, or start its name with '#' to have it ignored")
                continue
            }
            let key = cell.text.lowercasedASCII
            if let other = first[key], other.text.utf8.count == cell.text.utf8.count {
                report(
                    "table.duplicate-column", "duplicate column '\(cell.text)'", at: (cell.line, cell.column),
                    excerpt: CSVPass.excerpt(of: cell), help: "rename or remove one of the two",
                    related: [.init("the first one is here", at: location(other.line, other.column))])
            } else {
                first[key] = cell
            }
        }
        if style == .rfc4180, result.header.count == 1 {
            checkForeignDelimiter(result.header[0])
        }
    }

    private mutating func checkForeignDelimiter(_ cell: CSVCell) {
        let candidates: [(scalar: Unicode.Scalar, name: String)] = [("\t", "tab"), (";", "semicolon")]
        for (delimiter, name) in candidates where !cell.isQuoted {
            guard let offset = cell.text.unicodeScalars.enumerated().first(where: { $0.element == delimiter })
            else { continue }
            report(
                "table.delimiter",
                "the header names one column, '\(visibleText(cell.text))': the file looks \(name)-separated",
                at: (cell.line, cell.column + offset.offset),
                excerpt: Diagnostic.Excerpt(cell.text, offset: offset.offset, length: 1),
                help: "separate columns by ','")
            return
        }
    }
}

/// Recognises binary files renamed to `.csv`, by their first bytes.
enum BinaryFile {
    private static let kinds: [(signature: [UInt8], name: String)] = [
        // Excel files (since 2007) and OpenDocument files are ZIP archives.
        ([0x50, 0x4B, 0x03, 0x04], "a workbook (.xlsx or .ods)"),
        ([0x50, 0x4B, 0x05, 0x06], "a ZIP archive"),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "an old Excel workbook (.xls)"),
        ([0x1F, 0x8B], "compressed by gzip"),
        (Array("%PDF-".utf8), "a PDF document"),
    ]

    /// The kind of file, for a sentence "the file is …"; `nil` if it may be text.
    static func kind(of bytes: UnsafeBufferPointer<UInt8>) -> String? {
        kinds.first { bytes.starts(with: $0.signature) }?.name
    }
}
