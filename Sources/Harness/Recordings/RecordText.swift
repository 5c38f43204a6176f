import Primitives
import Recordings
import Reporting

/// What recording has written, for people: a line for each file that is new or changed, with what changed.
public struct RecordText: Sendable {
    /// How many changes of one file are listed.
    private static let mostListed = 20

    /// Nothing to configure.
    public init() {}

    /// The lines, each with a line feed.
    public func render(_ result: RecordResult) -> String {
        var lines: [String] = []
        let new = result.files.filter { $0.changes == nil }
        let changed = result.files.filter { $0.changes?.isEmpty == false }
        for file in new { lines.append("+ \(file.path)") }
        for file in changed {
            let changes = file.changes ?? []
            lines.append("~ \(file.path)")
            for change in changes.prefix(Self.mostListed) {
                lines.append("    \(visibleText(change.step)) \(visibleText(change.place))")
                if let old = change.old { lines.append("      - \(visibleText(old))") }
                if let new = change.new { lines.append("      + \(visibleText(new))") }
            }
            if changes.count > Self.mostListed { lines.append("    and \(changes.count - Self.mostListed) more") }
        }
        let same = result.files.count - new.count - changed.count
        lines.append("recordings: \(new.count) new, \(changed.count) changed, \(same) unchanged")
        return lines.joined(separator: "\n") + "\n"
    }
}
