internal import Diagnostics
internal import JSONDocument

/// Parses the lines of a journal and numbers them, for errors with file, line and column.
struct JournalParser {
    private let path: String
    /// The number of the last line, from 1.
    private(set) var line = 0

    init(path: String) {
        self.path = path
    }

    /// Counts a line that is not parsed.
    mutating func skip() {
        line += 1
    }

    /// Parses the next line, without its line feed.
    ///
    /// - Parameter isCut: Whether the file ends inside of the line. An incomplete line counts only if it is valid anyway.
    /// - Returns: The value of `read`; `nil` for an incomplete line.
    mutating func next<Value>(
        _ bytes: [UInt8], isCut: Bool,
        _ read: (JournalLineReader) throws(JournalLineReader.Failure) -> Value
    ) throws(JournalError) -> Value? {
        line += 1
        let document: JSONDocument
        do throws(JSONSyntaxError) {
            document = try JSONDocument(parsing: bytes)
        } catch {
            if isCut { return nil }
            throw failure(
                "is not JSON: " + error.message, column: error.position.column,
                help: line == 1 ? "name a journal: a run writes it to reports/journals, or to --journal" : nil)
        }
        if let duplicate = document.duplicateNames.first {
            throw failure("has the name \"\(duplicate.name)\" twice", column: duplicate.second.column)
        }
        do throws(JournalLineReader.Failure) {
            return try read(JournalLineReader(root: document.root))
        } catch {
            throw failure(error.message, column: error.position?.column ?? 1)
        }
    }

    /// The error of a file without a header.
    var missingHeader: JournalError {
        JournalError(
            Diagnostic(
                "journal.header", .error,
                "the journal '\(path)' has no header line",
                at: SourceLocation(file: path, line: 1, column: 1),
                help: "its run was killed before the first request was sent, or the file is not a journal"))
    }

    /// The error of a file with fewer lines than a moment before.
    var changedMeanwhile: JournalError {
        JournalError(
            Diagnostic(
                "journal.read", .error, "the journal '\(path)' changed while it was read",
                at: SourceLocation(file: path, line: line, column: 1),
                help: "wait until nothing writes to it; a pipe cannot be read twice, so store its text in a file"))
    }

    private func failure(_ message: String, column: Int, help: String? = nil) -> JournalError {
        JournalError(
            Diagnostic(
                "journal.line", .error,
                "line \(line) of the journal \(message)",
                at: SourceLocation(file: path, line: line, column: column),
                help: help))
    }
}
