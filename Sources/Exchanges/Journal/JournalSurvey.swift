internal import Diagnostics

/// The facts about a journal without which its exchanges cannot be judged in the order of its lines: which of them still
/// count at its end, and after which line nothing more of a scenario follows.
///
/// A scenario that ran once, from its first request to its end, takes no more room than its name.
package struct JournalSurvey: Sendable {
    /// The facts about the run.
    package var header: JournalHeader
    /// The scenarios that finished.
    package var ended: Set<String> = []
    /// The sessions whose failure is the reason why steps were left out.
    package var failedSessions: Set<String> { leftOut.values.reduce(into: []) { $0.formUnion($1) } }
    /// The seeds and times of scenarios that did not begin with the run, in the order of the lines.
    package private(set) var origins: [JournalOrigin] = []
    /// The highest number of a request; 0 when nothing was sent.
    package private(set) var lastSequence = 0
    /// The number of lines.
    private(set) var lines = 0
    /// The lines at which scenarios began again. What finished before does not count.
    private(set) var restarts: [String: Int] = [:]
    /// The last lines with the names of scenarios that did not end, or are named after their end.
    private(set) var lastMentions: [String: Int] = [:]
    /// The scenarios that are named after their end.
    private var reopened: Set<String> = []
    /// Defects by the number of their exchange, with their lines.
    private(set) var late: [Int: [LateLine]] = [:]
    /// The failed sessions of the scenarios that were left out.
    private var leftOut: [String: Set<String>] = [:]

    /// A defect that was found after its exchange had finished.
    struct LateLine {
        let line: Int
        let defect: TransportDefect
    }

    init(header: JournalHeader) {
        self.header = header
    }

    /// The scenarios of which the journal contains a request, a step that was left out, or the end.
    package var mentioned: Set<String> { ended.union(lastMentions.keys) }

    // MARK: Lines

    mutating func skip(to line: Int) {
        lines = line
    }

    mutating func sent(_ sequence: Int, _ scenario: String, origin: JournalOrigin?) {
        // A session whose values a resumed run needs begins again after its end.
        if ended.remove(scenario) != nil {
            reopened.insert(scenario)
            begin(scenario)
        }
        lastSequence = max(lastSequence, sequence)
        mention(scenario, origin)
    }

    mutating func leftOut(_ entry: NotRun, origin: JournalOrigin?) {
        if ended.contains(entry.scenario) { reopened.insert(entry.scenario) }
        mention(entry.scenario, origin)
        guard case .sessionFailed(let session) = entry.reason else { return }
        leftOut[entry.scenario, default: []].insert(session)
    }

    mutating func ended(_ scenario: String, origin: JournalOrigin?) {
        if !ended.insert(scenario).inserted { reopened.insert(scenario) }
        mention(scenario, origin)
        if !reopened.contains(scenario) { lastMentions[scenario] = nil }
    }

    mutating func late(_ defect: TransportDefect, of sequence: Int) {
        late[sequence, default: []].append(LateLine(line: lines, defect: defect))
    }

    /// Every unfinished scenario begins again.
    mutating func resumed() {
        for scenario in lastMentions.keys where !ended.contains(scenario) { begin(scenario) }
    }

    private mutating func begin(_ scenario: String) {
        restarts[scenario] = lines
        leftOut[scenario] = nil
    }

    private mutating func mention(_ scenario: String, _ origin: JournalOrigin?) {
        lastMentions[scenario] = lines
        if let origin, origins.last != origin { origins.append(origin) }
    }
}

extension JournalLines {
    /// Checks every line.
    ///
    /// - Throws: `JournalError` with the first mistake.
    func check() throws(JournalError) {
        var pairing = JournalPairing(nil, path: path)
        try forEach { line, isCut throws(JournalError) in
            _ = try pairing.take(line, isCut: isCut)
            return true
        }
    }

    /// Reads the facts of the journal. Lines that only contain an exchange are not parsed.
    ///
    /// - Throws: `JournalError` when the journal has no header, or a line of another kind is invalid.
    func survey() throws(JournalError) -> JournalSurvey {
        var parser = JournalParser(path: path)
        var survey: JournalSurvey?
        var origin: JournalOrigin?
        try forEach { line, isCut throws(JournalError) in
            guard survey != nil else {
                let header = try parser.next(line, isCut: isCut) { reading throws(JournalLineReader.Failure) in
                    try reading.header()
                }
                survey = header.map { JournalSurvey(header: $0) }
                survey?.skip(to: parser.line)
                return true
            }
            if !isCut, let start = JournalLineStart(line) {
                parser.skip()
                survey?.skip(to: parser.line)
                switch start {
                case .finished: break
                case .sent(let sequence, let scenario): survey?.sent(sequence, scenario, origin: origin)
                case .ended(let scenario): survey?.ended(scenario, origin: origin)
                }
                return true
            }
            let event = try parser.next(line, isCut: isCut) { reading throws(JournalLineReader.Failure) in
                try reading.event()
            }
            guard let event else { return true }
            survey?.skip(to: parser.line)
            switch event {
            case .sent(let pending): survey?.sent(pending.sequence, pending.scenario, origin: origin)
            case .finished: break
            case .late(let sequence, let defect): survey?.late(defect, of: sequence)
            case .notRun(let entry): survey?.leftOut(entry, origin: origin)
            case .ended(let scenario): survey?.ended(scenario, origin: origin)
            case .resumed(let new):
                origin = new
                survey?.resumed()
            }
            return true
        }
        guard let survey else { throw parser.missingHeader }
        return survey
    }
}
