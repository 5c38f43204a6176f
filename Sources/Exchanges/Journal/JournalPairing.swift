/// Pairs the requests of a journal with their outcomes, line by line, and decides which of them count. Only requests
/// without an outcome are kept.
struct JournalPairing {
    /// The part of a journal that a line adds.
    enum Event {
        /// A request of a scenario, whose outcome follows.
        case sent(scenario: String)
        /// An exchange; one that is superseded belongs to a scenario that began again later.
        case finished(Exchange, isSuperseded: Bool)
        /// A step that was left out; one that is superseded belongs to a scenario that began again later.
        case notRun(NotRun, isSuperseded: Bool)
        /// The end of a scenario.
        case ended(scenario: String)
    }

    /// `nil` if only mistakes matter.
    private let survey: JournalSurvey?
    private var parser: JournalParser
    private var sent = SequenceSet()
    private var open: [Int: PendingExchange] = [:]
    /// The seed and time for scenarios from here on; `nil` for those of the run.
    private(set) var origin: JournalOrigin?

    init(_ survey: JournalSurvey?, path: String) {
        self.survey = survey
        parser = JournalParser(path: path)
    }

    /// The number of the last line.
    var line: Int { parser.line }

    /// The requests without an outcome so far, in the order of sending.
    var unanswered: [PendingExchange] { open.values.sorted { $0.sequence < $1.sequence } }

    /// Adds the next line; `nil` if it adds nothing.
    mutating func take(_ bytes: [UInt8], isCut: Bool) throws(JournalError) -> Event? {
        guard line > 0 else {
            _ = try parser.next(bytes, isCut: isCut) { reading throws(JournalLineReader.Failure) in
                try reading.header()
            }
            return nil
        }
        var parser = self.parser
        defer { self.parser = parser }
        return try parser.next(bytes, isCut: isCut) { reading throws(JournalLineReader.Failure) in
            try take(reading.event())
        } ?? nil
    }

    /// Throws if the journal has fewer lines than when it was surveyed.
    func checkEnd() throws(JournalError) {
        guard line >= survey?.lines ?? 0 else { throw parser.changedMeanwhile }
    }

    private mutating func take(_ event: JournalLineReader.Event) throws(JournalLineReader.Failure) -> Event? {
        // The line under way.
        let line = self.line + 1
        switch event {
        case .sent(let pending):
            guard sent.insert(pending.sequence) else {
                throw .init("sends exchange \(pending.sequence) a second time")
            }
            open[pending.sequence] = pending
            return .sent(scenario: pending.scenario)
        case .finished(let sequence, let outcome, let duration):
            guard let pending = open.removeValue(forKey: sequence) else {
                throw .init(
                    sent.contains(sequence)
                        ? "has a second response to exchange \(sequence)"
                        : "has the response to exchange \(sequence), which was never sent")
            }
            return finished(pending.finished(outcome, after: duration), at: line)
        case .late(let sequence, _):
            guard sent.contains(sequence) else {
                throw .init("adds a defect to exchange \(sequence), which was never sent")
            }
            return nil
        case .notRun(let entry):
            return .notRun(entry, isSuperseded: isSuperseded(entry.scenario, at: line))
        case .ended(let scenario):
            return .ended(scenario: scenario)
        case .resumed(let new):
            origin = new
            return nil
        }
    }

    /// An exchange with the defects that later lines add to it, if it counts.
    private func finished(_ exchange: Exchange, at line: Int) -> Event {
        guard !isSuperseded(exchange.scenario, at: line) else { return .finished(exchange, isSuperseded: true) }
        var exchange = exchange
        if let late = survey?.late[exchange.sequence], case .response(var response) = exchange.outcome {
            for found in late where found.line > line {
                response.defects.append(TransportDefect(found.defect.kind, found.defect.message, isLate: true))
            }
            exchange.outcome = .response(response)
        }
        return .finished(exchange, isSuperseded: false)
    }

    /// Whether a scenario begins again after `line`.
    private func isSuperseded(_ scenario: String, at line: Int) -> Bool {
        survey?.restarts[scenario].map { line < $0 } ?? false
    }
}

/// A set of numbers of exchanges, which mostly follow each other: one bit for each of them.
struct SequenceSet {
    /// For each group of 64 numbers that has some, the ones that are in the set.
    private var words: [Int: UInt64] = [:]

    func contains(_ sequence: Int) -> Bool {
        words[sequence >> 6].map { $0 & Self.bit(sequence) != 0 } ?? false
    }

    /// Adds a number; returns false if it was in the set.
    mutating func insert(_ sequence: Int) -> Bool {
        let bit = Self.bit(sequence)
        let before = words[sequence >> 6, default: 0]
        guard before & bit == 0 else { return false }
        words[sequence >> 6] = before | bit
        return true
    }

    private static func bit(_ sequence: Int) -> UInt64 { 1 << UInt64(sequence & 63) }
}
