internal import Diagnostics
internal import JSONDocument
internal import Primitives
internal import SystemPackage

/// Reads journals that `JournalWriter` wrote.
public enum JournalReader {
    /// The longest line, well above the longest line that a writer produces.
    static let lineLimit = 64 << 20

    /// Reads the journal at `path`, of any length, line by line.
    ///
    /// An incomplete last line, as a killed run leaves it, is ignored. Any other mistake is an error with file, line
    /// and column.
    public static func read(path: String) throws(JournalError) -> Journal {
        try read(path: path, lineLimit: lineLimit)
    }

    /// Reads a journal with lines of at most `lineLimit` bytes.
    static func read(path: String, lineLimit: Int) throws(JournalError) -> Journal {
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw JournalError(
                Diagnostic("journal.read", .error, "the path of the journal is empty or contains a NUL character"))
        }
        let descriptor: FileDescriptor
        do {
            descriptor = try FileDescriptor.opened(path, .readOnly, options: .nonBlocking)
        } catch {
            throw unreadable(path, error)
        }
        defer { try? descriptor.close() }
        var assembly = JournalAssembly(path: path)
        var rest: [UInt8] = []
        var lines = 0
        let failure = try descriptor.readPieces { bytes throws(JournalError) in
            var pieces = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
            let last = pieces.removeLast()
            for piece in pieces {
                rest.append(contentsOf: piece)
                lines += 1
                guard rest.count <= lineLimit else { throw tooLong(path, line: lines, lineLimit) }
                try assembly.take(line: rest, isCut: false)
                rest.removeAll(keepingCapacity: true)
            }
            rest.append(contentsOf: last)
            guard rest.count <= lineLimit else { throw tooLong(path, line: lines + 1, lineLimit) }
            return true
        }
        if let failure { throw unreadable(path, failure) }
        if !rest.isEmpty { try assembly.take(line: rest, isCut: true) }
        return try assembly.journal()
    }

    /// Reads a journal from its text; errors name `path`.
    public static func read(bytes: [UInt8], path: String) throws(JournalError) -> Journal {
        var assembly = JournalAssembly(path: path)
        let pieces = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        for piece in pieces.dropLast() {
            try assembly.take(line: Array(piece), isCut: false)
        }
        if let last = pieces.last, !last.isEmpty { try assembly.take(line: Array(last), isCut: true) }
        return try assembly.journal()
    }

    private static func tooLong(_ path: String, line: Int, _ limit: Int) -> JournalError {
        JournalError(
            Diagnostic(
                "journal.line", .error, "line \(line) of the journal is longer than \(limit) bytes",
                at: SourceLocation(file: path, line: line, column: 1)))
    }

    private static func unreadable(_ path: String, _ reason: Errno) -> JournalError {
        JournalError(
            Diagnostic(
                "journal.read", .error, "the journal '\(path)' cannot be read: \(reason)",
                help: "name a journal: a run writes it to reports/journals, or to --journal"))
    }
}
