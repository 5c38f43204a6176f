import Foundation
public import Testing

/// Texts that are stored beside the tests, so that a review shows every change of them.
public struct Snapshots: Sendable {
    private let folder: URL

    /// The snapshots in a folder of the repository.
    public init(_ folder: String) { self.folder = Repository.root.appendingPathComponent(folder) }

    /// Compares `text` with the stored file `name`.
    ///
    /// A difference fails and leaves the new text in a file that the failure names. With `ASSAY_RECORD_SNAPSHOTS` set, the
    /// new text is stored, and the test fails as well: a run that records never passes. An empty text never passes either.
    public func expect(_ text: String, is name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let file = folder.appendingPathComponent(name)
        if ProcessInfo.processInfo.environment["ASSAY_RECORD_SNAPSHOTS"] != nil {
            try Data(text.utf8).write(to: file)
            Issue.record(
                "recorded \(file.path); read it, then run again without recording", sourceLocation: sourceLocation)
            return
        }
        let stored = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        guard stored != text || text.isEmpty else { return }
        let new = FileManager.default.temporaryDirectory.appendingPathComponent("assay-snapshots/\(name)")
        try FileManager.default.createDirectory(at: new.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: new)
        Issue.record(
            """
            \(name) has changed. \(Self.firstDifference(stored, text))
            The new text is in \(new.path). If it is right, run with ASSAY_RECORD_SNAPSHOTS=1 and commit \(file.path).
            """,
            sourceLocation: sourceLocation)
    }

    static func firstDifference(_ old: String, _ new: String) -> String {
        let before = old.components(separatedBy: "\n")
        let after = new.components(separatedBy: "\n")
        let index = zip(before, after).enumerated().first { $0.element.0 != $0.element.1 }?.offset
        let line = index ?? min(before.count, after.count)
        func text(_ lines: [String]) -> String { line < lines.count ? lines[line] : "(end of text)" }
        return "First difference in line \(line + 1):\n- \(text(before))\n+ \(text(after))"
    }
}
