import Diagnostics

/// A cell, with everything needed to report a location in it.
struct CellPlace: Sendable {
    var file: String
    /// The column's name as written in the header.
    var column: String
    var cell: CSVCell

    var text: String { cell.text }

    var isEmpty: Bool {
        cell.text.utf8.allSatisfy(isBlank)
    }

    func location(_ offset: Int = 0) -> SourceLocation {
        let place = cell.position(at: offset)
        return SourceLocation(file: file, line: place.line, column: place.column)
    }

    /// A diagnostic for `length` scalars from `offset`; for the whole cell if `offset` is `nil`.
    func diagnostic(
        _ rule: String, _ severity: Severity, _ message: String, offset: Int? = nil, length: Int = 0,
        help: String? = nil, related: [Diagnostic.Related] = []
    ) -> Diagnostic {
        let start = offset ?? leadingBlanks
        let covered = offset == nil ? trimmed(cell.text).unicodeScalars.count : length
        return Diagnostic(
            rule, severity, message, at: location(start), place: column,
            excerpt: Diagnostic.Excerpt(cell.text, offset: start, length: covered), help: help, related: related)
    }

    /// An error.
    func diagnostic(
        _ rule: String, _ message: String, offset: Int? = nil, length: Int = 0, help: String? = nil,
        related: [Diagnostic.Related] = []
    ) -> Diagnostic {
        diagnostic(rule, .error, message, offset: offset, length: length, help: help, related: related)
    }

    func diagnostic(_ problem: ItemProblem) -> Diagnostic {
        diagnostic(
            problem.rule, problem.severity, problem.message, offset: problem.offset, length: problem.length,
            help: problem.help)
    }

    /// The number of leading spaces.
    var leadingBlanks: Int {
        cell.text.unicodeScalars.prefix(while: isBlank).count
    }
}

/// Whether a scalar is trimmed around words, items and values: space, tab and line ends.
func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r"
}

func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
}

/// The text without surrounding spaces.
func trimmed(_ text: String) -> String {
    guard let first = text.utf8.first, let last = text.utf8.last else { return "" }
    // Every blank is one byte, so most texts are found to have none around them.
    if !isBlank(first), !isBlank(last) { return text }
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !isBlank($0) }),
        let last = scalars.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(scalars[first...last])
}

/// The words of a text, separated by spaces, each with its offset in Unicode scalars.
func words(of text: String) -> [(text: String, offset: Int)] {
    // Most cells are one word.
    if !text.isEmpty, !text.utf8.contains(where: isBlank) { return [(text, 0)] }
    var result: [(text: String, offset: Int)] = []
    var word = String.UnicodeScalarView()
    var offset = 0
    for scalar in text.unicodeScalars {
        if isBlank(scalar) {
            if !word.isEmpty { result.append((String(word), offset - word.count)) }
            word = String.UnicodeScalarView()
        } else {
            word.append(scalar)
        }
        offset += 1
    }
    if !word.isEmpty { result.append((String(word), offset - word.count)) }
    return result
}

/// The first few of many names.
func shortList(_ names: [String]) -> String {
    let shown = names.prefix(8).joined(separator: ", ")
    return names.count > 8 ? "\(shown) …" : shown
}
