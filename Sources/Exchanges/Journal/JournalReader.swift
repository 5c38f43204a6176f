/// Reads whole journals that `JournalWriter` wrote.
public enum JournalReader {
    /// Reads the journal at `path`, of any length, line by line.
    ///
    /// An incomplete last line, as a killed run leaves it, is ignored. Any other mistake is an error with file, line
    /// and column.
    public static func read(path: String) throws(JournalError) -> Journal {
        try StoredJournal(path: path).journal()
    }

    /// Reads a journal with lines of at most `lineLimit` bytes.
    static func read(path: String, lineLimit: Int) throws(JournalError) -> Journal {
        try StoredJournal(JournalLines(path: path, limit: lineLimit)).journal()
    }

    /// Reads a journal from its text; errors name `path`.
    public static func read(bytes: [UInt8], path: String) throws(JournalError) -> Journal {
        try StoredJournal(JournalLines(path: path, text: bytes)).journal()
    }
}
