import JSONDocument
import SourceText

/// Reads `reports: {keep: 20, max-age: 30d}`.
enum RetentionReader {
    static func retention(_ node: JSONNode, _ reader: inout DiagnosingReader) -> Project.Retention {
        var retention = Project.Retention()
        for part in reader.members(of: node, "reports", known: ["keep", "max-age"]) {
            switch part.name {
            case "keep": retention.keep = reader.integer(part.value, "keep", in: 1...10_000)
            default: retention.maximumAge = reader.age(part.value)
            }
        }
        return retention
    }
}
