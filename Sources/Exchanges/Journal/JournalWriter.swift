internal import Diagnostics
internal import Synchronization

/// Appends to a journal file during a run: newline-delimited JSON, first a header, then for each exchange a `sent` line
/// before its first byte and a `received` or `failed` line after its last byte.
///
/// Secrets are masked before anything is written. Every line is passed to the system in one piece, so a run that is
/// killed loses at most the current line. The file is locked while it is open, so two runs cannot write the same
/// journal. The writer may be used from many tasks at once.
public final class JournalWriter: Sendable {
    /// The path of the file.
    public let path: String

    /// The default maximum of bytes kept of a body.
    public static let usualBodyLimit = 1 << 20

    private let lines: JournalLineWriter
    private let state: Mutex<State>

    private enum State {
        case open(JournalFile)
        /// A line could not be written completely, so nothing may follow it.
        case broken(JournalError)
        case closed
    }

    /// Starts a new journal at `path`, replaces an existing file, and writes the header.
    ///
    /// `bodyLimit` is the maximum number of bytes kept of a body (default 1 MiB); of a larger body, the length and hash
    /// are kept as well. Only the owner can read the file.
    public init(
        path: String,
        header: JournalHeader,
        redactor: Redactor,
        bodyLimit: Int = 1 << 20
    ) throws(JournalError) {
        self.path = path
        lines = JournalLineWriter(redactor: redactor, bodyLimit: max(0, bodyLimit))
        let opened = try JournalFile(path: path)
        do {
            try opened.append(lines.header(header).bytes)
        } catch {
            opened.close()
            throw error
        }
        state = Mutex(.open(opened))
    }

    private init(path: String, opened: JournalFile, redactor: Redactor, bodyLimit: Int) {
        self.path = path
        lines = JournalLineWriter(redactor: redactor, bodyLimit: max(0, bodyLimit))
        state = Mutex(.open(opened))
    }

    /// Continues the journal at `path`. An incomplete last line is removed, and the journal can be read up to there.
    package static func resuming(
        path: String,
        redactor: Redactor,
        bodyLimit: Int = 1 << 20
    ) throws(JournalError) -> (writer: JournalWriter, stored: StoredJournal) {
        let opened = try JournalFile(path: path, keeping: true)
        do {
            let stored = try StoredJournal(path: path)
            return (JournalWriter(path: path, opened: opened, redactor: redactor, bodyLimit: bodyLimit), stored)
        } catch {
            opened.close()
            throw error
        }
    }

    /// Records that every unfinished scenario starts again, with values derived from `origin`.
    public func resumed(_ origin: JournalOrigin) throws(JournalError) {
        try append(lines.resumed(origin).bytes)
    }

    /// Records that a scenario finished.
    public func ended(_ scenario: String) throws(JournalError) {
        try append(lines.ended(scenario).bytes)
    }

    /// Records that a request is about to be sent.
    public func sent(_ pending: PendingExchange) throws(JournalError) {
        try append(lines.sent(pending).bytes)
    }

    /// Records the outcome of a request that has a `sent` line.
    public func finished(_ exchange: Exchange) throws(JournalError) {
        try append(lines.finished(exchange).bytes)
    }

    /// Records a defect of an exchange that has already been written.
    public func late(_ late: LateDefect) throws(JournalError) {
        try append(lines.late(late).bytes)
    }

    /// Records that a step is skipped.
    public func notRun(_ notRun: NotRun) throws(JournalError) {
        try append(lines.notRun(notRun).bytes)
    }

    /// Closes the file and releases the lock. Nothing can be written afterwards; a second call does nothing.
    public func close() {
        state.withLock { state in
            if case .open(let file) = state { file.close() }
            state = .closed
        }
    }

    deinit {
        close()
    }

    private func append(_ line: [UInt8]) throws(JournalError) {
        let failure = state.withLock { state -> JournalError? in
            switch state {
            case .closed:
                return JournalError(Diagnostic("journal.closed", .error, "the journal '\(path)' is already closed"))
            case .broken(let error):
                return error
            case .open(let file):
                do throws(JournalError) {
                    try file.append(line)
                    return nil
                } catch {
                    file.close()
                    state = .broken(error)
                    return error
                }
            }
        }
        if let failure { throw failure }
    }
}
