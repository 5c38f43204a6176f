public import Diagnostics
public import JSONDocument

/// Maps positions to files, for a document whose values come from several files.
///
/// The files are stacked: the lines of the second file follow the lines of the first. A value from the second file has
/// a position below the last line of the first, so one line number identifies both file and line.
public struct SourceMap: Sendable, Hashable {
    private struct Segment: Sendable, Hashable {
        var firstLine: Int
        var file: String
    }

    private var segments: [Segment]
    /// `nil` while nothing is stacked: the lines of a single file need not be counted.
    private var nextLine: Int?

    /// Creates a map for a document from one file.
    public init(file: String) {
        segments = [Segment(firstLine: 1, file: file)]
    }

    /// Adds a file of `lineCount` lines below the others.
    ///
    /// - Parameter root: The file at the top of the stack; its lines are counted on the first call.
    /// - Returns: The number to add to the line of a position in `file`.
    public mutating func stack(file: String, lineCount: Int, below root: SourceFile) -> Int {
        let firstLine = nextLine ?? 1 + max(1, root.lineCount)
        segments.append(Segment(firstLine: firstLine, file: file))
        nextLine = firstLine + max(1, lineCount)
        return firstLine - 1
    }

    /// Returns the file, line and column for a position.
    public func location(of position: TextPosition) -> SourceLocation {
        let segment = segments.last { $0.firstLine <= position.line }
        let firstLine = segment?.firstLine ?? 1
        return SourceLocation(
            file: segment?.file ?? "",
            line: position.line - firstLine + 1,
            column: position.column
        )
    }
}
