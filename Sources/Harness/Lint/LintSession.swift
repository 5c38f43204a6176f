import Diagnostics
import Exchanges
import JSONDocument
import Mocking
import OpenAPI
import Primitives
import Project
import Scenarios
import SourceText

/// Checks the files of a project, or files that the user names, and reports every mistake. Nothing is sent.
package struct LintSession {
    private let workspace: Workspace
    private let request: LintRequest
    private var found: [Diagnostic] = []
    private var isUsable = true
    private var lines = SourceLines()
    private var files: [String] = []
    /// The plan of the project's tables.
    private var plan: Plan?
    /// The secrets that tables name.
    private var secretNames: [String] = []

    /// Checks what `request` names in the folder `root`.
    ///
    /// - Throws: `HarnessError` (exit 2) when the request itself is not valid.
    package static func lint(_ root: String, _ request: LintRequest) throws(HarnessError) -> LintResult {
        let workspace: Workspace
        var unreadable: [Diagnostic] = []
        do throws(HarnessError) {
            workspace = try Workspace.openWithProblems(root)
        } catch {
            workspace = .withoutConfiguration(root)
            unreadable = error.diagnostics.entries
        }
        var session = LintSession(workspace: workspace, request: request)
        if request.needsConfiguration {
            session.addStrictly(unreadable + workspace.problems.entries, reader: workspace.reader)
            guard unreadable.isEmpty else {
                session.files = [Project.fileName]
                return session.result
            }
        }
        if request.files.isEmpty {
            try session.lintProject()
        } else {
            session.lintFiles()
        }
        return session.result
    }

    private init(workspace: Workspace, request: LintRequest) {
        self.workspace = workspace
        self.request = request
    }

    private var result: LintResult {
        var known: Set<Diagnostic> = []
        let redactor = Redactor(
            secrets: SecretValues(
                names: workspace.project.secretNames + secretNames, environment: request.environment, isMock: false
            ).real + workspace.credentialVariables(request.environment))
        let diagnostics = redactor.redact(Diagnostics(found.filter { known.insert($0).inserted }))
        let exit: ExitCode = !isUsable ? .wrongInput : diagnostics.hasErrors ? .findings : .passed
        return LintResult(diagnostics: Diagnostics(diagnostics.sorted), fileCount: files.count, exit: exit)
    }

    // MARK: Diagnostics

    private mutating func add(_ diagnostics: [Diagnostic], reader: SourceReader) {
        found += diagnostics.map { lines.withExcerpt($0.withAdvice, reader) }
    }

    /// Adds the mistakes that make a file unusable.
    private mutating func refuse(_ diagnostics: [Diagnostic], reader: SourceReader) {
        isUsable = false
        add(diagnostics, reader: reader)
    }

    /// Adds the diagnostics of an input that cannot be used if one of them is an error.
    private mutating func addStrictly(_ diagnostics: [Diagnostic], reader: SourceReader) {
        if Diagnostics(diagnostics).hasErrors { isUsable = false }
        add(diagnostics, reader: reader)
    }

    private mutating func note(file: String) {
        if !files.contains(where: { $0.isSame(as: file) }) { files.append(file) }
    }

    // MARK: A project

    private mutating func lintProject() throws(HarnessError) {
        let reader = workspace.reader
        if let file = workspace.project.file { note(file: file) }
        for file in workspace.project.judging.requirementFiles { note(file: reader.displayPath(file)) }
        let choice = request.contracts
        let versions: [Version]
        if choice.spec == nil, choice.version == nil, !workspace.project.versions.isEmpty {
            versions = workspace.project.versions
        } else {
            versions = try workspace.versions(choice).all
        }
        var contracts: [(contract: Contract, behaviour: String?)] = []
        for version in versions {
            let document = choice.spec.map { workspace.documentReader(for: $0, allowing: choice.allowedFolders) }
            let contract = load(
                document?.file ?? version.spec,
                overlays: choice.withoutOverlays ? [] : version.overlays,
                name: version.name,
                reader: document?.reader ?? reader
            )
            guard let contract else { continue }
            contracts.append((contract, version.behaviour))
        }
        guard contracts.count == versions.count else { return }
        for (contract, behaviour) in contracts { lintBehaviour(behaviour, of: contract) }
        let name = choice.version ?? workspace.project.defaults.version ?? contracts.first?.contract.name
        let all = Contracts(contracts.map(\.contract), default: name)
        let loaded = LoadedContracts(
            contracts: all, behaviours: contracts.map(\.behaviour), diagnostics: Diagnostics())
        let mock = workspace.project.targets.first { $0.kind == .mock } ?? .mock
        let sources = sources()
        lintTables(all, sources, events: workspace.events(of: mock, sources, loaded, nil))
        guard choice.spec == nil else { return }
        let amounts = workspace.project.judging.promises.money.flatMap(\.amounts).map(\.names)
        for (contract, _) in contracts { add(contract.lintAmounts(amounts), reader: workspace.reader) }
        let isWhole = choice.version == nil
        add(workspace.unmatchedNames(all, plan: isWhole ? plan ?? .empty : nil), reader: workspace.reader)
    }

    /// Loads and checks a contract; `nil` when it cannot be read.
    private mutating func load(_ file: String, overlays: [String], name: String, reader: SourceReader) -> Contract? {
        for path in [file] + overlays { note(file: reader.displayPath(path)) }
        do {
            let contract = try ContractLoader.load(
                file: file, overlays: overlays, name: name.isEmpty ? nil : name, reader: reader.recovering)
            let problems = contract.lint()
            for file in contract.files { note(file: file) }
            add(problems, reader: reader)
            // The tables are run without the parts that cannot be used, so they are checked without them.
            if problems.contains(where: \.preventsUse) { isUsable = false }
            return contract
        } catch {
            refuse(request.files.isEmpty ? workspace.placed(error.diagnostics) : error.diagnostics, reader: reader)
            return nil
        }
    }

    private mutating func lintBehaviour(_ file: String?, of contract: Contract) {
        guard let file else { return }
        note(file: file)
        do {
            let behaviour = try Behaviour.load(file: file, contract: contract, reader: workspace.reader)
            add(behaviour.diagnostics, reader: workspace.reader)
        } catch {
            refuse(workspace.placed(error.diagnostics), reader: workspace.reader)
        }
    }

    /// Reads every table of the project, and reports the ones that cannot be read.
    private mutating func sources() -> [TableSource] {
        workspace.configuredTables.compactMap { source($0, workspace.reader) }
    }

    private mutating func source(_ path: String, _ reader: SourceReader) -> TableSource? {
        note(file: reader.displayPath(path))
        do {
            return TableSource(path: reader.displayPath(path), bytes: try reader.bytes(path))
        } catch {
            refuse(error.diagnostics, reader: reader)
            return nil
        }
    }

    /// - Parameters:
    ///   - named: The tables whose mistakes are reported; `nil` for all.
    ///   - events: The events of the mock, if they are known.
    private mutating func lintTables(
        _ contracts: Contracts, _ sources: [TableSource], reporting named: Set<String>? = nil,
        events: TargetEvents? = nil
    ) {
        guard !sources.isEmpty else { return }
        var settings = PlanSettings(
            profiles: workspace.project.profiles.map(\.name),
            variables: workspace.project.variableValues,
            environment: request.environment,
            isCI: request.isCI,
            reader: workspace.reader
        )
        settings.logins = workspace.project.loginScenarios
        settings.requirements = workspace.project.judging.catalogue
        settings.events = events
        settings.idempotency = workspace.project.judging.promises.idempotency
        let (plan, found) = Planner.plan(tables: sources, contracts: contracts, settings: settings)
        let others = Set(sources.map(\.path)).subtracting(named ?? Set(sources.map(\.path)))
        let problems = found.filter { problem in problem.location.map { !others.contains($0.file) } ?? true }
        secretNames += plan.secrets
        addStrictly(problems, reader: workspace.reader)
        let secrets = SecretValues(
            names: workspace.project.secretNames + plan.secrets, environment: request.environment, isMock: true)
        let credentials = try? workspace.credentials(
            for: .mock, contracts: contracts, secrets: secrets, environment: request.environment)
        add((credentials?.diagnostics ?? []).map { $0.strict(request.contracts) }, reader: workspace.reader)
        if let credentials, !Diagnostics(found).hasErrors {
            add(workspace.loginProblems(plan.withLogins(credentials.values)), reader: workspace.reader)
        }
        self.plan = plan
    }

    // MARK: Files that the user names

    private mutating func lintFiles() {
        var tables: [TableSource] = []
        for path in request.files {
            let document = workspace.documentReader(for: path, allowing: request.contracts.allowedFolders)
            if LintRequest.isTable(path) {
                guard let source = source(document.file, document.reader) else { continue }
                if source.isTable {
                    tables.append(TableSource(path: workspace.reader.relativePath(path), bytes: source.bytes))
                } else {
                    let problems = source.dataProblems
                    // A value that cannot be sent is a mistake in that row only.
                    addStrictly(problems.filter { !Self.valueRules.contains($0.rule) }, reader: document.reader)
                    add(problems.filter { Self.valueRules.contains($0.rule) }, reader: document.reader)
                }
            } else {
                lintFile(document)
            }
        }
        if !tables.isEmpty { lintNamedTables(tables) }
    }

    /// Checks a document, an overlay or a configuration. The content decides which of them it is.
    private mutating func lintFile(_ document: DocumentReader) {
        let reader = document.reader
        note(file: reader.displayPath(document.file))
        let source: SourceFile
        do {
            source = try reader.recovering.read(document.file, cutsDeepValues: true)
        } catch {
            guard Self.isPlainText(document.file, error) else { return refuse(error.diagnostics, reader: reader) }
            return notePlainText(document)
        }
        let root = source.document.root
        if root["overlay"] != nil, root["openapi"] == nil {
            lintOverlay(source, document)
        } else if ["versions", "targets", "scenarios"].contains(where: { root[$0] != nil }), root["openapi"] == nil {
            addStrictly(source.diagnostics + Project.reading(source).problems, reader: reader)
        } else if root["openapi"] == nil, root["swagger"] == nil, Self.isText(document.file) {
            notePlainText(document)
        } else {
            _ = load(document.file, overlays: [], name: "", reader: reader)
        }
    }

    /// Reports that only the encoding of a text was checked.
    private mutating func notePlainText(_ document: DocumentReader) {
        let problem = Diagnostic(
            "source.plain-text",
            .note,
            "the file is not a document, overlay, table or configuration; only its encoding was checked",
            at: SourceLocation(file: document.reader.displayPath(document.file), line: 1, column: 1)
        )
        // The line is not shown: the file may contain secrets.
        found.append(problem.withAdvice)
    }

    /// Whether a file is plain text: it cannot be read as a document, and does not claim to be one.
    private static func isPlainText(_ file: String, _ error: SourceError) -> Bool {
        isText(file)
            && error.diagnostics.allSatisfy { problem in
                [
                    "yaml.", "source.yaml", "source.json", "source.duplicate-key", "source.several-documents",
                    "source.empty",
                ]
                .contains { problem.rule.utf8.starts(with: $0.utf8) }
            }
    }

    private static let valueRules: Set<String> = ["data.control", "table.nul"]

    private static func isText(_ file: String) -> Bool {
        let name = file.lowercased()
        return ![".yaml", ".yml", ".json"].contains { name.hasSuffix($0) }
    }

    /// Checks an overlay, and the document that it extends with the overlay applied.
    private mutating func lintOverlay(_ source: SourceFile, _ document: DocumentReader) {
        do {
            let overlay = try OverlayCheck(source)
            addStrictly(source.diagnostics, reader: document.reader)
            add(overlay.diagnostics, reader: document.reader)
            guard let target = overlay.extendedFile else { return }
            let folder = document.file.utf8.lastIndex(of: UInt8(ascii: "/")).map { document.file[...$0] } ?? ""
            _ = load(folder + target, overlays: [document.file], name: "", reader: document.reader)
        } catch {
            refuse(error.diagnostics, reader: document.reader)
        }
    }

    private mutating func lintNamedTables(_ tables: [TableSource]) {
        do {
            let loaded = try workspace.contracts(request.contracts)
            let shared = workspace.shared(besides: tables.map(\.path)).filter { !$0.holdsLaws }
            lintTables(loaded.contracts, tables + shared, reporting: Set(tables.map(\.path)))
        } catch {
            refuse(error.diagnostics.entries, reader: workspace.reader)
        }
    }
}
