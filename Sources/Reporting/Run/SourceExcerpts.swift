package import Conformance
package import Diagnostics

/// Lines of tables and documents that reports show around a finding.
package struct SourceExcerpts: Sendable, Equatable {
    private let files: [String: [Int: String]]

    /// The lines of each file by their numbers, from 1.
    package init(_ files: [String: [Int: String]] = [:]) {
        self.files = files
    }

    /// The line of a location; `nil` if it was not read.
    func line(_ number: Int, of file: String) -> String? { files[file]?[number] }

    /// The lines around a location, without gaps, and the number of the first; `nil` if its own line was not read.
    ///
    /// - Parameter window: The lines in front of the location, and those after it.
    package func lines(
        around location: SourceLocation, _ window: (before: Int, after: Int)
    ) -> (first: Int, lines: [String])? {
        guard let file = files[location.file], file[location.line] != nil else { return nil }
        var (first, last) = (location.line, location.line)
        while first > location.line - window.before, file[first - 1] != nil { first -= 1 }
        while last < location.line + window.after, file[last + 1] != nil { last += 1 }
        return (first, (first...last).compactMap { file[$0] })
    }
}

extension RunReport {
    /// The most groups that are shown with lines of their files.
    private static let framed = 500
    /// The lines of a document that are shown around a place: a schema begins there.
    static let documentWindow = (before: 4, after: 8)

    /// The lines that the findings of a verdict point to: the row, and the lines of the contract around the place.
    package static func locations(of verdict: Verdict) -> [SourceLocation] {
        verdict.groups.prefix(framed).flatMap { group -> [SourceLocation] in
            // A table has one row for each step; its neighbours explain nothing.
            let row = group.first.table ?? group.steps.first.map { verdict.step(at: $0).step.location }
            let schema = group.first.contractLocation.map { place in
                (max(1, place.line - documentWindow.before)...place.line + documentWindow.after).map { line in
                    line == place.line ? place : SourceLocation(file: place.file, line: line, column: 1)
                }
            }
            return (schema ?? []) + [row].compactMap { $0 }
        }
    }
}
