import Primitives
package import Recordings

/// The recordings that a run has written.
package struct RecordResult: Sendable {
    /// One file and its changes.
    package struct File: Sendable {
        /// The file, relative to the project.
        package var path: String
        /// The changes by the new recording; `nil` for a new file.
        package var changes: [RecordingChange]?

        /// A file by its parts.
        package init(path: String, changes: [RecordingChange]?) {
            self.path = path
            self.changes = changes
        }
    }

    /// The files that were written or are unchanged, in the order of the plan.
    package var files: [File]

    /// Files in the order of the plan.
    package init(files: [File] = []) {
        self.files = files
    }
}

/// The recordings that a run has written, for people: a line for each new or changed file, with its changes.
package struct RecordText: Sendable {
    /// How many changes of one file are listed.
    private static let maximumListed = 20

    /// Writes the text.
    package init() {}

    /// The lines, each with a line feed.
    package func render(_ result: RecordResult) -> String {
        var lines: [String] = []
        let new = result.files.filter { $0.changes == nil }
        let changed = result.files.filter { $0.changes?.isEmpty == false }
        for file in new { lines.append("+ \(visibleText(file.path))") }
        for file in changed {
            let changes = file.changes ?? []
            lines.append("~ \(visibleText(file.path))")
            for change in changes.prefix(Self.maximumListed) {
                lines.append("    \(visibleText(change.step)) \(visibleText(change.place))")
                if let old = change.old { lines.append("      - \(visibleText(old))") }
                if let new = change.new { lines.append("      + \(visibleText(new))") }
            }
            let rest = changes.count - Self.maximumListed
            if rest > 0 { lines.append("    and \(rest) more") }
        }
        let same = result.files.count - new.count - changed.count
        lines.append("recordings: \(new.count) new, \(changed.count) changed, \(same) unchanged")
        return lines.joined(separator: "\n") + "\n"
    }
}
