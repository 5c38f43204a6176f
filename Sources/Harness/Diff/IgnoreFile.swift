import Diagnostics
import Exchanges
import JSONDocument
import Primitives
import SourceText
import Versions

/// The file of `--ignore`: accepted changes, written by hand.
enum IgnoreFile {
    /// Reads a file.
    ///
    /// - Throws: `HarnessError` (exit 2) with every mistake in it.
    static func read(_ path: String, _ workspace: Workspace) throws(HarnessError) -> IgnoreList {
        let document = workspace.documentReader(for: path)
        let source: SourceFile
        do {
            source = try document.reader.read(document.file)
        } catch {
            throw HarnessError(.wrongInput, Diagnostics(error.diagnostics))
        }
        var problems: [Diagnostic] = []
        func problem(_ rule: String, _ message: String, _ node: JSONNode, _ help: String) {
            problems.append(
                Diagnostic("ignore.\(rule)", .error, message, at: source.location(of: node.position), help: help))
        }
        let root = source.document.root
        let list = root["ignore"] ?? root
        guard list.kind == .array else {
            problem("no-entries", "an ignore file has a list of entries", root, "write: ignore: []")
            throw HarnessError(.wrongInput, Diagnostics(problems))
        }
        var entries: [IgnoreList.Entry] = []
        for node in list.elements {
            let known = ["id", "operation", "place", "reason", "until"]
            for member in node.members where !known.contains(member.name) {
                let near = nearestName(to: member.name, among: known)
                problem(
                    "unknown-key", "unknown key '\(member.name)'", member.value,
                    near.map { "did you mean `\($0)`?" } ?? "keys: \(known.joined(separator: ", "))")
            }
            func text(_ name: String) -> String? {
                node[name].flatMap { $0.string ?? ($0.kind == .number ? $0.spelling : nil) }
            }
            guard let id = text("id"), ChangeRule.named(id) != nil else {
                let near = text("id").flatMap { nearestName(to: $0, among: ChangeRule.all.map(\.id)) }
                problem(
                    "unknown-rule", "the entry names no rule of changes", node,
                    near.map { "did you mean `\($0)`?" } ?? "see docs/versions.md")
                continue
            }
            guard let reason = text("reason"), !reason.isEmpty else {
                problem("no-reason", "the entry for `\(id)` has no reason", node, "say why it is accepted: reason: …")
                continue
            }
            guard let until = text("until"), Instant(until + "T00:00:00Z") != nil, until.utf8.count == 10 else {
                problem("no-date", "the entry for `\(id)` has no valid `until` day", node, "until: '2026-12-31'")
                continue
            }
            entries.append(
                IgnoreList.Entry(
                    id: id, operation: text("operation"), place: text("place"), reason: reason, until: until,
                    location: source.location(of: node.position)))
        }
        guard problems.isEmpty else { throw HarnessError(.wrongInput, Diagnostics(problems)) }
        return IgnoreList(entries: entries)
    }
}
