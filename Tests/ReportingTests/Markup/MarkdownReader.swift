/// Reads the parts of CommonMark 0.31.2 that reports use, to show what a reader sees.
enum MarkdownReader {
    struct Line: Equatable {
        var text: String
        /// Whether the line is inside of a block of code.
        var isCode: Bool
    }

    /// The lines, without the fences of blocks of code; `nil` if a block does not end.
    static func lines(_ text: String) -> [Line]? {
        var lines: [Line] = []
        var fence: Substring?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if let open = fence {
                if line == open { fence = nil } else { lines.append(Line(text: String(line), isCode: true)) }
            } else if line.hasPrefix("```") {
                fence = line.prefix { $0 == "`" }
            } else {
                lines.append(Line(text: String(line), isCode: false))
            }
        }
        return fence == nil ? lines : nil
    }

    /// The cells of a row of a table (GitHub Flavored Markdown, section 4.10): bars end cells unless they are escaped.
    static func cells(_ row: String) -> [String] {
        row.replacing("\\|", with: "\u{1}").split(separator: "|", omittingEmptySubsequences: false).map {
            String($0.replacing("\u{1}", with: "|"))
        }
    }

    /// What a reader sees of the text of a cell, and whether it contains markup other than code and line breaks.
    static func shown(_ cell: String) -> (text: String, hasMarkup: Bool) {
        let scalars = Array(cell.replacing("\\|", with: "|").unicodeScalars)
        var (text, hasMarkup, place) = ("", false, 0)
        while place < scalars.count {
            let rest = String(String.UnicodeScalarView(scalars[place...]))
            switch scalars[place] {
            case "`":
                // Section 6.1: a code span ends at a row of backticks of the same length.
                let row = scalars[place...].prefix { $0 == "`" }.count
                if let end = end(of: row, in: scalars, after: place + row) {
                    text += String(String.UnicodeScalarView(scalars[(place + row)..<end]))
                    place = end + row
                } else {
                    text += String(repeating: "`", count: row)
                    place += row
                }
                continue
            case "\\" where place + 1 < scalars.count && isPunctuation(scalars[place + 1]):
                text.unicodeScalars.append(scalars[place + 1])
                place += 2
                continue
            case "&":
                let entities = [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&#96;", "`")]
                if let entity = entities.first(where: { rest.hasPrefix($0.0) }) {
                    text += entity.1
                    place += entity.0.utf8.count
                    continue
                }
            case "<":
                if let tag = ["<code>", "</code>", "<br>"].first(where: { rest.hasPrefix($0) }) {
                    place += tag.utf8.count
                    continue
                }
                hasMarkup = true
            case "*", "_", "[", "]", "~": hasMarkup = true
            default: break
            }
            text.unicodeScalars.append(scalars[place])
            place += 1
        }
        return (text, hasMarkup)
    }

    private static func end(of row: Int, in scalars: [Unicode.Scalar], after start: Int) -> Int? {
        var place = start
        while place < scalars.count {
            let length = scalars[place...].prefix { $0 == "`" }.count
            if length == row { return place }
            place += max(1, length)
        }
        return nil
    }

    private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII && !scalar.properties.isAlphabetic && scalar.value > 0x20 && !("0"..."9").contains(scalar)
    }
}
