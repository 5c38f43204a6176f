import Conformance
import Diagnostics
import Exchanges
import OpenAPI
import Project
import Scenarios

/// An interrupted run that is resumed.
struct EarlierRun: Sendable {
    /// The journal's path as it was given or found, relative to the project.
    var path: String
    /// The content of the journal.
    var journal: Journal

    /// Keeps the scenarios that were selected then and are selected now.
    func narrowed(_ plan: Plan) -> Plan {
        guard !journal.header.scenarios.isEmpty else { return plan }
        let selected = Set(journal.header.scenarios)
        var result = plan
        result.scenarios.removeAll { !selected.contains($0.id) }
        result.isPartial = plan.isPartial || result.scenarios.count < plan.scenarios.count
        return result
    }

    /// Reports changes of contracts and tables since the journal was started.
    func changes(plan: Plan, contracts: Contracts) -> [Diagnostic] {
        var changed: [String] = []
        for reference in journal.header.contracts {
            guard contracts[reference.name]?.fingerprint != reference.fingerprint else { continue }
            changed.append(
                contracts[reference.name] == nil
                    ? "unknown contract '\(reference.name)'"
                    : "the contract '\(reference.name)' has changed since that run")
        }
        if journal.header.plan != plan.fingerprint {
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
        let header = journal.header
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
        let journal = try journal(path)
        if let seed = request.seed, seed != journal.header.seed {
            throw .wrongInput(
                "usage.seed", "the journal '\(path)' has another seed: \(journal.header.seed)",
                help: "remove --seed; repeated scenarios get new values")
        }
        return EarlierRun(path: path, journal: journal)
    }

    /// Reads the journal at a path.
    ///
    /// - Throws: `HarnessError` (exit 2) when it cannot be read.
    func journal(_ path: String) throws(HarnessError) -> Journal {
        do {
            return try JournalReader.read(path: FileSystem.joined(root, path))
        } catch {
            throw HarnessError(.wrongInput, Diagnostics([error.diagnostic]))
        }
    }

    /// The journal of the latest run. Names of journals begin with the time.
    var newestJournal: String? {
        FileSystem.files(in: ReportFiles.journals, of: root, suffix: ".ndjson").last
    }
}
