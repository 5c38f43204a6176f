/// A position in a text, as shown in an editor.
public struct TextPosition: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The line, counted from 1. Lines end with LF, CR LF or a lone CR.
    public var line: Int
    /// The column in Unicode scalars, counted from 1.
    public var column: Int
    /// The offset in bytes from 0, or -1 if unknown.
    public var offset: Int

    /// Creates a position.
    public init(line: Int, column: Int, offset: Int = -1) {
        self.line = line
        self.column = column
        self.offset = offset
    }

    /// The first character of a text.
    public static let start = TextPosition(line: 1, column: 1, offset: 0)

    /// Orders by line, then by column.
    public static func < (left: TextPosition, right: TextPosition) -> Bool {
        if left.line != right.line { return left.line < right.line }
        if left.column != right.column { return left.column < right.column }
        return left.offset < right.offset
    }

    /// The text `line:column`.
    public var description: String { "\(line):\(column)" }
}
