import Diagnostics
import Exchanges

/// Journals of one plan as one: those of shards, or a single one.
struct MergedJournal {
    /// The content of the journals, numbered anew in their order.
    private(set) var journal: Journal
    /// The scenarios that were selected; empty when a journal does not say.
    private(set) var scenarios: [String]

    /// Joins `parts`, of which there is at least one.
    ///
    /// - Throws: `HarnessError` (exit 2) when they are of different runs, contain a scenario twice, or a shard is missing.
    init(_ parts: [EarlierRun]) throws(HarnessError) {
        guard !parts.isEmpty else {
            throw .wrongInput("usage.no-journal", "no journal is given", help: "assay report reports/journals/*.ndjson")
        }
        let parts = parts.withEachSessionOnce
        let first = parts[0]
        try Self.check(parts, first)
        journal = first.journal
        scenarios = first.journal.header.scenarios
        for part in parts.dropFirst() {
            scenarios = scenarios.isEmpty ? [] : scenarios + part.journal.header.scenarios
            add(part.journal)
        }
        journal.header.scenarios = scenarios
        if parts.count > 1 { journal.header.shard = nil }
    }

    private mutating func add(_ other: Journal) {
        let offset = journal.lastSequence
        let origin = JournalOrigin(seed: other.header.seed, startedAt: other.header.startedAt)
        for scenario in other.mentioned { journal.origins[scenario] = other.origins[scenario] ?? origin }
        func moved(_ exchange: Exchange) -> Exchange {
            var exchange = exchange
            exchange.sequence += offset
            return exchange
        }
        journal.exchanges += other.exchanges.map(moved)
        journal.superseded += other.superseded.map(moved)
        journal.unanswered += other.unanswered.map { pending in
            var pending = pending
            pending.sequence += offset
            return pending
        }
        journal.notRun += other.notRun
        journal.ended.formUnion(other.ended)
    }

    private static func check(_ parts: [EarlierRun], _ first: EarlierRun) throws(HarnessError) {
        var problems = Diagnostics()
        var owners: [String: String] = [:]
        for part in parts {
            let header = part.journal.header
            let isSame =
                header.plan == first.journal.header.plan && header.target == first.journal.header.target
                && header.shard?.count == first.journal.header.shard?.count
            if !isSame {
                problems.append(
                    Diagnostic(
                        "journal.other-run", .error,
                        "'\(part.path)' and '\(first.path)' are not from the same run: tables, target or split differ",
                        help: "merge journals of the shards of one run"))
            }
            for scenario in part.journal.mentioned.union(header.scenarios).sorted() {
                guard let owner = owners.updateValue(part.path, forKey: scenario) else { continue }
                problems.append(
                    Diagnostic(
                        "journal.twice", .error, "the scenario '\(scenario)' is in both '\(owner)' and '\(part.path)'",
                        help: "merge the journals of the shards of one run, each once"))
            }
        }
        if !problems.hasErrors, let count = first.journal.header.shard?.count {
            let there = Set(parts.compactMap { $0.journal.header.shard?.index })
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

extension Journal {
    /// The scenarios that something happened in.
    var mentioned: Set<String> {
        Set(exchanges.map(\.scenario)).union(notRun.map(\.scenario)).union(unanswered.map(\.scenario)).union(ended)
    }
}

extension [EarlierRun] {
    /// The parts with every session scenario in one of them. Each part that uses a session runs it; the session is kept
    /// in a part in which it failed, so that its finding is reported.
    fileprivate var withEachSessionOnce: [EarlierRun] {
        var owners: [String: Int] = [:]
        for (place, part) in enumerated() {
            for session in (part.journal.header.shard?.sessions ?? []) where owners[session] == nil {
                owners[session] = place
            }
        }
        for (place, part) in enumerated().reversed() {
            for case .sessionFailed(let session) in part.journal.notRun.map(\.reason) { owners[session] = place }
        }
        return enumerated().map { place, part in
            var part = part
            for session in (part.journal.header.shard?.sessions ?? []) where owners[session] != place {
                part.journal.remove(session)
            }
            return part
        }
    }
}

extension Journal {
    /// Removes a scenario. Requests without a response remain.
    fileprivate mutating func remove(_ scenario: String) {
        header.scenarios.removeAll { $0 == scenario }
        exchanges.removeAll { $0.scenario == scenario }
        superseded.removeAll { $0.scenario == scenario }
        notRun.removeAll { $0.scenario == scenario }
        late.removeAll { $0.exchange.scenario == scenario }
        ended.remove(scenario)
    }
}
