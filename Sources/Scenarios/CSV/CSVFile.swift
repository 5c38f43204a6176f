public import Diagnostics

/// The records of a CSV file, and everything that is wrong with it.
public struct CSVFile: Sendable {
    /// The file's name, as shown to users.
    public var file: String
    /// The names of the columns; trailing empty ones are left out.
    public var header: [CSVCell]
    /// The records below the header, each as wide as the header; empty lines and comment rows are left out.
    public var records: [CSVRecord]
    /// What separates the cells: `,`, `;` or a tab.
    public var delimiter: UInt8
    /// What is wrong. When there are errors, `records` holds only what could be read.
    public var diagnostics: [Diagnostic]

    /// Where the scalar at `offset` of a cell stands.
    public func location(of cell: CSVCell, offset: Int = 0) -> SourceLocation {
        let place = cell.position(at: offset)
        return SourceLocation(file: file, line: place.line, column: place.column)
    }
}

/// How much of what spreadsheets do to a file is accepted.
public enum CSVStyle: Sendable, Hashable {
    /// RFC 4180 with a header: commas only, every record exactly as wide as the header.
    case rfc4180
    /// Also a `sep=` line, `;` or tab as delimiter, empty columns and rows at the end, rows that start with `#`.
    case spreadsheet
}

/// Bounds on what is read, since tables come from outside.
public struct CSVLimits: Sendable, Hashable {
    /// The longest file, in bytes.
    public var maximumBytes: Int
    /// The most cells in one file.
    public var maximumCells: Int
    /// The most problems that are reported for one file.
    public var maximumProblems: Int

    /// Bounds; the defaults are far above what people write by hand.
    public init(maximumBytes: Int = 64 << 20, maximumCells: Int = 10_000_000, maximumProblems: Int = 100) {
        self.maximumBytes = maximumBytes
        self.maximumCells = maximumCells
        self.maximumProblems = maximumProblems
    }
}
