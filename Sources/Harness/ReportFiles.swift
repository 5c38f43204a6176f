import Conformance
import Exchanges
import Reporting

/// The files that a run leaves behind.
public struct ReportFiles: Sendable {
    /// The folder of the last run's reports, relative to the project.
    public static let latest = "reports/latest"
    /// The folder of journals, relative to the project.
    public static let journals = "reports/journals"

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

    /// Makes the folder that holds `path`.
    func makeFolder(for path: String) throws(HarnessError) {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return }
        let folder = FileSystem.joined(root, String(path[..<slash]))
        if let reason = FileSystem.makeFolder(folder) {
            throw .notPossible("reports.folder", "the folder \(folder) cannot be made: \(reason)")
        }
    }

    /// Writes a file of the project.
    func write(_ text: String, to path: String) throws(HarnessError) {
        try write(to: path) { $0.write(Array(text.utf8)) }
    }

    /// Writes a file of the project, piece by piece.
    func write(to path: String, _ content: (FileSystem.OpenFile) -> Void) throws(HarnessError) {
        try makeFolder(for: path)
        if let reason = FileSystem.write(to: FileSystem.joined(root, path), content) {
            throw .notPossible("reports.file", "\(path) cannot be written: \(reason)")
        }
    }
}
