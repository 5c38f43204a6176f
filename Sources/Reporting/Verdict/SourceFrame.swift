import Diagnostics
import Exchanges
import Primitives

/// A line of a table or document with its number and a caret below the place of a finding.
struct SourceFrame {
    /// The width of the number and the bar.
    private static let gutter = 8

    let style: TextStyle
    let redactor: Redactor
    let sources: SourceExcerpts

    /// The line of `location` and its mark; empty if the line was not read.
    ///
    /// - Parameter isTable: Whether the file is a table, whose cells end at separators.
    func lines(at location: SourceLocation, isTable: Bool) -> [String] {
        guard let line = sources.line(location.line, of: location.file) else { return [] }
        // A mask moves the text, so the place in a masked line is unknown.
        guard redactor.redact(line).isSame(as: line) else {
            return [
                numbered(location.line, visibleText(truncated(redactor.redact(line), to: style.width - Self.gutter)))
            ]
        }
        let scalars = Array(line.unicodeScalars)
        var offset = min(max(location.column - 1, 0), scalars.count)
        // A row begins with its first cell that is not empty.
        if isTable, offset == 0 { offset = scalars.prefix { ",;\t".unicodeScalars.contains($0) }.count }
        let length = Self.length(of: scalars[offset...], isTable: isTable)
        let excerpt = Diagnostic.Excerpt(line, offset: offset, length: length)
        let shown = UnderlinedText(style: style, width: style.width - Self.gutter - 2, keepsWhole: true).lines(excerpt)
        return [numbered(location.line, shown[0]), "      | " + shown[1]]
    }

    private func numbered(_ number: Int, _ text: String) -> String {
        let digits = String(number)
        return style.paint(
            String(repeating: " ", count: max(0, 5 - digits.utf8.count)) + digits + " | ", .faint) + text
    }

    /// The length of the cell or word at the beginning of `text`.
    private static func length(of text: ArraySlice<Unicode.Scalar>, isTable: Bool) -> Int {
        guard let first = text.first else { return 1 }
        if first == "\"" || first == "'" {
            return (text.dropFirst().firstIndex(of: first) ?? text.endIndex - 1) - text.startIndex + 1
        }
        let ends = (isTable ? ",;\t\"" : " \t,:{}[];").unicodeScalars
        return max(1, text.prefix { !ends.contains($0) }.count)
    }
}
