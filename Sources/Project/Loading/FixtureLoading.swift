import JSONDocument

extension ProjectLoading {
    /// `fixtures: {folder: fixtures, max-age: 30d}`.
    mutating func fixtures(_ node: JSONNode) -> Fixtures {
        var fixtures = Fixtures()
        for part in reader.members(of: node, what: "fixtures", known: ["folder", "max-age"]) {
            switch part.name {
            case "folder": fixtures.folder = folder(part.value) ?? fixtures.folder
            case "max-age": fixtures.maximumAge = age(part.value)
            default: break
            }
        }
        return fixtures
    }

    /// A folder of the project: recordings are written, so the path must not lead out of it.
    private mutating func folder(_ node: JSONNode) -> String? {
        guard let text = reader.text(node, what: "folder") else { return nil }
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard text.utf8.first != UInt8(ascii: "/"), !parts.contains(where: { $0.elementsEqual("..".utf8) }) else {
            reader.report(
                "wrong-path", "`folder` is outside the project: \(quoted(text))", at: node,
                help: "write a path below the project, such as fixtures")
            return nil
        }
        return text
    }

    private mutating func age(_ node: JSONNode) -> Duration? {
        guard let text = reader.text(node, what: "max-age") else { return nil }
        if text.utf8.last == UInt8(ascii: "d"), let days = Int(text.dropLast()), (1...3_650).contains(days) {
            return .seconds(days * 86_400)
        }
        return reader.duration(node, what: "max-age")
    }
}
