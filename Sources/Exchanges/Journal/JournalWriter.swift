internal import Diagnostics
internal import Synchronization

/// Appends to a journal file as things happen: newline-delimited JSON, a header first, then per exchange a `sent` line
/// before its first byte leaves and a `received` or `failed` line after the last one.
///
/// Secrets are masked before anything is written. Every line is handed to the system whole, so a run that is killed
/// loses at most the line it was writing. The file is locked while it is open: two runs cannot write one journal.
/// May be used from many tasks at once.
public final class JournalWriter: Sendable {
    /// The path that was given.
    public let path: String

    /// The most bytes of a body that are kept unless another limit is given.
    public static let usualBodyLimit = 1 << 20

    private let lines: JournalLineWriting
    private let state: Mutex<State>

    private enum State {
        case open(JournalFile)
        /// A line could not be written whole, so nothing may follow it.
        case broken(JournalError)
        case closed
    }

    /// Starts a journal at `path`, in place of what was there, and writes its header.
    ///
    /// `bodyLimit` is the most bytes of a body that are kept (default 1 MiB); of a larger one length and hash are
    /// kept too. The file can be read by its owner only.
    public init(
        path: String,
        header: JournalHeader,
        redactor: Redactor,
        bodyLimit: Int = 1 << 20
    ) throws(JournalError) {
        self.path = path
        lines = JournalLineWriting(redactor: redactor, bodyLimit: max(0, bodyLimit))
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
        lines = JournalLineWriting(redactor: redactor, bodyLimit: max(0, bodyLimit))
        state = Mutex(.open(opened))
    }

    /// Goes on with the journal at `path`, which is read once it is locked; a last line that is not whole is cut off.
    public static func resuming(
        path: String,
        redactor: Redactor,
        bodyLimit: Int = 1 << 20
    ) throws(JournalError) -> (writer: JournalWriter, journal: Journal) {
        let opened = try JournalFile(path: path, keeping: true)
        do {
            let journal = try JournalReader.read(path: path)
            return (JournalWriter(path: path, opened: opened, redactor: redactor, bodyLimit: bodyLimit), journal)
        } catch {
            opened.close()
            throw error
        }
    }

    /// Notes that every scenario which has not ended begins again, with values of `origin`.
    public func resumed(_ origin: JournalOrigin) throws(JournalError) {
        try append(lines.resumed(origin).bytes)
    }

    /// Notes that a scenario came to its end.
    public func ended(_ scenario: String) throws(JournalError) {
        try append(lines.ended(scenario).bytes)
    }

    /// Notes that a request is about to leave.
    public func sent(_ pending: PendingExchange) throws(JournalError) {
        try append(lines.sent(pending).bytes)
    }

    /// Notes what came of a request whose `sent` line is there.
    public func finished(_ exchange: Exchange) throws(JournalError) {
        try append(lines.finished(exchange).bytes)
    }

    /// Notes a defect of an exchange whose lines are there already.
    public func late(_ late: LateDefect) throws(JournalError) {
        try append(lines.late(late).bytes)
    }

    /// Notes that a step is not run.
    public func notRun(_ notRun: NotRun) throws(JournalError) {
        try append(lines.notRun(notRun).bytes)
    }

    /// Closes the file and gives the lock back. Nothing can be written afterwards; a second call does nothing.
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
