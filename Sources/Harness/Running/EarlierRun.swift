import Conformance
import Diagnostics
import Exchanges
import OpenAPI
import Project
import Scenarios

/// A run that wrote a journal.
struct EarlierRun: Sendable {
    /// The journal's path as it was given or found, relative to the project.
    var path: String
    /// The facts about the run.
    var header: JournalHeader

    /// Keeps the scenarios that were selected then and are selected now.
    func narrowed(_ plan: Plan) -> Plan {
        // Usually, they are the same.
        guard !header.scenarios.isEmpty, !header.scenarios.elementsEqual(plan.scenarios.lazy.map(\.id)) else {
            return plan
        }
        let selected = Set(header.scenarios)
        var result = plan
        result.scenarios.removeAll { !selected.contains($0.id) }
        result.isPartial = plan.isPartial || result.scenarios.count < plan.scenarios.count
        return result
    }

    /// Reports changes of contracts and tables since the journal was started.
    func changes(plan: Plan, contracts: Contracts) -> [Diagnostic] {
        var changed: [String] = []
        for reference in header.contracts {
            guard contracts[reference.name]?.fingerprint != reference.fingerprint else { continue }
            changed.append(
                contracts[reference.name] == nil
                    ? "unknown contract '\(reference.name)'"
                    : "the contract '\(reference.name)' has changed since that run")
        }
        if header.plan != plan.fingerprint {
            changed.append("the tables or their body files have changed since that run")
        }
        return changed.map { what in
            Diagnostic(
                "journal.other-input", .error, "the journal '\(path)' does not fit the present input: \(what)",
                help: "use the tables, the contract and the options of that run, or start a new one")
        }
    }

    /// Reports the reasons why the run cannot be resumed against `target`.
    func changes(target: Target) -> [Diagnostic] {
        let isSame =
            switch target.kind {
            case .mock, .fixtures: header.target == target.name
            case .live(let baseURL): header.target == target.name && header.baseURL == baseURL
            }
        guard !isSame else { return [] }
        return [
            Diagnostic(
                "journal.other-target", .error,
                "the journal '\(path)' belongs to a run against \(header.target) at \(header.baseURL)",
                help: "name the same target, or start a new run")
        ]
    }
}

extension Workspace {
    /// The run that `request` resumes; `nil` for a new run.
    ///
    /// - Throws: `HarnessError` (exit 2) when the journal is missing or unreadable, or a seed is given.
    func earlierRun(_ request: RunRequest) throws(HarnessError) -> EarlierRun? {
        guard request.resumes else { return nil }
        guard let path = request.journal ?? newestJournal else {
            throw .wrongInput(
                "usage.no-journal", "no journal to resume found under \(ReportFiles.journals)",
                help: "name one with --journal")
        }
        let stored = try storedJournal(path)
        // Nothing is sent if the journal has a mistake.
        try reading { () throws(JournalError) in try stored.check() }
        let header = stored.survey.header
        if let seed = request.seed, seed != header.seed {
            throw .wrongInput(
                "usage.seed", "the journal '\(path)' has another seed: \(header.seed)",
                help: "remove --seed; repeated scenarios get new values")
        }
        return EarlierRun(path: path, header: header)
    }

    /// The journal at a path, to be read from front to back.
    ///
    /// - Throws: `HarnessError` (exit 2) when it cannot be read.
    func storedJournal(_ path: String) throws(HarnessError) -> StoredJournal {
        try reading { () throws(JournalError) in try StoredJournal(path: FileSystem.joined(root, path)) }
    }

    /// The duration of each scenario in the journal at a path, without the waits between its requests.
    ///
    /// - Throws: `HarnessError` (exit 2) when it cannot be read.
    func durations(inJournal path: String) throws(HarnessError) -> [String: Duration] {
        let stored = try storedJournal(path)
        var durations: [String: Duration] = [:]
        try reading { () throws(JournalError) in
            try stored.forEachExchange { durations[$0.scenario, default: .zero] += $0.duration }
        }
        return durations
    }

    /// Reads the whole journal at a path.
    ///
    /// - Throws: `HarnessError` (exit 2) when it cannot be read.
    func journal(_ path: String) throws(HarnessError) -> Journal {
        try reading { () throws(JournalError) in try JournalReader.read(path: FileSystem.joined(root, path)) }
    }

    private func reading<Value>(_ read: () throws(JournalError) -> Value) throws(HarnessError) -> Value {
        do {
            return try read()
        } catch {
            throw HarnessError(.wrongInput, Diagnostics([error.diagnostic]))
        }
    }

    /// The journal of the latest run. Names of journals begin with the time.
    var newestJournal: String? {
        FileSystem.files(in: ReportFiles.journals, of: root, suffix: ".ndjson").last
    }
}
