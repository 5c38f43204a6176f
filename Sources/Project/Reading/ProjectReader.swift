package import Diagnostics
import JSONDocument
import Primitives
import Scenarios
package import SourceText

extension Project {
    /// The name of the configuration file in a project's folder.
    package static let fileName = "assay.yaml"

    /// Reads the configuration at `path`.
    ///
    /// - Throws: `SourceError` with every mistake of the file, each with line and column.
    package static func load(_ path: String = Project.fileName, reader: SourceReader) throws(SourceError) -> Project {
        try Project(reader.read(path))
    }

    /// The valid part of a configuration, and every mistake of it, each with line and column.
    ///
    /// A project whose configuration has errors is only used to find more of them, never for a run.
    package static func reading(_ source: SourceFile) -> (project: Project, problems: [Diagnostic]) {
        var reader = DiagnosingReader(source, as: .configuration)
        let project = ProjectReader.project(&reader)
        return (project, reader.diagnostics.sorted)
    }

    /// The project that a configuration describes.
    ///
    /// - Throws: `SourceError` with every mistake of the file, each with line and column.
    package init(_ source: SourceFile) throws(SourceError) {
        let (project, problems) = Project.reading(source)
        guard !Diagnostics(problems).hasErrors else { throw SourceError(problems) }
        self = project
    }
}

/// Reads `assay.yaml`.
enum ProjectReader {
    private static let keys = [
        "versions", "default-version", "run-versions", "scenarios", "targets", "default-target", "auth", "default-auth",
        "volatile", "redact", "vars", "promises", "money", "refs", "strict-tags", "fixtures", "baseline", "reports",
        "webhooks", "quarantine", "ill",
    ]

    static func project(_ reader: inout DiagnosingReader) -> Project {
        var project = Project.empty
        project.file = reader.source.path
        for member in reader.members(of: reader.root, "the configuration", known: keys) {
            let (value, name) = (member.value, member.name)
            switch name {
            case "versions": project.versions = VersionReader.versions(value, &reader)
            case "default-version": project.defaults.version = reader.text(value, name)
            case "run-versions": project.defaults.runVersions = reader.texts(value, name).map(\.text)
            case "scenarios": project.scenarios = reader.texts(value, name).map(\.text)
            case "targets": project.targets = TargetReader.targets(value, &reader)
            case "default-target": project.defaults.target = reader.text(value, name) ?? project.defaults.target
            case "auth": project.profiles = AuthReader.profiles(value, &reader)
            case "default-auth": project.defaults.profile = reader.text(value, name)
            case "volatile": project.judging.volatile = reader.paths(value, name).map(\.text)
            case "redact": project.redact = redactedPaths(value, &reader)
            case "vars": project.variables = variables(value, name, &reader)
            case "strict-tags": project.judging.strictTags = reader.texts(value, name).map(\.text)
            case "fixtures": project.fixtures = FixtureReader.fixtures(value, &reader)
            case "reports": project.retention = RetentionReader.retention(value, &reader)
            case "webhooks": project.judging.webhooks = WebhookReader.webhooks(value, &reader)
            case "quarantine": project.judging.quarantine = QuarantineReader.entries(value, &reader)
            case "ill": project.judging.illness = IllnessReader.illness(value, &reader)
            case "baseline": project.judging.baseline = reader.text(value, name)
            case "refs": readRequirements(value, &project.judging, &reader)
            case "money": project.judging.promises.money = MoneyReader.groups(value, &reader)
            default:
                let money = project.judging.promises.money
                project.judging.promises = PromiseReader.promises(value, &reader)
                project.judging.promises.money = money
            }
        }
        checkNames(&reader)
        if project.defaults.version == nil {
            let only = project.versions.count == 1 ? project.versions.first?.name : nil
            project.defaults.version = project.defaults.runVersions.first ?? only
        }
        return project
    }

    /// Requirements, or the files that contain them. A range of versions depends on the order of `versions`, which may
    /// follow later in the file.
    private static func readRequirements(
        _ node: JSONNode, _ judging: inout Project.Judging, _ reader: inout DiagnosingReader
    ) {
        if node.kind == .object {
            let versions = reader.root["versions"].map { $0.members.map(\.name) } ?? []
            judging.requirements = RequirementReader.requirements(node, versions: versions, &reader)
        } else {
            judging.requirementFiles = reader.texts(node, "refs").map(\.text)
        }
    }

    /// Paths of values in messages; the method and the status cannot be masked.
    private static func redactedPaths(_ node: JSONNode, _ reader: inout DiagnosingReader) -> [String] {
        reader.paths(node, "redact").compactMap { text, path, node in
            switch path.root {
            case .body, .header, .query, .cookie: return text
            case .path, .partHeader, .status, .time, .operation, .tag, .method, .requestPath:
                reader.report(
                    "wrong-path", "\(quoted(text)) is not a valid place for redact", at: node,
                    help: "write header.name, query.name, cookie.name or body.member")
                return nil
            }
        }
    }

    /// Values for `{{var.x}}`.
    ///
    /// - Parameter what: The subject of messages: `vars`.
    static func variables(
        _ node: JSONNode, _ what: String, _ reader: inout DiagnosingReader
    ) -> [Project.Variable] {
        var variables: [Project.Variable] = []
        for member in reader.members(of: node, what) {
            if let value = reader.text(member.value, "variable \(quoted(member.name))") {
                variables.append(Project.Variable(name: member.name, value: value))
            }
        }
        return variables
    }

    // MARK: Names

    /// Names that refer to another part of the file must exist there, even when that part is wrong.
    private static func checkNames(_ reader: inout DiagnosingReader) {
        let root = reader.root
        func names(_ key: String) -> [String] { root[key].map { $0.members.map(\.name) } ?? [] }
        require(root["default-version"], among: names("versions"), "version", &reader)
        for name in root["run-versions"].map({ $0.kind == .array ? Array($0.elements) : [$0] }) ?? [] {
            require(name, among: names("versions"), "version", &reader)
        }
        let declared = names("targets")
        let builtIn = [Target.mock.name, Target.fixtures.name].filter { !declared.contains($0) }
        let targets = declared + builtIn
        require(root["default-target"], among: targets, "target", &reader)
        require(root["default-auth"], among: names("auth"), "auth profile", &reader)
        for target in root["targets"].map({ Array($0.members) }) ?? [] {
            require(target.value["auth"], among: names("auth"), "auth profile", &reader)
        }
    }

    private static func require(
        _ place: JSONNode?, among names: [String], _ kind: String, _ reader: inout DiagnosingReader
    ) {
        guard let place, let name = place.string, !name.isEmpty,
            !names.contains(where: { $0.isSame(as: name) })
        else { return }
        reader.reportUnknown(
            "unknown-name", "unknown \(kind) \(quoted(name))", name: name, known: names, at: place.position,
            otherwise: names.isEmpty ? nil : "the \(kind)s are \(names.joined(separator: ", "))")
    }
}

extension FileFormat {
    /// `assay.yaml`.
    static let configuration = FileFormat(name: "configuration")
}

extension DiagnosingReader {
    /// One path or a list of them, such as `body.id`.
    mutating func paths(_ node: JSONNode, _ what: String) -> [(text: String, path: ItemPath, node: JSONNode)] {
        var paths: [(text: String, path: ItemPath, node: JSONNode)] = []
        for (text, node) in texts(node, what) {
            do {
                paths.append((text, try ItemPath.parse(text), node))
            } catch {
                report(
                    "wrong-path", "\(quoted(text)) is not a valid path: \(error.message)", at: node, help: error.help)
            }
        }
        return paths
    }
}
