internal import Diagnostics
internal import Primitives
internal import SystemPackage

/// The lines of a journal, read one after the other.
struct JournalLines: Sendable {
    /// The longest line, well above the longest line that a writer produces.
    static let usualLimit = 64 << 20

    /// The path of the journal, for errors.
    let path: String
    /// The largest number of bytes of a line.
    var limit = usualLimit
    /// The text of the journal; `nil` for that of the file.
    var text: [UInt8]?

    /// Calls `take` with every line, without its line feed, until it returns false. Only one line is in memory.
    ///
    /// - Parameter take: Also receives whether the file ends inside of the line.
    /// - Throws: `JournalError` when the file cannot be read or a line is too long, and what `take` throws.
    func forEach(
        _ take: (_ line: [UInt8], _ isCut: Bool) throws(JournalError) -> Bool
    ) throws(JournalError) {
        var rest: [UInt8] = []
        var number = 1
        var isOver = false
        func add(_ bytes: ArraySlice<UInt8>) throws(JournalError) {
            rest.append(contentsOf: bytes)
            guard rest.count <= limit else { throw tooLong(number) }
        }
        try forEachPiece { piece throws(JournalError) in
            var piece = piece
            while let feed = piece.firstIndex(of: 0x0A) {
                try add(piece[..<feed])
                guard try take(rest, false) else {
                    isOver = true
                    return false
                }
                rest.removeAll(keepingCapacity: true)
                number += 1
                piece = piece[(feed + 1)...]
            }
            try add(piece)
            return true
        }
        if !isOver, !rest.isEmpty { _ = try take(rest, true) }
    }

    private func forEachPiece(_ take: (ArraySlice<UInt8>) throws(JournalError) -> Bool) throws(JournalError) {
        if let text {
            _ = try take(text[...])
            return
        }
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw JournalError(
                Diagnostic("journal.read", .error, "the path of the journal is empty or contains a NUL character"))
        }
        let descriptor: FileDescriptor
        do {
            descriptor = try FileDescriptor.opened(path, .readOnly, options: .nonBlocking)
        } catch {
            throw unreadable(error)
        }
        defer { try? descriptor.close() }
        if let failure = try descriptor.readPieces(take) { throw unreadable(failure) }
    }

    private func tooLong(_ line: Int) -> JournalError {
        JournalError(
            Diagnostic(
                "journal.line", .error, "line \(line) of the journal is longer than \(limit) bytes",
                at: SourceLocation(file: path, line: line, column: 1)))
    }

    private func unreadable(_ reason: Errno) -> JournalError {
        JournalError(
            Diagnostic(
                "journal.read", .error, "the journal '\(path)' cannot be read: \(reason)",
                help: "name a journal: a run writes it to reports/journals, or to --journal"))
    }
}
