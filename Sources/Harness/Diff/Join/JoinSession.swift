import Diagnostics
import Exchanges
import OpenAPI
import Primitives
import Project
import Recordings
import Scenarios
import SourceText
import Versions

/// Finds the effects of the changes on rows and recordings of a project, and the edits of tables that follow.
struct JoinSession {
    /// The result of the session.
    struct Result {
        var impacts = ChangeImpacts.unknown
        var edits: TableEdits?
        var diagnostics: [Diagnostic] = []
    }

    /// The maximum number of recordings that are read.
    private static let maximumRecordings = 5_000
    /// The maximum number of diagnostics about edited rows that are reported.
    private static let maximumUnfinished = 20

    private let workspace: Workspace
    private let request: DiffRequest
    private let old: Contract
    private let new: Contract
    private var found: [Diagnostic] = []
    /// The mistakes in the tables under the old contract.
    private var oldErrors: [Diagnostic] = []

    init(_ workspace: Workspace, _ request: DiffRequest, from old: Contract, to new: Contract) {
        self.workspace = workspace
        self.request = request
        self.old = old
        self.new = new
    }

    /// Joins the changes with the tables and recordings. Without tables or recordings, the result claims nothing about
    /// them.
    ///
    /// - Throws: `HarnessError` (exit 2) when a table or recording that the user named cannot be read.
    mutating func run(_ changes: [Change]) throws(HarnessError) -> Result {
        let sources = try tables()
        let recordings = try recordings()
        guard !sources.isEmpty || !recordings.isEmpty else { return Result(diagnostics: found) }
        let join = ChangeJoin(changes, from: old, to: new)
        let settings = planSettings
        let plan = plan(sources, settings)
        let rows = join.rows(of: plan, settings)
        let entries = join.recordings(recordings)
        if rows.isCut || entries.isCut {
            found.append(
                Diagnostic(
                    "diff.join-cut", .warning,
                    "there are too many \(rows.isCut ? "rows" : "recordings"): only the first ones are joined",
                    help: rows.isCut ? "choose tables with --tables" : "choose recordings with --recordings"))
        }
        let redactor = redactor(plan)
        var result = Result(impacts: impacts(rows, entries, redactor))
        let edits = TableEdits(rows.edits, sources)
        if !edits.files.isEmpty { result.edits = edits }
        result.impacts.edits = edits.count
        found += edits.problems + unfinished(edits, sources, settings)
        result.diagnostics = redactor.redact(Diagnostics(found)).entries
        return result
    }

    /// Masks secrets: values in rows may come from the environment, and recordings of other tools mask nothing.
    private func redactor(_ plan: Plan) -> Redactor {
        Redactor(
            secrets: SecretValues(
                names: workspace.project.secretNames + plan.secrets, environment: request.environment, isMock: false
            ).real + workspace.credentialVariables(request.environment))
    }

    private func impacts(_ rows: RowHits, _ entries: RecordingHits, _ redactor: Redactor) -> ChangeImpacts {
        var byChange: [Change: ChangeImpact] = [:]
        for change in rows.changes {
            let all = rows.rows(of: change)
            let shown = all.prefix(ChangeJoin.maximumListed).map { row in
                var row = row
                row.reason = Self.shortened(redactor.redact(row.reason))
                return row
            }
            byChange[change, default: ChangeImpact()].rows = shown
            byChange[change]?.moreRows = max(0, all.count - ChangeJoin.maximumListed)
        }
        for change in entries.changes {
            let all = entries.entries(of: change)
            let shown = all.prefix(ChangeJoin.maximumListed).map { entry in
                var entry = entry
                entry.reason = Self.shortened(redactor.redact(entry.reason))
                return entry
            }
            byChange[change, default: ChangeImpact()].recordings = shown
            byChange[change]?.moreRecordings = max(0, all.count - ChangeJoin.maximumListed)
        }
        var impacts = ChangeImpacts(byChange)
        impacts.isKnown = true
        impacts.breakingRows = rows.breaking.count
        impacts.breakingRecordings = entries.breaking
        return impacts
    }

    /// Shortens a reason, since items and received values may be long.
    private static func shortened(_ reason: String) -> String {
        let scalars = reason.unicodeScalars
        return scalars.count <= 400 ? reason : String(scalars.prefix(400)) + "…"
    }

    // MARK: Tables

    private var planSettings: PlanSettings {
        var settings = PlanSettings(
            profiles: workspace.project.profiles.map(\.name), variables: workspace.project.variableValues,
            environment: request.environment, reader: workspace.reader)
        settings.logins = workspace.project.loginScenarios
        settings.idempotency = workspace.project.judging.promises.idempotency
        return settings
    }

    /// The tables that were named; without names, the tables of the project if there is one.
    private func tables() throws(HarnessError) -> [TableSource] {
        guard request.join.tables.isEmpty else {
            var choice = TableChoice()
            choice.tables = request.join.tables.flatMap { path in
                FileSystem.isFolder(path, in: workspace.root)
                    ? FileSystem.files(in: path, of: workspace.root, suffix: ".csv") : [path]
            }
            return try workspace.tables(choice)
        }
        guard workspace.project.file != nil, !workspace.configuredTables.isEmpty else { return [] }
        return try workspace.tables(TableChoice())
    }

    /// Plans the tables for the old contract. Rows that cannot be planned are left out and reported.
    private mutating func plan(_ sources: [TableSource], _ settings: PlanSettings) -> Plan {
        var contracts = [old] + (isSameName ? [] : [new])
        var (plan, problems) = Planner.plan(tables: sources, contracts: Contracts(contracts), settings: settings)
        if problems.contains(where: { $0.rule == "table.unknown-version" }) {
            contracts += otherVersions
            (plan, problems) = Planner.plan(tables: sources, contracts: Contracts(contracts), settings: settings)
        }
        let errors = problems.filter { $0.severity == .error }
        oldErrors = errors
        if let first = errors.first {
            found.append(
                Diagnostic(
                    "diff.join-incomplete", .warning,
                    "\(errors.count == 1 ? "an error keeps" : "\(errors.count) errors keep") rows from being joined: "
                        + first.message, at: first.location,
                    help: "run `assay lint`"))
        }
        return plan
    }

    private var isSameName: Bool { old.name.isSame(as: new.name) }

    /// The versions of the project that are not compared. Rows may name them.
    private var otherVersions: [Contract] {
        workspace.project.versions.compactMap { version in
            let isCompared = [old.name, new.name].contains { $0.isSame(as: version.name) }
            guard !isCompared else { return nil }
            return try? ContractLoader.load(
                file: version.spec, overlays: version.overlays, name: version.name, reader: workspace.reader)
        }
    }

    // MARK: Recordings

    private mutating func recordings() throws(HarnessError) -> [Recording] {
        let isNamed = !request.join.recordings.isEmpty
        let folder = workspace.project.fixtures.folder
        guard isNamed || workspace.project.file != nil else { return [] }
        var paths = (isNamed ? request.join.recordings : [folder]).flatMap { path in
            FileSystem.isFolder(path, in: workspace.root)
                ? FileSystem.files(in: path, of: workspace.root, suffix: ".har") : isNamed ? [path] : []
        }
        if paths.count > Self.maximumRecordings {
            found.append(
                Diagnostic(
                    "diff.join-cut", .warning, "only the first \(Self.maximumRecordings) recordings are joined"))
            paths = Array(paths.prefix(Self.maximumRecordings))
        }
        var result: [Recording] = []
        for path in paths {
            switch FixtureFolder.read(path, in: workspace.root) {
            case .success(let read): result.append(read.recording)
            case .failure(let problem):
                guard !isNamed else { throw HarnessError(.wrongInput, Diagnostics(problem.diagnostics)) }
                found += problem.diagnostics.map { problem in
                    var problem = problem
                    problem.severity = .warning
                    return problem
                }
            }
        }
        return result
    }

    // MARK: Edits

    /// The mistakes that remain in edited rows under the new contract; the user has to correct them.
    private func unfinished(
        _ edits: TableEdits, _ sources: [TableSource], _ settings: PlanSettings
    ) -> [Diagnostic] {
        guard !edits.files.isEmpty else { return [] }
        let edited = sources.map { source in
            edits.files.first { $0.path.isSame(as: source.path) }
                .map { TableSource(path: $0.path, bytes: $0.after) } ?? source
        }
        let contracts = [new] + (isSameName ? [] : [old]) + otherVersions
        let (_, problems) = Planner.plan(tables: edited, contracts: Contracts(contracts), settings: settings)
        let open = problems.filter { problem in
            problem.severity == .error && !wasWrong(problem)
                && problem.location.map { edits.changes(line: $0.line, of: $0.file) } == true
        }
        return open.prefix(Self.maximumUnfinished).map { problem in
            var problem = problem
            problem.severity = .warning
            problem.message = "the edited row still does not fit the new contract: \(problem.message)"
            return problem
        }
    }

    /// Whether the row had the same mistake under the old contract; the edit may have moved it within its line.
    private func wasWrong(_ problem: Diagnostic) -> Bool {
        oldErrors.contains { error in
            error.rule == problem.rule && error.message == problem.message
                && error.location?.file == problem.location?.file && error.location?.line == problem.location?.line
        }
    }
}
