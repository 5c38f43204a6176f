import JSONDocument
import Scenarios
import SourceText

/// Reads `fixtures: {folder: fixtures, max-age: 30d}`.
enum FixtureReader {
    static func fixtures(_ node: JSONNode, _ reader: inout DiagnosingReader) -> Fixtures {
        var fixtures = Fixtures()
        for part in reader.members(of: node, "fixtures", known: ["folder", "max-age"]) {
            switch part.name {
            case "folder": fixtures.folder = folder(part.value, &reader) ?? fixtures.folder
            default: fixtures.maximumAge = reader.age(part.value)
            }
        }
        return fixtures
    }

    /// A folder of the project. Recordings are written to it, so the path must stay inside of the project.
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
}

extension DiagnosingReader {
    /// A `max-age`: a number of days such as `30d`, or a duration.
    mutating func age(_ node: JSONNode) -> Duration? {
        guard let text = text(node, "max-age") else { return nil }
        if text.utf8.last == UInt8(ascii: "d"), let days = Int(text.dropLast()), (1...3_650).contains(days) {
            return .seconds(days * 86_400)
        }
        return duration(node, "max-age")
    }

    /// A duration such as `500ms`, `30s` or `2m`, more than nothing and an hour at most.
    mutating func duration(_ node: JSONNode, _ what: String) -> Duration? {
        if let text = node.string, let duration = DurationText.parse(text), duration > .zero,
            duration <= .seconds(3600)
        {
            return duration
        }
        report(
            "wrong-duration", "\(what) must be between 1ms and 1h", at: node,
            help: "write for example 500ms, 30s or 2m")
        return nil
    }
}
