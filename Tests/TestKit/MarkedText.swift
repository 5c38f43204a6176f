/// A text in which marks stand immediately before the places that a test expects.
///
/// `MarkedText("a: ①b")` is the text `a: b` with the place 1:4 for the mark `①`. Marks are the characters `①` to `⑨`.
public struct MarkedText: Sendable {
    /// A line and a column, both from 1.
    public struct Place: Sendable, Hashable, CustomStringConvertible {
        /// The line, from 1.
        public let line: Int
        /// The column in bytes, from 1.
        public let column: Int

        /// Creates a place.
        public init(line: Int, column: Int) {
            self.line = line
            self.column = column
        }

        /// The place as `line:column`.
        public var description: String { "\(line):\(column)" }
    }

    /// The text without its marks.
    public let text: String
    /// The places of the marks, in the order ①, ②, ③ …; of equal marks, the first one counts.
    public let places: [Place]

    private static let marks = "①②③④⑤⑥⑦⑧⑨"

    /// Removes the marks from `marked`.
    public init(_ marked: String) {
        var text = ""
        var found: [Character: Place] = [:]
        var (line, column) = (1, 1)
        for character in marked {
            if Self.marks.contains(character) {
                if found[character] == nil { found[character] = Place(line: line, column: column) }
                continue
            }
            text.append(character)
            column += String(character).utf8.count
            if character == "\n" { (line, column) = (line + 1, 1) }
        }
        self.text = text
        places = Self.marks.compactMap { found[$0] }
    }
}
