import Diagnostics

extension CSVPass {
    mutating func report(
        _ rule: String, _ message: String, at place: (line: Int, column: Int), excerpt: Diagnostic.Excerpt? = nil,
        help: String? = nil, related: [Diagnostic.Related] = []
    ) {
        guard result.diagnostics.count < limits.maximumProblems else { return }
        result.diagnostics.append(
            Diagnostic(
                rule, .error, message, at: location(place.line, place.column), excerpt: excerpt, help: help,
                related: related))
    }

    /// Converts the scanner's faults to diagnostics and removes them.
    mutating func report(_ faults: inout [CSVScanner.Fault]) {
        for fault in faults {
            let place = (line: fault.line, column: fault.column)
            let excerpt = excerpt(atByte: fault.index, length: 1)
            switch fault.kind {
            case .strayQuote:
                report(
                    "table.stray-quote", "a cell that does not start with a quote contains one", at: place,
                    excerpt: excerpt, help: "enclose the cell in quotes and double the quotes inside: \"a \"\"b\"\" c\""
                )
            case .textAfterQuote:
                report(
                    "table.stray-quote", "unexpected text after the closing quote of a cell", at: place,
                    excerpt: excerpt,
                    help: "double a quote inside the cell: \"a \"\"b\"\" c\"")
            case .unclosedQuote:
                report(
                    "table.unclosed-quote", "the quote that opens here is never closed", at: place, excerpt: excerpt,
                    help: "close the cell with \" or remove the quote; the rest of the file was read as one cell")
            case .nul:
                report(
                    "table.nul", "the file contains a NUL character", at: place, excerpt: excerpt,
                    help: "remove it; check that the file is UTF-8 text")
            }
        }
        faults.removeAll(keepingCapacity: true)
    }

    func location(_ line: Int, _ column: Int) -> SourceLocation {
        SourceLocation(file: result.file, line: line, column: column)
    }

    static func excerpt(of cell: CSVCell) -> Diagnostic.Excerpt {
        Diagnostic.Excerpt(cell.text, offset: 0, length: cell.text.unicodeScalars.count)
    }

    /// The line around a byte, at most about 60 bytes to each side, with that byte underlined.
    func excerpt(atByte index: Int, length: Int) -> Diagnostic.Excerpt {
        let line = lineBounds(around: index, reach: 60)
        let before = String(decoding: bytes[line.lowerBound..<index], as: UTF8.self)
        let after = String(decoding: bytes[index..<line.upperBound], as: UTF8.self)
        return Diagnostic.Excerpt(before + after, offset: before.unicodeScalars.count, length: length)
    }

    func lineText(at index: Int) -> String {
        String(decoding: bytes[lineBounds(around: index, reach: 120)], as: UTF8.self)
    }

    /// Line and column of a byte, counted from the start of the file.
    func position(of index: Int) -> (line: Int, column: Int) {
        var place = (line: 1, column: 1)
        var previous: UInt8 = 0
        for byte in bytes[(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)..<index] {
            if byte == 0x0D || (byte == 0x0A && previous != 0x0D) {
                place = (place.line + 1, 1)
            } else if byte != 0x0A, byte & 0xC0 != 0x80 {
                place.column += 1
            }
            previous = byte
        }
        return place
    }

    private func lineBounds(around index: Int, reach: Int) -> Range<Int> {
        func isBreak(_ index: Int) -> Bool { bytes[index] == 0x0A || bytes[index] == 0x0D }
        var start = index
        while start > 0, !isBreak(start - 1), index - start < reach || bytes[start] & 0xC0 == 0x80 { start -= 1 }
        if start == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]), index >= 3 { start = 3 }
        var end = index
        while end < bytes.count, !isBreak(end), end - index < reach || bytes[end] & 0xC0 == 0x80 { end += 1 }
        return start..<end
    }
}
