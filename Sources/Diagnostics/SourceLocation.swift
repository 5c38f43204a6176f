/// A location in a file, with line and column as editors count them.
public struct SourceLocation: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The file as the user named it, or relative to the project.
    public var file: String
    /// The line, from 1.
    public var line: Int
    /// The column in Unicode scalars, from 1.
    public var column: Int

    /// Creates a location in `file`.
    public init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// `file:line:column`, which terminals and editors open.
    public var description: String {
        "\(file):\(line):\(column)"
    }

    /// Orders by file (in code unit order), then line, then column.
    public static func < (left: SourceLocation, right: SourceLocation) -> Bool {
        if !left.file.utf8.elementsEqual(right.file.utf8) {
            return left.file.utf8.lexicographicallyPrecedes(right.file.utf8)
        }
        return (left.line, left.column) < (right.line, right.column)
    }
}
