package import Diagnostics
import JSONDocument
import OpenAPI
import Primitives
import Project
import SourceText
package import Versions

/// A request to compare two contracts: the input of `assay diff`.
package struct DiffRequest: Sendable {
    /// The old contract: a file, a folder, a version of `assay.yaml`, or `REV:path`.
    package var old: String
    /// The new contract, in the same ways.
    package var new: String
    /// The parts to compare and their weights.
    package var options: ComparisonOptions
    /// The severity from which the command fails.
    package var failOn: Severity = .error
    /// The file of accepted changes.
    package var ignore: String?
    /// The day to judge by, `2026-01-31`.
    package var today: String
    /// Further folders in which references of documents may lead to files. A document's own folder is always allowed.
    package var allowedFolders: [String] = []
    /// The rows and recordings that the changes are joined with.
    package var join = JoinChoice()
    /// The variables of the environment, which rows may name.
    package var environment: [String: String] = [:]
    /// Copies a file of a git revision, with the files that it refers to, into a folder of its own.
    package var revisions: (any RevisionSource)?

    /// Compares `old` with `new`.
    package init(old: String, new: String, options: ComparisonOptions = ComparisonOptions(), today: String) {
        self.old = old
        self.new = new
        self.options = options
        self.today = today
    }
}

/// Which rows and recordings the changes are joined with.
package struct JoinChoice: Sendable {
    /// Whether changes are joined with rows and recordings.
    package var isWanted = true
    /// Tables: files or folders; empty takes those of the project.
    package var tables: [String] = []
    /// Recordings: files or folders; empty takes those of the project.
    package var recordings: [String] = []

    /// Everything of the project.
    package init() {}
}

/// Reads files of git revisions.
package protocol RevisionSource: Sendable {
    /// Copies `path` of `revision` and all that it refers to.
    ///
    /// - Returns: The folder with the copies and the document's path below it.
    func copy(_ path: String, of revision: String) throws(HarnessError) -> (folder: String, file: String)
}

/// The result of `assay diff`.
package struct DiffResult: Sendable {
    /// The name of the old contract.
    package var base: String
    /// The name of the new contract.
    package var revision: String
    /// The changes, most severe first.
    package var changes: [Change]
    /// The effects of the changes on rows and recordings.
    package var impacts = ChangeImpacts.unknown
    /// The edits of tables that follow the changes; `nil` where there are none.
    package var edits: TableEdits?
    /// The diagnostics from loading.
    package var diagnostics: Diagnostics
    /// The exit code.
    package var exit: ExitCode

    /// A result from its parts.
    package init(base: String, revision: String, changes: [Change], diagnostics: Diagnostics, exit: ExitCode) {
        self.base = base
        self.revision = revision
        self.changes = changes
        self.diagnostics = diagnostics
        self.exit = exit
    }
}

/// Compares contracts from files, folders, revisions and the configuration.
package struct DiffSession: Sendable {
    private let workspace: Workspace
    private let request: DiffRequest
    private var found = Diagnostics()

    /// One side of the comparison.
    private enum Input: Sendable {
        case contract(Contract)
        case folder([String: Contract])
    }

    /// One side, and the diagnostics from reading it.
    private struct Side: Sendable {
        var input: Input
        var found: Diagnostics
    }

    private init(_ workspace: Workspace, _ request: DiffRequest) {
        self.workspace = workspace
        self.request = request
    }

    /// Compares what `request` names in the folder `root`.
    ///
    /// - Throws: `HarnessError` (exit 2) when a side cannot be read or there is nothing to compare.
    package static func run(_ root: String, _ request: DiffRequest) async throws(HarnessError) -> DiffResult {
        let workspace = try Workspace.open(root)
        var session = DiffSession(workspace, request)
        return try await session.run()
    }

    /// Reads both sides at the same time: reading takes longer than comparing.
    private mutating func readSides() async throws(HarnessError) -> (old: Input, new: Input) {
        let reader = self
        async let old = reader.side(request.old)
        async let new = reader.side(request.new)
        switch (await old, await new) {
        case (.success(let old), .success(let new)):
            found.append(contentsOf: old.found.entries)
            found.append(contentsOf: new.found.entries)
            return (old.input, new.input)
        case (.failure(var error), .failure(let other)):
            error.diagnostics.append(contentsOf: other.diagnostics.entries)
            throw error
        case (.failure(let error), .success), (.success, .failure(let error)): throw error
        }
    }

    private func side(_ text: String) -> Result<Side, HarnessError> {
        var session = self
        do throws(HarnessError) {
            let input = try session.input(text)
            return .success(Side(input: input, found: session.found))
        } catch {
            return .failure(error)
        }
    }

    private mutating func run() async throws(HarnessError) -> DiffResult {
        let ignored = try request.ignore.map { path throws(HarnessError) in try IgnoreFile.read(path, workspace) }
        var changes: [Change] = []
        var isCut = false
        var sides: (old: Contract, new: Contract)?
        switch try await readSides() {
        case (.contract(let old), .contract(let new)):
            sides = (old, new)
            let comparison = ContractDiff.compare(old, new, request.options)
            changes = comparison.changes
            isCut = comparison.isCut
        case (.folder(let old), .folder(let new)):
            guard old.keys.contains(where: { new[$0] != nil }) else {
                throw .wrongInput(
                    "diff.nothing-in-common", "the folders have no contract of the same name in common",
                    help: "compare two files instead")
            }
            for name in Set(old.keys).union(new.keys).sorted() {
                let comparison =
                    switch (old[name], new[name]) {
                    case (let before?, let after?): ContractDiff.compare(before, after, request.options)
                    case (let before?, nil): ContractDiff.removal(of: before, request.options)
                    case (nil, let after?): ContractDiff.addition(of: after, request.options)
                    case (nil, nil): Comparison.empty
                    }
                changes += comparison.changes
                isCut = isCut || comparison.isCut
            }
        default:
            throw .wrongInput(
                "diff.mixed", "one side is a folder and the other is a file", help: "name two files or two folders")
        }
        if isCut {
            found.append(
                Diagnostic(
                    "diff.too-many", .warning, "only the first \(Comparison.maximumChanges) changes are listed"))
        }
        if let ignored { changes = ignored.applied(to: changes, on: request.today, request.options.preset) }
        var joined = JoinSession.Result()
        if request.join.isWanted, let sides {
            var session = JoinSession(workspace, request, from: sides.old, to: sides.new)
            joined = try session.run(changes)
            found.append(contentsOf: joined.diagnostics)
        }
        var result = result(changes)
        result.impacts = joined.impacts
        result.edits = joined.edits
        return result
    }

    private func result(_ changes: [Change]) -> DiffResult {
        let sorted = changes.enumerated().sorted { left, right in
            left.element.severity != right.element.severity
                ? right.element.severity < left.element.severity : left.offset < right.offset
        }.map(\.element)
        var exit = ExitCode.passed
        if changes.contains(where: { $0.severity >= request.failOn }) {
            exit = .breaking
        } else if found.entries.contains(where: { $0.severity == .error && $0.rule.hasPrefix("reference.") }) {
            // A part that was not read may have changed, so the result cannot count as clean.
            exit = .wrongInput
        }
        return DiffResult(
            base: request.old, revision: request.new, changes: sorted, diagnostics: found, exit: exit)
    }

    // MARK: Sides

    private mutating func input(_ text: String) throws(HarnessError) -> Input {
        if FileSystem.isFolder(text, in: workspace.root) { return try folder(text) }
        if FileSystem.exists(text, in: workspace.root) { return .contract(try file(text)) }
        if let version = workspace.project.version(text) {
            return .contract(
                try load(version.spec, overlays: version.overlays, name: version.name, workspace.reader))
        }
        if let revision = try GitRevision(text) {
            guard let source = request.revisions else {
                throw .wrongInput("diff.revision", "git revisions cannot be read here")
            }
            let copy = try source.copy(revision.path, of: revision.revision)
            let reader = SourceReader(root: copy.folder, prefix: "\(revision.revision):")
            return .contract(try load(copy.file, name: versionName(of: revision.path), reader))
        }
        let names = workspace.project.versions.map(\.name)
        throw .wrongInput(
            "diff.unknown-input", "'\(text)' is not a file, a folder, a version of \(Project.fileName), or REV:path",
            help: nearestName(to: text, among: names).map { "did you mean '\($0)'?" })
    }

    private mutating func file(_ path: String) throws(HarnessError) -> Contract {
        let document = workspace.documentReader(for: path, allowing: request.allowedFolders)
        return try load(document.file, name: versionName(of: path), document.reader)
    }

    /// The version of the project that a document belongs to. Rows that name the version are joined as well.
    private func versionName(of path: String) -> String? {
        workspace.project.versions.first { $0.spec.isSame(as: path) }?.name
    }

    private mutating func folder(_ path: String) throws(HarnessError) -> Input {
        var contracts: [String: Contract] = [:]
        let files = [".yaml", ".yml", ".json"].flatMap {
            FileSystem.files(in: path, of: workspace.root, suffix: $0)
        }
        for file in files.prefix(1_000) where isContract(file) {
            let name = String(file.dropFirst(path == "." ? 0 : path.hasSuffix("/") ? path.count : path.count + 1))
            contracts[name] = try self.file(file)
        }
        guard !contracts.isEmpty else {
            throw .wrongInput("diff.empty-folder", "the folder '\(path)' contains no OpenAPI document")
        }
        return .folder(contracts)
    }

    /// Whether a file of a folder is an OpenAPI document; overlays and parts of documents are in the same folders.
    private func isContract(_ path: String) -> Bool {
        let document = workspace.documentReader(for: path, allowing: request.allowedFolders)
        guard let source = try? document.reader.recovering.read(document.file) else { return true }
        return source.document.root["openapi"] != nil || source.document.root["swagger"] != nil
    }

    private mutating func load(
        _ file: String, overlays: [String] = [], name: String?, _ reader: SourceReader
    ) throws(HarnessError) -> Contract {
        do {
            let contract = try ContractLoader.load(file: file, overlays: overlays, name: name, reader: reader)
            found.append(contentsOf: contract.diagnostics)
            return contract
        } catch {
            throw HarnessError(.wrongInput, Diagnostics(error.diagnostics.map(\.withAdvice)))
        }
    }
}

/// `REV:path`, taken apart.
struct GitRevision {
    var revision: String
    var path: String

    /// Reads the text; `nil` when it has no colon.
    ///
    /// - Throws: `HarnessError` (exit 2) for a revision or path that git could take for an option, and for a path
    ///   outside of the repository.
    init?(_ text: String) throws(HarnessError) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        revision = String(parts[0])
        path = String(parts[1])
        let allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/~^@{}+-"
        guard !revision.isEmpty, revision.utf8.count <= 250, revision.utf8.first != UInt8(ascii: "-"),
            revision.unicodeScalars.allSatisfy({ allowed.unicodeScalars.contains($0) })
        else {
            throw .wrongInput(
                "diff.revision", "'\(revision)' is not a git revision",
                help: "write a branch, a tag or a commit: main:specs/api.yaml")
        }
        let steps = path.split(separator: "/", omittingEmptySubsequences: false)
        guard !path.isEmpty, path.utf8.first != UInt8(ascii: "-"), path.utf8.first != UInt8(ascii: "/"),
            !steps.contains(".."), !path.utf8.contains(0), !path.utf8.contains(UInt8(ascii: "\n"))
        else {
            throw .wrongInput(
                "diff.revision", "'\(path)' is not a path inside the repository",
                help: "write it from the root of the repository: main:specs/api.yaml")
        }
    }
}
