import Diagnostics
import Drafting
import JSONDocument
import OpenAPI
import Primitives
import Project
package import Reporting
import SourceText

/// The document and folder of `assay init`.
package struct InitRequest: Sendable {
    /// The document, relative to ``folder`` or absolute.
    package var spec: String
    /// The folder that the command is started in; absolute.
    package var folder: String
    /// The project's root, relative to ``folder`` or absolute; `nil` is ``folder``.
    package var output: String?

    /// A first project for `spec` in `folder`.
    package init(spec: String, folder: String) {
        self.spec = spec
        self.folder = folder
    }
}

/// Writes a first project for a document.
package enum InitSession {
    /// Drafts configuration and tables and writes those files that are not there yet.
    ///
    /// - Throws: `HarnessError`: exit 2 when the document cannot be used, 3 when a file cannot be written.
    package static func run(_ request: InitRequest) throws(HarnessError) -> InitResult {
        let root = FileSystem.joined(request.folder, request.output ?? ".")
        if let reason = FileSystem.makeFolder(root) {
            throw .notPossible("init.folder", "the folder \(root) cannot be created: \(reason)")
        }
        let workspace = try Workspace.open(root)
        let (spec, copy) = try document(request, workspace)
        var files: [InitResult.File] = []
        if let copy { files.append(try write(copy, to: spec, workspace)) }
        let contract: Contract
        do {
            contract = try ContractLoader.load(file: spec, reader: workspace.reader)
        } catch {
            throw HarnessError(.wrongInput, Diagnostics(error.diagnostics))
        }
        let hasConfiguration = workspace.project.file != nil
        let profiles = hasConfiguration ? workspace.project.profiles.map(\.name) : [ConfigurationDraft.profile]
        let draft = Drafter.draft(
            contract, profiles: profiles, variables: hasConfiguration ? workspace.project.variableValues : nil
        ) { try? workspace.reader.bytes($0) }
        if !hasConfiguration {
            let text = ConfigurationDraft.text(
                contract, spec: spec, variables: draft.variables, resources: draft.resources,
                money: draft.money)
            files.append(try write(Array(text.utf8), to: Project.fileName, workspace))
        } else {
            files.append(InitResult.File(path: Project.fileName, isWritten: false))
        }
        for file in draft.files {
            var written = try write(Array(file.text.utf8), to: file.path, workspace)
            (written.scenarios, written.steps) = (file.scenarios, file.steps)
            files.append(written)
        }
        var diagnostics = contract.diagnostics.filter { $0.severity == .error }
        if contract.operations.isEmpty { diagnostics.append(noOperations(contract, spec)) }
        if hasConfiguration, !names(spec, workspace.project) { diagnostics.append(notConfigured(spec)) }
        return InitResult(
            output: request.output ?? ".", configuration: Project.fileName, files: files,
            servers: try Workspace.openWithProblems(root).project.targets
                .filter { $0.kind != .mock && $0.kind != .fixtures }
                .map { InitResult.Server(name: $0.name, isProduction: $0.isProduction) },
            variables: hasConfiguration ? [] : CredentialDraft.all(of: contract).flatMap(\.secrets),
            placeholders: draft.variables.map(\.name),
            leftOut: draft.leftOut.map { entry in
                InitResult.LeftOut(
                    operation: entry.operation, what: entry.what, isWhole: entry.what == Draft.LeftOut.whole,
                    why: entry.why)
            },
            diagnostics: Diagnostics(diagnostics))
    }

    /// The document's path below the root, and its content where it has to be copied there.
    private static func document(
        _ request: InitRequest, _ workspace: Workspace
    ) throws(HarnessError) -> (path: String, copy: [UInt8]?) {
        let path = FileSystem.joined(request.folder, request.spec)
        let shown = workspace.reader.displayPath(path)
        if shown.utf8.first != UInt8(ascii: "/") { return (shown, nil) }
        let parts = path.split(separator: "/")
        let name = parts.last.map(String.init) ?? "openapi.yaml"
        let outside = SourceReader(root: "/" + parts.dropLast().joined(separator: "/"))
        let source: SourceFile
        do {
            source = try outside.read(name)
        } catch {
            throw HarnessError(.wrongInput, Diagnostics(error.diagnostics))
        }
        if let other = otherFile(source.document.root) {
            throw .wrongInput(
                "init.outside", "\(request.spec) is outside the project and refers to another file: \(other)",
                help: "move both into the project folder, or choose another folder with --output")
        }
        return ("specs/\(name)", source.bytes)
    }

    /// The first reference that leads out of a document: copied alone, the document would be torn.
    private static func otherFile(_ node: JSONNode, depth: Int = 0) -> String? {
        guard depth < 256 else { return nil }
        for element in node.elements {
            if let found = otherFile(element, depth: depth + 1) { return found }
        }
        for member in node.members {
            if member.name == "$ref", let text = member.value.string, text.utf8.first != UInt8(ascii: "#") {
                return text
            }
            if let found = otherFile(member.value, depth: depth + 1) { return found }
        }
        return nil
    }

    private static func write(
        _ bytes: [UInt8], to path: String, _ workspace: Workspace
    ) throws(HarnessError) -> InitResult.File {
        guard !FileSystem.exists(path, in: workspace.root) else {
            return InitResult.File(path: path, isWritten: false)
        }
        try ReportFiles(root: workspace.root).write(String(decoding: bytes, as: UTF8.self), to: path)
        return InitResult.File(path: path, isWritten: true)
    }

    private static func names(_ spec: String, _ project: Project) -> Bool {
        project.versions.contains { $0.spec.isSame(as: spec) }
    }

    /// A document that has nothing to call.
    private static func noOperations(_ contract: Contract, _ spec: String) -> Diagnostic {
        let isOutgoing = !contract.outgoing.isEmpty
        return Diagnostic(
            "init.no-operations", .warning,
            isOutgoing
                ? "\(spec) declares only webhooks, and tests need an operation"
                : "\(spec) declares no operations, so there is nothing to test",
            help: "add operations under `paths`, or write tables by hand")
    }

    private static func notConfigured(_ spec: String) -> Diagnostic {
        Diagnostic(
            "init.not-configured", .warning, "\(Project.fileName) already exists and names another document",
            help: "run the tables with --spec \(spec), or add the document under `versions`")
    }
}
