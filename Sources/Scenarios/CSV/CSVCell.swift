/// One cell of a CSV file, with its location.
public struct CSVCell: Sendable, Hashable {
    /// The content, without the enclosing quotes and with doubled quotes made single.
    public var text: String
    /// The physical line on which the cell starts, from 1.
    public var line: Int
    /// The column of its first character, or of its opening quote, in Unicode scalars from 1.
    public var column: Int
    /// Whether the cell is enclosed in quotes.
    public var isQuoted: Bool

    /// Creates a cell with `text`.
    public init(text: String, line: Int, column: Int, isQuoted: Bool = false) {
        self.text = text
        self.line = line
        self.column = column
        self.isQuoted = isQuoted
    }

    /// The location in the file of the scalar at `offset` of `text`; line and column from 1.
    ///
    /// In a quoted cell, each `"` of the text takes two columns, and a line break starts the next physical line.
    public func position(at offset: Int) -> (line: Int, column: Int) {
        guard isQuoted else { return (line, column + offset) }
        var place = (line: line, column: column + 1)
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars.prefix(offset) {
            switch scalar {
            case "\n" where previous == "\r":
                place.column = 1
            case "\n", "\r":
                place = (place.line + 1, 1)
            case "\"":
                place.column += 2
            default:
                place.column += 1
            }
            previous = scalar
        }
        return place
    }
}

/// One record of a CSV file.
public struct CSVRecord: Sendable, Hashable {
    /// The physical line on which the record starts, from 1.
    public var line: Int
    /// The cells, one for each cell of the header.
    public var cells: [CSVCell]

    /// Creates a record that starts on `line`.
    public init(line: Int, cells: [CSVCell]) {
        self.line = line
        self.cells = cells
    }
}
