import Diagnostics
import Exchanges

/// Journals of one plan as one: those of shards, or a single one.
struct MergedJournal {
    /// The header of all of them. The names of scenarios are empty when a journal does not have them.
    var header: JournalHeader
    private let parts: [Part]

    /// One of the journals.
    struct Part {
        /// The path as it was given.
        let path: String
        var stored: StoredJournal
        /// The sessions of which another part is used.
        var ignored: Set<String> = []

        var header: JournalHeader { stored.survey.header }
    }

    /// Joins `parts`, of which there is at least one.
    ///
    /// - Throws: `HarnessError` (exit 2) when they are of different runs, contain a scenario twice, or a shard is missing.
    init(_ parts: [Part]) throws(HarnessError) {
        guard !parts.isEmpty else {
            throw .wrongInput("usage.no-journal", "no journal is given", help: "assay report reports/journals/*.ndjson")
        }
        var parts = parts.withEachSessionOnce
        if parts.count > 1 || parts[0].header.shard != nil { try Self.check(parts) }
        header = parts[0].header
        for part in parts.dropFirst() where !header.scenarios.isEmpty { header.scenarios += part.header.scenarios }
        if parts.count > 1 { header.shard = nil }
        // From here on, the plan has the names.
        for index in parts.indices {
            parts[index].stored.survey.header.scenarios = []
            parts[index].stored.survey.ended = []
        }
        self.parts = parts
    }

    /// Judges all scenarios, and returns what the verdict on the whole run needs besides.
    ///
    /// - Throws: `HarnessError` (exit 2) with the first mistake in a journal.
    func judged(by judging: JudgedRun) throws(HarnessError) -> StoredJournalJudge {
        var judge = StoredJournalJudge(judging, header: header)
        for (place, part) in parts.enumerated() {
            let origin = JournalOrigin(seed: part.header.seed, startedAt: part.header.startedAt)
            do {
                try judge.add(part.stored, origin: place == 0 ? nil : origin) {
                    part.ignored.contains($0) ? .ignored : .judged
                }
            } catch {
                throw HarnessError(.wrongInput, Diagnostics([error.diagnostic]))
            }
        }
        return judge
    }

    private static func check(_ parts: [Part]) throws(HarnessError) {
        var problems = Diagnostics()
        var owners: [String: String] = [:]
        let first = parts[0]
        for part in parts {
            let header = part.header
            let isSame =
                header.plan == first.header.plan && header.target == first.header.target
                && header.shard?.count == first.header.shard?.count
            if !isSame {
                problems.append(
                    Diagnostic(
                        "journal.other-run", .error,
                        "'\(part.path)' and '\(first.path)' are not from the same run: tables, target or split differ",
                        help: "merge journals of the shards of one run"))
            }
            let names = part.stored.survey.mentioned.subtracting(part.ignored).union(header.scenarios)
            for scenario in names.sorted() {
                guard let owner = owners.updateValue(part.path, forKey: scenario) else { continue }
                problems.append(
                    Diagnostic(
                        "journal.twice", .error, "the scenario '\(scenario)' is in both '\(owner)' and '\(part.path)'",
                        help: "merge the journals of the shards of one run, each once"))
            }
        }
        if !problems.hasErrors, let count = first.header.shard?.count {
            let there = Set(parts.compactMap { $0.header.shard?.index })
            for index in 1...count where !there.contains(index) {
                problems.append(
                    Diagnostic(
                        "journal.missing-shard", .error,
                        "the journal of shard \(index)/\(count) is missing",
                        help: "pass the journals of all shards"))
            }
        }
        guard !problems.hasErrors else { throw HarnessError(.wrongInput, problems) }
    }
}

extension [MergedJournal.Part] {
    /// The parts with every session scenario in one of them. Each part that uses a session runs it; the session is kept
    /// in a part in which it failed, so that its finding is reported.
    fileprivate var withEachSessionOnce: [MergedJournal.Part] {
        var owners: [String: Int] = [:]
        for (place, part) in enumerated() {
            for session in (part.header.shard?.sessions ?? []) where owners[session] == nil {
                owners[session] = place
            }
        }
        for (place, part) in enumerated().reversed() {
            for session in part.stored.survey.failedSessions { owners[session] = place }
        }
        return enumerated().map { place, part in
            var part = part
            part.ignored = Set((part.header.shard?.sessions ?? []).filter { owners[$0] != place })
            part.stored.survey.header.scenarios.removeAll { part.ignored.contains($0) }
            return part
        }
    }
}
