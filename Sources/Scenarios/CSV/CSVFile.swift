public import Diagnostics

/// The records of a CSV file, with its diagnostics.
public struct CSVFile: Sendable {
    /// The file's name, as shown to users.
    public var file: String
    /// The names of the columns, without trailing empty ones.
    public var header: [CSVCell]
    /// The records below the header, as wide as the header, without empty lines and comment rows.
    public var records: CSVRecords
    /// The delimiter: `,`, `;` or a tab.
    public var delimiter: UInt8
    /// The diagnostics. If there are errors, `records` contains only the readable part.
    public var diagnostics: [Diagnostic]

    /// The location of the scalar at `offset` of a cell.
    public func location(of cell: CSVCell, offset: Int = 0) -> SourceLocation {
        let place = cell.position(at: offset)
        return SourceLocation(file: file, line: place.line, column: place.column)
    }
}

/// Which spreadsheet variants of CSV are accepted.
public enum CSVStyle: Sendable, Hashable {
    /// RFC 4180 with a header: commas only, every record exactly as wide as the header.
    case rfc4180
    /// Also accepts a `sep=` line, `;` or tab as delimiter, empty trailing columns and rows, and rows that start with
    /// `#`.
    case spreadsheet
}

/// Bounds on reading, because tables are untrusted.
public struct CSVLimits: Sendable, Hashable {
    /// The longest file, in bytes.
    public var maximumBytes: Int
    /// The maximum number of cells in one file.
    public var maximumCells: Int
    /// The maximum number of diagnostics for one file.
    public var maximumProblems: Int

    /// Creates limits; the defaults are far above handwritten tables.
    public init(maximumBytes: Int = 64 << 20, maximumCells: Int = 10_000_000, maximumProblems: Int = 100) {
        self.maximumBytes = maximumBytes
        self.maximumCells = maximumCells
        self.maximumProblems = maximumProblems
    }
}
