import JSONDocument

extension ProjectLoading {
    /// The contracts under `versions`.
    mutating func versions(_ node: JSONNode) -> [Version] {
        var result: [Version] = []
        for member in reader.members(of: node, what: "versions") {
            let what = "version \(quoted(member.name))"
            var version = Version(name: member.name, spec: "")
            let known = ["spec", "overlays", "behaviour"]
            for part in reader.members(of: member.value, what: what, known: known) {
                switch part.name {
                case "spec": version.spec = reader.text(part.value, what: "spec") ?? ""
                case "overlays": version.overlays = reader.texts(part.value, what: "overlays").map(\.text)
                case "behaviour": version.behaviour = reader.text(part.value, what: "behaviour")
                default: break
                }
            }
            if member.value.kind == .object, member.value["spec"] == nil {
                reader.report(
                    "missing-key", "\(what) has no document", at: member.namePosition, help: "add spec: FILE")
            }
            result.append(version)
        }
        return result
    }
}
