package import Diagnostics

/// Some lines of an input file around a location that a report shows.
package struct SourceFrame: Sendable, Equatable {
    /// The number of the first line, from 1.
    package var firstLine: Int
    /// The lines without line breaks.
    package var lines: [String]

    /// A frame of consecutive lines.
    package init(firstLine: Int, lines: [String]) {
        self.firstLine = firstLine
        self.lines = lines
    }
}

/// The frames of a report by their locations.
package struct SourceFrames: Sendable {
    private let frames: [SourceLocation: SourceFrame]

    /// The frames that are known; by default none.
    package init(_ frames: [SourceLocation: SourceFrame] = [:]) {
        self.frames = frames
    }

    /// The lines around a location; `nil` if they are unknown.
    package subscript(_ location: SourceLocation) -> SourceFrame? { frames[location] }
}
