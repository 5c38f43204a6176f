import Conformance
import Exchanges
import Primitives
import Reporting

/// The files that a run writes.
package struct ReportFiles: Sendable {
    /// The folder of the last run's reports, relative to the project.
    package static let latest = "reports/latest"
    /// The folder of the reports before them, relative to the project.
    package static let previous = "reports/previous"
    private static let names = LatestReport.allCases.map(\.rawValue) + [LatestIndex.name]
    /// The folder of journals, relative to the project.
    package static let journals = "reports/journals"

    private let root: String

    init(root: String) {
        self.root = root
    }

    /// The journal's default path for a run: its start and seed, so that no two runs share one.
    static func journalPath(startedAt: Instant, seed: String) -> String {
        let digits = startedAt.description.unicodeScalars.filter { ("0"..."9").contains($0) || $0 == "T" }
        let safe = seed.unicodeScalars.filter { scalar in
            ("0"..."9").contains(scalar) || ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
        }
        let time = String(String.UnicodeScalarView(digits.prefix(15)))
        return "\(journals)/\(time)-\(String(String.UnicodeScalarView(safe.prefix(16)))).ndjson"
    }

    /// Makes the folder of `path`.
    func makeFolder(for path: String) throws(HarnessError) {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return }
        let folder = FileSystem.joined(root, String(path[..<slash]))
        if let reason = FileSystem.makeFolder(folder) {
            throw .notPossible("reports.folder", "the folder \(folder) cannot be created: \(reason)")
        }
    }

    /// Prepares the folder of reports before the first request: those of an earlier run are moved away, so that
    /// they are never mistaken for this one's.
    ///
    /// - Throws: `HarnessError` (exit 3) when reports cannot be written.
    func prepare() throws(HarnessError) {
        retire()
        try makeFolder(for: "\(Self.latest)/\(Self.names[0])")
        let folder = FileSystem.joined(root, Self.latest)
        guard FileSystem.isWritable(folder) else {
            throw .notPossible(
                "reports.folder", "the folder \(Self.latest) cannot be written",
                help: "change its permissions, or remove it")
        }
    }

    /// Moves the reports of an earlier run in the folder `root` away: the run after it failed.
    package static func retire(_ root: String) {
        ReportFiles(root: root).retire()
    }

    /// Moves the reports of an earlier run away.
    func retire() {
        guard Self.names.contains(where: { FileSystem.exists("\(Self.latest)/\($0)", in: root) }) else { return }
        let previous = FileSystem.joined(root, Self.previous)
        _ = FileSystem.makeFolder(previous)
        for name in Self.names {
            let report = FileSystem.joined(root, "\(Self.latest)/\(name)")
            // Not every run leaves every report, and those of different runs must not be side by side.
            FileSystem.remove("\(previous)/\(name)")
            if !FileSystem.move(report, to: "\(previous)/\(name)") { FileSystem.remove(report) }
        }
    }

    /// Writes a file of the project.
    func write(_ text: String, to path: String, isPrivate: Bool = true) throws(HarnessError) {
        try write(to: path, isPrivate: isPrivate) { $0.write(Array(text.utf8)) }
    }

    /// Writes a file of the project, piece by piece.
    func write(
        to path: String, isPrivate: Bool = true, _ content: (FileSystem.OpenFile) -> Void
    ) throws(HarnessError) {
        try makeFolder(for: path)
        if let reason = FileSystem.write(to: FileSystem.joined(root, path), isPrivate: isPrivate, content) {
            throw .notPossible("reports.file", "\(path) cannot be written: \(reason)")
        }
    }
}
