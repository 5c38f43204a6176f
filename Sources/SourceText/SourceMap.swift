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
    private var nextLine: Int

    /// A document that comes from one file of `lineCount` lines.
    public init(file: String, lineCount: Int) {
        segments = [Segment(firstLine: 1, file: file)]
        nextLine = 1 + max(1, lineCount)
    }

    /// Puts another file below the others.
    ///
    /// - Returns: What has to be added to the line of a position in `file`.
    public mutating func stack(file: String, lineCount: Int) -> Int {
        let shift = nextLine - 1
        segments.append(Segment(firstLine: nextLine, file: file))
        nextLine += max(1, lineCount)
        return shift
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
