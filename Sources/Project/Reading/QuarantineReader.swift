import JSONDocument
import Primitives
import Scenarios
import SourceText

/// Reads `quarantine`, a list of rows that may fail for a time.
enum QuarantineReader {
    private static let keys = ["row", "reason", "until"]
    private static let example = "write {row: SCENARIO/STEP, reason: TEXT, until: '2026-12-31'}"

    static func entries(_ node: JSONNode, _ reader: inout DiagnosingReader) -> [QuarantineEntry] {
        guard node.kind == .array else {
            reader.reportKind(node, "quarantine", expected: "a list")
            return []
        }
        return node.elements.compactMap { entry($0, &reader) }
    }

    private static func entry(_ node: JSONNode, _ reader: inout DiagnosingReader) -> QuarantineEntry? {
        var texts: [String: String] = [:]
        let members = reader.members(of: node, "an entry of quarantine", known: keys)
        guard node.kind == .object else { return nil }
        for member in members { texts[member.name] = reader.text(member.value, member.name) }
        for key in keys where node[key] == nil {
            reader.report("missing-key", "the entry of `quarantine` has no `\(key)`", at: node, help: example)
        }
        guard let row = texts["row"], let reason = texts["reason"], let until = texts["until"] else { return nil }
        guard until.utf8.count == 10, Instant(until + "T00:00:00Z") != nil else {
            reader.report(
                "wrong-date", "`until` is not a valid date: \(quoted(until))", at: node["until"] ?? node,
                help: "write until: '2026-12-31'")
            return nil
        }
        guard let entry = QuarantineEntry(row: row, reason: reason, until: until, at: reader.source.location(of: node))
        else {
            reader.report(
                "wrong-row", "`row` does not name a scenario or a step: \(quoted(row))", at: node["row"] ?? node,
                help: "write SCENARIO, SCENARIO/STEP or FILE#SCENARIO/STEP")
            return nil
        }
        return entry
    }
}
