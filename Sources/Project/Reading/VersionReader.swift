import JSONDocument
import SourceText

/// Reads `versions`: the contracts of a project.
enum VersionReader {
    static func versions(_ node: JSONNode, _ reader: inout DiagnosingReader) -> [Version] {
        var versions: [Version] = []
        for member in reader.members(of: node, "versions") {
            let what = "version \(quoted(member.name))"
            var version = Version(name: member.name, spec: "")
            for part in reader.members(of: member.value, what, known: ["spec", "overlays", "behaviour"]) {
                switch part.name {
                case "spec": version.spec = reader.text(part.value, "spec") ?? ""
                case "overlays": version.overlays = reader.texts(part.value, "overlays").map(\.text)
                default: version.behaviour = reader.text(part.value, "behaviour")
                }
            }
            if member.value.kind == .object, member.value["spec"] == nil {
                reader.report(
                    "missing-key", "\(what) has no document", at: member.namePosition, help: "add spec: FILE")
            }
            versions.append(version)
        }
        return versions
    }
}

/// Reads `fixtures: {folder: fixtures, max-age: 30d}`.
enum FixtureReader {
    static func fixtures(_ node: JSONNode, _ reader: inout DiagnosingReader) -> Fixtures {
        var fixtures = Fixtures()
        for part in reader.members(of: node, "fixtures", known: ["folder", "max-age"]) {
            switch part.name {
            case "folder": fixtures.folder = folder(part.value, &reader) ?? fixtures.folder
            default: fixtures.maximumAge = age(part.value, &reader)
            }
        }
        return fixtures
    }

    /// A folder of the project: recordings are written, so the path must not lead out of it.
    private static func folder(_ node: JSONNode, _ reader: inout DiagnosingReader) -> String? {
        guard let text = reader.text(node, "folder") else { return nil }
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard text.utf8.first != UInt8(ascii: "/"), !parts.contains(where: { $0.elementsEqual("..".utf8) }) else {
            reader.report(
                "wrong-path", "`folder` is outside the project: \(quoted(text))", at: node,
                help: "write a path below the project, such as fixtures")
            return nil
        }
        return text
    }

    private static func age(_ node: JSONNode, _ reader: inout DiagnosingReader) -> Duration? {
        guard let text = reader.text(node, "max-age") else { return nil }
        if text.utf8.last == UInt8(ascii: "d"), let days = Int(text.dropLast()), (1...3_650).contains(days) {
            return .seconds(days * 86_400)
        }
        return reader.duration(node, "max-age")
    }
}
