import Primitives
import Project

/// Removes old journals, as `reports` in `assay.yaml` specifies. Without it, everything is kept.
///
/// Only files with the name of a run's own journal are removed, so another file in the folder stays.
struct JournalPruning {
    private let root: String
    private let retention: Project.Retention

    init(root: String, _ retention: Project.Retention) {
        self.root = root
        self.retention = retention
    }

    /// Removes the journals that are too many or too old.
    ///
    /// - Parameters:
    ///   - kept: The journal of the present run, which is never removed.
    ///   - now: The time from which ages are counted.
    func run(keeping kept: String, now: Instant) {
        for path in removable(
            FileSystem.files(in: ReportFiles.journals, of: root, suffix: ".ndjson"), keeping: kept, now: now)
        {
            FileSystem.remove(FileSystem.joined(root, path))
        }
    }

    /// The journals to remove.
    ///
    /// - Parameter paths: The files of the folder, in any order.
    func removable(_ paths: [String], keeping kept: String, now: Instant) -> [String] {
        let dated = paths.compactMap { path in Self.start(path).map { (path: path, start: $0) } }
            .sorted { ($0.start, $0.path) > ($1.start, $1.path) }
        let others = dated.filter { !$0.path.isSame(as: kept) }
        // The present journal is one of those that are kept.
        let first = dated.count - others.count
        return others.enumerated().filter { index, journal in
            let isSurplus = retention.keep.map { first + index >= $0 } ?? false
            let isOld = retention.maximumAge.map { now.since(journal.start) > $0 } ?? false
            return isSurplus || isOld
        }
        .map(\.element.path)
    }

    /// The start of the run in the name of its journal, `20260131T120000-SEED.ndjson`; `nil` for another name.
    private static func start(_ path: String) -> Instant? {
        let prefix = ReportFiles.journals + "/"
        guard path.utf8.starts(with: prefix.utf8) else { return nil }
        let name = Array(path.utf8.dropFirst(prefix.utf8.count))
        guard name.count > 15, name[8] == UInt8(ascii: "T"), name[15] == UInt8(ascii: "-"),
            !name.contains(UInt8(ascii: "/")),
            (Array(name[..<8]) + name[9..<15]).allSatisfy(\.isASCIIDigit)
        else { return nil }
        func text(_ range: Range<Int>) -> String { String(decoding: name[range], as: UTF8.self) }
        return Instant(
            "\(text(0..<4))-\(text(4..<6))-\(text(6..<8))T\(text(9..<11)):\(text(11..<13)):\(text(13..<15))Z")
    }
}
