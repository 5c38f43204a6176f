public import Diagnostics
public import JSONDocument

/// Says which file a position belongs to, for a document whose values come from several files.
///
/// The files are thought of as stacked: the lines of the second follow those of the first. A value that comes from
/// the second file has a position below the first file's last line, so that a plain position still tells everything.
public struct SourceMap: Sendable, Hashable {
    private struct Segment: Sendable, Hashable {
        var firstLine: Int
        var file: String
    }

    private var segments: [Segment]
    /// `nil` while nothing is stacked: the lines of a single file need not be counted.
    private var nextLine: Int?

    /// A document that comes from one file.
    public init(file: String) {
        segments = [Segment(firstLine: 1, file: file)]
    }

    /// Puts another file of `lineCount` lines below the others.
    ///
    /// - Parameter root: The file that everything is stacked below, whose lines are counted the first time.
    /// - Returns: What has to be added to the line of a position in `file`.
    public mutating func stack(file: String, lineCount: Int, below root: SourceFile) -> Int {
        let firstLine = nextLine ?? 1 + max(1, root.lineCount)
        segments.append(Segment(firstLine: firstLine, file: file))
        nextLine = firstLine + max(1, lineCount)
        return firstLine - 1
    }

    /// The file, line and column that a position stands for.
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
