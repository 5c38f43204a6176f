internal import Diagnostics
internal import JSONDocument

/// Builds a journal line by line.
struct JournalAssembly {
    private let path: String
    private var line = 0
    private var header: JournalHeader?
    /// Exchanges in the order of sending; `nil` for an exchange that no longer counts.
    private var slots: [Slot?] = []
    private var places: [Int: Int] = [:]
    private var notRun: [NotRun] = []
    private var ended: Set<String> = []
    private var superseded: [Exchange] = []
    private var origin: JournalOrigin?
    private var origins: [String: JournalOrigin] = [:]

    private enum Slot {
        case sent(PendingExchange)
        case finished(Exchange)
    }

    init(path: String) {
        self.path = path
    }

    /// Adds the next line, without its line feed. An incomplete line counts only if it is valid anyway.
    mutating func take(line bytes: [UInt8], isCut: Bool) throws(JournalError) {
        line += 1
        let document: JSONDocument
        do throws(JSONSyntaxError) {
            document = try JSONDocument(parsing: bytes)
        } catch {
            if isCut { return }
            throw failure(
                "is not JSON: " + error.message, column: error.position.column,
                help: line == 1 ? "name a journal: a run writes it to reports/journals, or to --journal" : nil)
        }
        if let duplicate = document.duplicateNames.first {
            throw failure("has the name \"\(duplicate.name)\" twice", column: duplicate.second.column)
        }
        let reading = JournalLineReader(root: document.root)
        do throws(JournalLineReader.Failure) {
            try take(reading)
        } catch {
            throw failure(error.message, column: error.position?.column ?? 1)
        }
    }

    /// Returns the journal, with exchanges in the order in which they were sent.
    func journal() throws(JournalError) -> Journal {
        guard let header else {
            throw JournalError(
                Diagnostic(
                    "journal.header", .error,
                    "the journal '\(path)' has no header line",
                    at: SourceLocation(file: path, line: 1, column: 1),
                    help: "its run was killed before the first request was sent, or the file is not a journal"
                )
            )
        }
        var journal = Journal(
            header: header, notRun: notRun, ended: ended, origins: origins, superseded: superseded)
        for slot in slots {
            switch slot {
            case nil: continue
            case .sent(let pending): journal.unanswered.append(pending)
            case .finished(let exchange): journal.exchanges.append(exchange)
            }
        }
        // Parallel scenarios may write lines out of sequence.
        journal.exchanges.sort { $0.sequence < $1.sequence }
        journal.unanswered.sort { $0.sequence < $1.sequence }
        return journal
    }

    private mutating func take(_ reading: JournalLineReader) throws(JournalLineReader.Failure) {
        guard header != nil else {
            header = try reading.header()
            return
        }
        switch try reading.event() {
        case .sent(let pending):
            guard places[pending.sequence] == nil else {
                throw .init("sends exchange \(pending.sequence) a second time")
            }
            if ended.contains(pending.scenario) { beginAgain(pending.scenario) }
            begin(pending.scenario)
            places[pending.sequence] = slots.count
            slots.append(.sent(pending))
        case .finished(let sequence, let outcome, let duration):
            guard let place = places[sequence] else {
                throw .init("has the response to exchange \(sequence), which was never sent")
            }
            guard case .sent(let pending)? = slots[place] else {
                throw .init("has a second response to exchange \(sequence)")
            }
            slots[place] = .finished(pending.finished(outcome, after: duration))
        case .late(let sequence, let defect):
            guard let place = places[sequence] else {
                throw .init("adds a defect to exchange \(sequence), which was never sent")
            }
            guard case .finished(var exchange)? = slots[place], case .response(var response) = exchange.outcome else {
                return
            }
            response.defects.append(TransportDefect(defect.kind, defect.message, isLate: true))
            exchange.outcome = .response(response)
            slots[place] = .finished(exchange)
        case .notRun(let entry):
            begin(entry.scenario)
            notRun.append(entry)
        case .ended(let scenario):
            begin(scenario)
            ended.insert(scenario)
        case .resumed(let origin):
            resume(from: origin)
        }
    }

    private mutating func begin(_ scenario: String) {
        if let origin { origins[scenario] = origin }
    }

    /// Drops an ended scenario that begins again: a session whose values a resumed run needs.
    private mutating func beginAgain(_ scenario: String) {
        ended.remove(scenario)
        for place in slots.indices {
            guard case .finished(let exchange)? = slots[place], exchange.scenario == scenario else { continue }
            superseded.append(exchange)
            slots[place] = nil
        }
        notRun.removeAll { $0.scenario == scenario }
    }

    /// Drops unfinished scenarios, which start again. Only requests without a response are still reported.
    private mutating func resume(from origin: JournalOrigin) {
        self.origin = origin
        for place in slots.indices {
            guard case .finished(let exchange)? = slots[place], !ended.contains(exchange.scenario) else { continue }
            superseded.append(exchange)
            slots[place] = nil
        }
        notRun.removeAll { !ended.contains($0.scenario) }
    }

    private func failure(_ message: String, column: Int, help: String? = nil) -> JournalError {
        JournalError(
            Diagnostic(
                "journal.line", .error,
                "line \(line) of the journal \(message)",
                at: SourceLocation(file: path, line: line, column: column),
                help: help
            )
        )
    }
}
