import Diagnostics
import JSONDocument
import Scenarios
import SourceText

/// One pass over `assay.yaml`.
struct ProjectLoading {
    var reader: ConfigurationReader

    init(_ source: SourceFile) {
        reader = ConfigurationReader(source)
    }

    private static let keys = [
        "versions", "default-version", "run-versions", "scenarios", "targets", "default-target", "auth", "default-auth",
        "volatile", "redact", "vars", "promises", "strict-tags", "fixtures", "baseline",
    ]

    mutating func project() -> Project {
        let root = reader.source.document.root
        var project = Project.empty
        project.file = reader.source.path
        for member in reader.members(of: root, what: "the configuration", known: Self.keys) {
            let value = member.value
            switch member.name {
            case "versions": project.versions = versions(value)
            case "default-version": project.defaultVersion = reader.text(value, what: "default-version")
            case "run-versions":
                project.runVersions = reader.texts(value, what: "run-versions").map(\.text)
            case "scenarios": project.scenarios = reader.texts(value, what: "scenarios").map(\.text)
            case "targets": project.targets = targets(value)
            case "default-target":
                project.defaultTarget = reader.text(value, what: "default-target") ?? project.defaultTarget
            case "auth": project.profiles = profiles(value)
            case "default-auth": project.defaultProfile = reader.text(value, what: "default-auth")
            case "volatile": project.volatile = paths(value, what: "volatile")
            case "redact": project.redact = redact(value)
            case "vars": project.variables = variables(value)
            case "strict-tags": project.strictTags = reader.texts(value, what: "strict-tags").map(\.text)
            case "fixtures": project.fixtures = fixtures(value)
            case "baseline": project.baseline = reader.text(value, what: "baseline")
            case "promises": project.promises = promises(value)
            default: break
            }
        }
        checkNames(root)
        if project.defaultVersion == nil {
            let only = project.versions.count == 1 ? project.versions.first?.name : nil
            project.defaultVersion = project.runVersions.first ?? only
        }
        return project
    }

    /// Names that point into another part of the file must be there, even when what they name is wrong.
    private mutating func checkNames(_ root: JSONNode) {
        func names(_ key: String) -> [String] { root[key].map { $0.members.map(\.name) } ?? [] }
        require(root["default-version"], among: names("versions"), kind: "version")
        for name in root["run-versions"].map({ $0.kind == .array ? Array($0.elements) : [$0] }) ?? [] {
            require(name, among: names("versions"), kind: "version")
        }
        require(
            root["default-target"], among: names("targets") + [Target.mock.name, Target.fixtures.name], kind: "target")
        require(root["default-auth"], among: names("auth"), kind: "auth profile")
        for target in root["targets"].map({ Array($0.members) }) ?? [] {
            require(target.value["auth"], among: names("auth"), kind: "auth profile")
        }
    }

    private mutating func require(_ place: JSONNode?, among names: [String], kind: String) {
        guard let place, let name = place.string, !name.isEmpty,
            !names.contains(where: { $0.utf8.elementsEqual(name.utf8) })
        else { return }
        reader.report(
            "unknown-name",
            "unknown \(kind) \(quoted(name))",
            at: place,
            help: nearestName(to: name, among: names).map { "did you mean `\($0)`?" }
        )
    }

    /// Paths of values that messages carry; the method or a status is not one that could be kept back.
    private mutating func redact(_ node: JSONNode) -> [String] {
        paths(node, what: "redact") { path in
            switch path.root {
            case .body, .header, .query, .cookie: true
            case .path, .status, .time, .operation, .tag, .method, .requestPath: false
            }
        }
    }

    mutating func paths(
        _ node: JSONNode, what: String, isMeant: (ItemPath) -> Bool = { _ in true }
    ) -> [String] {
        var result: [String] = []
        for (text, node) in reader.texts(node, what: what) {
            do {
                let path = try ItemPath.parse(text)
                if isMeant(path) {
                    result.append(text)
                } else {
                    reader.report(
                        "wrong-path", "\(quoted(text)) is not a valid place for \(what)", at: node,
                        help: "write header.name, query.name, cookie.name or body.member")
                }
            } catch {
                reader.report(
                    "wrong-path", "\(quoted(text)) is not a valid path: \(error.message)", at: node, help: error.help)
            }
        }
        return result
    }

    private mutating func variables(_ node: JSONNode) -> [Project.Variable] {
        var result: [Project.Variable] = []
        for member in reader.members(of: node, what: "vars") {
            if let value = reader.text(member.value, what: "variable \(quoted(member.name))") {
                result.append(Project.Variable(name: member.name, value: value))
            }
        }
        return result
    }
}
