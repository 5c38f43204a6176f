import JSONDocument
import SourceText

/// Reads `versions`: the contracts of a project.
enum VersionReader {
    static func versions(_ node: JSONNode, _ reader: inout DiagnosingReader) -> [Version] {
        var versions: [Version] = []
        for member in reader.members(of: node, "versions") {
            let what = "version \(quoted(member.name))"
            if let file = member.value.string {
                reader.report(
                    "wrong-type", "\(what) must be a mapping, found string", at: member.value,
                    help: "write \(member.name): {spec: \(file)}")
                continue
            }
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
            // Without a document there is nothing to load; the file has a diagnostic already.
            if !version.spec.isEmpty { versions.append(version) }
        }
        return versions
    }
}
