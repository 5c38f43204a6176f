import Conformance
import Diagnostics
import Reporting

extension Workspace {
    /// The most failures whose lines are read.
    private static let mostFrames = 500

    /// The lines of contracts and tables that the findings of a verdict refer to: those of the first case of each group.
    ///
    /// Locations in files that cannot be read any more have no lines.
    func frames(of verdict: Verdict) -> SourceFrames {
        var lines = SourceLines()
        var frames: [SourceLocation: SourceFrame] = [:]
        for group in verdict.groups.prefix(Self.mostFrames) {
            let first = group.first
            if let location = first.contractLocation, frames[location] == nil {
                frames[location] = lines.frame(around: location, before: 4, after: 8, reader)
            }
            // A table has one row for each step; its neighbours explain nothing.
            if let location = first.table, frames[location] == nil {
                frames[location] = lines.frame(around: location, before: 0, after: 0, reader)
            }
        }
        return SourceFrames(frames)
    }
}
