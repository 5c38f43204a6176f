internal import Diagnostics
package import Exchanges
internal import Primitives

extension Recording {
    /// The recordings of finished scenarios, in the order of `scenarios`.
    ///
    /// - Parameters:
    ///   - journal: The run's journal, with secrets masked.
    ///   - scenarios: The scenarios by identity, each with its table, and with its seed and time if they differ from
    ///     those of the run.
    ///   - isMock: Whether the target was the mock.
    package static func recordings(
        of journal: Journal, scenarios: [(id: String, table: String, origin: JournalOrigin?)], isMock: Bool
    ) -> [Recording] {
        let exchanges = Dictionary(grouping: journal.exchanges, by: \.scenario)
        let notRun = Dictionary(grouping: journal.notRun, by: \.scenario)
        return scenarios.filter { journal.ended.contains($0.id) }.map { scenario in
            let header = journal.header(for: scenario.id)
            let own = exchanges[scenario.id] ?? []
            let contracts = Set(own.map(\.contract))
            let origin = RecordingOrigin(
                scenario: scenario.id,
                values: scenario.origin ?? JournalOrigin(seed: header.seed, startedAt: header.startedAt),
                target: header.target, isMock: isMock, baseURL: header.baseURL,
                contracts: header.contracts.filter { contracts.contains($0.name) }, notRun: notRun[scenario.id] ?? [])
            let path = RecordingPath.path(ofScenario: scenario.id, table: scenario.table)
            let entries = own.sorted { $0.sequence < $1.sequence }.map { exchange in
                var step = RecordedStep(
                    name: exchange.step, attempt: exchange.attempt, hop: exchange.hop,
                    operation: exchange.operation, contract: exchange.contract)
                step.isConcurrent = exchange.position.isConcurrent
                return RecordedExchange(
                    request: exchange.request, outcome: exchange.outcome, startedAt: exchange.startedAt,
                    duration: exchange.duration, step: step,
                    location: .init(file: path, line: 1, column: 1))
            }
            return Recording(path: path, origin: origin, entries: entries).stable()
        }
    }
}

extension Journal {
    /// The content of our own recordings, as the journal of one run.
    ///
    /// Recordings without an origin are ignored. Exchanges are numbered in the order of the recordings.
    package init(recordings: [Recording]) {
        let known = recordings.compactMap { recording in recording.origin.map { (recording, $0) } }
        let first = known.first?.1
        var contracts: [JournalHeader.ContractReference] = []
        for contract in known.flatMap(\.1.contracts) where !contracts.contains(contract) { contracts.append(contract) }
        self.init(
            header: JournalHeader(
                seed: first?.values.seed ?? "",
                startedAt: first?.values.startedAt ?? Instant(microsecondsSinceEpoch: 0),
                target: first?.target ?? "", baseURL: first?.baseURL ?? "", contracts: contracts,
                scenarios: known.map(\.1.scenario)))
        for (recording, origin) in known {
            origins[origin.scenario] = origin.values
            ended.insert(origin.scenario)
            notRun += origin.notRun
            for entry in recording.entries {
                guard let step = entry.step else { continue }
                exchanges.append(
                    Exchange(
                        sequence: exchanges.count + 1, scenario: origin.scenario, step: step.name,
                        attempt: step.attempt, hop: step.hop, isConcurrent: step.isConcurrent,
                        operation: step.operation, contract: step.contract,
                        request: entry.request, outcome: entry.outcome, startedAt: entry.startedAt,
                        duration: entry.duration))
            }
        }
    }
}
