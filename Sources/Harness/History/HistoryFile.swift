import Diagnostics
import Primitives
import Reporting
import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The history of a project: a line for each run.
///
/// Writers take turns, with a lock on a second file, because a history that has become too long is replaced by a shorter
/// one. Readers need no lock: a line is appended with one call, and a shorter history replaces the old one as a whole.
struct HistoryFile {
    /// The file, relative to the project.
    static let path = "reports/history.ndjson"
    private static let lockPath = "reports/.history.lock"
    /// The size from which the older half of the lines is removed, in bytes.
    private static let longest = 8 << 20
    /// The largest history that is read: one that was merged may be longer.
    private static let longestRead = 64 << 20
    /// How often a writer tries to get its turn, every 20 ms.
    private static let mostTries = 250

    private let root: String
    private let limit: Int
    private let tries: Int

    /// - Parameters:
    ///   - limit: The size from which old lines are removed, in bytes.
    ///   - tries: How often a writer tries to get its turn.
    init(root: String, limit: Int = HistoryFile.longest, tries: Int = HistoryFile.mostTries) {
        self.root = root
        self.limit = limit
        self.tries = tries
    }

    /// The entries of all lines that can be read, in the order of the file, and the number of the others.
    ///
    /// - Throws: `HarnessError` (exit 2) when the file exists and cannot be read.
    func entries() throws(HarnessError) -> (entries: [HistoryEntry], unreadable: Int) {
        guard FileSystem.exists(Self.path, in: root) else { return ([], 0) }
        switch FileSystem.read(FileSystem.joined(root, Self.path), limit: Self.longestRead) {
        case .failure(let problem):
            throw .wrongInput("reports.history", "\(Self.path) cannot be read: \(problem.reason)")
        case .success(let bytes):
            let lines = bytes.split(separator: UInt8(ascii: "\n"))
            let entries = lines.compactMap { HistoryLine.entry($0) }
            return (entries, lines.count - entries.count)
        }
    }

    /// Appends an entry. Old lines are removed if the history has become too long.
    ///
    /// - Returns: A warning if it cannot be written: a run does not fail because of its history.
    func append(_ entry: HistoryEntry) -> Diagnostic? { append(line: Array(HistoryLine.text(entry).utf8)) }

    /// Appends the line of an entry, like ``append(_:)``.
    func append(line: [UInt8]) -> Diagnostic? {
        if let reason = write(line) {
            return Diagnostic(
                "reports.history", .warning, "the run was not added to \(Self.path): \(reason)",
                help: "check that the file can be written")
        }
        return nil
    }

    private func write(_ line: [UInt8]) -> String? {
        do throws(Errno) {
            let lock = try FileDescriptor.opened(
                FileSystem.joined(root, Self.lockPath), .readWrite, options: [.create, .noFollow])
            defer { try? lock.close() }
            guard isLocked(lock) else { return "another process is writing it" }
            return try append(line)
        } catch {
            return error.description
        }
    }

    /// Waits for the turn of this process; it ends when the file is closed.
    private func isLocked(_ lock: FileDescriptor) -> Bool {
        for _ in 0..<tries {
            if flock(lock.rawValue, LOCK_EX | LOCK_NB) == 0 { return true }
            guard errno == EWOULDBLOCK || errno == EINTR else { return false }
            usleep(20_000)
        }
        return false
    }

    private func append(_ line: [UInt8]) throws(Errno) -> String? {
        let path = FileSystem.joined(root, Self.path)
        // A link could lead out of the project.
        let file = try FileDescriptor.opened(
            path, .readWrite, options: [.create, .append, .noFollow, .nonBlocking])
        defer { try? file.close() }
        // A writer that was killed leaves an incomplete line; the next one does not continue it.
        let (size, lastByte) = try file.end()
        let isBroken = lastByte.map { $0 != UInt8(ascii: "\n") } ?? false
        let added = (isBroken ? [UInt8(ascii: "\n")] : []) + line
        guard size + added.count > limit else { return file.writeAll(added).failure?.description }
        guard let before = try file.bytes(limit: Self.longestRead) else {
            return "it has more than \(Self.longestRead) bytes"
        }
        return FileSystem.write(String(decoding: newest(before + added), as: UTF8.self), to: path, isPrivate: true)
    }

    /// The last lines, as far as they have half of the allowed size; at least one.
    private func newest(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
        let lines = bytes.split(separator: UInt8(ascii: "\n"))
        var size = 0
        let kept = lines.reversed().prefix { line in
            size += line.count + 1
            return size <= limit / 2
        }
        let first = kept.last?.startIndex ?? lines.last?.startIndex ?? bytes.startIndex
        return bytes[first...]
    }
}
