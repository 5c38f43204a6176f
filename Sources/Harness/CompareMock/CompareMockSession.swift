import Conformance
package import Diagnostics
package import Exchanges
import JSONDocument
import Mocking
import OpenAPI
import Primitives
import Project
import Recordings
package import Reporting
import Scenarios
import SourceText

/// The input of `assay compare-mock`.
package struct CompareMockRequest: Sendable {
    /// The path of a journal, or of our recordings: a HAR file or a folder of them.
    package var source: String
    /// The contracts, as the run had them, and the behaviour file of the mock.
    package var contracts = ContractChoice()
    /// The environment that tables may use.
    package var environment: [String: String] = [:]

    /// Compares the responses in `source`.
    package init(_ source: String) {
        self.source = source
    }
}

/// The result of `assay compare-mock`.
package struct CompareMockResult: Sendable {
    /// The comparison.
    package var comparison: MockComparison
    /// Warnings about the input.
    package var diagnostics: Diagnostics
    /// Masks secrets in everything that is shown.
    package var redactor: Redactor

    /// 0 if all responses are equal, 1 if one differs, 3 if nothing was compared.
    package var exit: ExitCode {
        if comparison.compared == 0 { return .notPossible }
        return comparison.differences.isEmpty ? .passed : .findings
    }
}

/// Plays the rows of a stored run against the mock, and puts its responses next to those of the run. Nothing is sent.
package enum CompareMockSession {
    /// The comparison that `request` describes.
    ///
    /// - Throws: `HarnessError` (exit 2) when the source cannot be read or does not belong to the project as it is.
    package static func result(
        _ workspace: Workspace, _ request: CompareMockRequest
    ) async throws(HarnessError) -> CompareMockResult {
        let journal = try journal(request.source, workspace)
        var choice = ReportRequest()
        choice.contracts = request.contracts
        choice.environment = request.environment
        var planning = ReportSession.planRequest(choice, journal.header, workspace)
        planning.keepsMessages = true
        let session = try PlannedSession(workspace, planning)
        let earlier = EarlierRun(path: request.source, header: journal.header)
        let plan = earlier.narrowed(session.plan)
        guard !plan.scenarios.isEmpty else {
            throw .wrongInput(
                "usage.nothing-selected", "the tables have no scenario of '\(request.source)'",
                help: "use the tables of that run")
        }
        let play = MockPlay(
            session: session, versions: try workspace.mockVersions(session.input.basis), journal: journal)
        let mocked = await play.steps(of: plan)
        var comparison = MockComparison(source: request.source, target: journal.header.target)
        let observed = ResponsePairs(plan, journal, mocked, session).observed(&comparison)
        comparison.differences = observed.map(\.reported)
        comparison.proposals = try proposals(observed, session)
        var diagnostics = session.diagnostics
        diagnostics.append(
            contentsOf: earlier.changes(plan: session.plan, contracts: session.loaded.contracts).map { change in
                // Other tables and contracts change what is compared, and do not prevent it.
                var change = change
                change.severity = .warning
                return change
            })
        return CompareMockResult(comparison: comparison, diagnostics: diagnostics, redactor: session.redactor)
    }

    /// The journal, or our recordings as one.
    private static func journal(_ source: String, _ workspace: Workspace) throws(HarnessError) -> Journal {
        let isFolder = FileSystem.isFolder(source, in: workspace.root)
        guard isFolder || source.hasSuffix(".har") else { return try workspace.journal(source) }
        let files = isFolder ? FileSystem.files(in: source, of: workspace.root, suffix: ".har") : [source]
        var recordings: [Recording] = []
        var found: [Diagnostic] = []
        for file in files {
            switch FixtureFolder.read(file, in: workspace.root) {
            case .success(let (recording, problems)):
                recordings.append(recording)
                found += problems
            case .failure(let error): found += error.diagnostics
            }
        }
        guard !Diagnostics(found).hasErrors else { throw HarnessError(.wrongInput, Diagnostics(found)) }
        guard recordings.contains(where: { $0.origin != nil }) else {
            throw .wrongInput(
                "recording.no-rows", "'\(source)' contains no recording of a scenario of this project",
                help: "make one: assay record --target sandbox, or name the journal of a run")
        }
        return Journal(recordings: recordings)
    }

    /// Lines for the behaviour files of the contracts with differences.
    private static func proposals(
        _ observed: [ObservedDifference], _ session: PlannedSession
    ) throws(HarnessError) -> [MockComparison.Proposal] {
        let basis = session.input.basis
        var proposals: [MockComparison.Proposal] = []
        for (contract, path) in zip(basis.contracts.all, basis.behaviours) {
            let own = observed.filter { $0.key.contract.isSame(as: contract.name) }
            guard !own.isEmpty else { continue }
            var file: SourceFile?
            if let path {
                do {
                    file = try session.workspace.reader.read(path)
                } catch {
                    throw HarnessError(.wrongInput, Diagnostics(error.diagnostics))
                }
            }
            let proposal = BehaviourProposal(own, contract, file: file, states: session.stateNames)
            if let made = proposal.proposal { proposals.append(made) }
        }
        return proposals
    }
}

extension PlannedSession {
    /// The names of members with the state of a promised resource.
    var stateNames: Set<String> {
        Set(workspace.project.judging.promises.resources.flatMap(\.final).map(\.member))
    }
}
