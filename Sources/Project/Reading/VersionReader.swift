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
