package import Conformance
import Diagnostics
package import Exchanges
package import JSONDocument
import Primitives
import SourceText

/// The text of an updated baseline. Everything that people wrote stays as it is, comments included.
package struct BaselineText: Sendable {
    private static let head = """
        # Accepted findings: each has a reason and a last day. `assay run --baseline FILE` reports them as notes.
        # Entries that no longer match a finding, or whose day has passed, are findings themselves.

        """

    private let redactor: Redactor

    /// `redactor` masks secrets, because the file is intended to be committed.
    package init(_ redactor: Redactor) {
        self.redactor = redactor
    }

    /// The text of a new file.
    package func text(_ entries: [Baseline.Entry]) -> String {
        Self.head + (entries.isEmpty ? "entries: []\n" : "entries:\n" + entries.map { block($0, []) }.joined())
    }

    /// The text of a baseline that cannot be edited line by line, such as JSON. Every entry is written again.
    ///
    /// - Parameter nodes: The entries as they were read, for members that people have added.
    package func rewritten(
        _ nodes: [JSONNode], _ baseline: Baseline, _ update: BaselineUpdate, on day: String
    ) -> String {
        let old = update.kept.map { index -> String in
            var entry = baseline.entries[index]
            if entry.lastSeen != nil, update.seen.contains(index) { entry.lastSeen = day }
            return block(entry, nodes.indices.contains(index) ? extras(nodes[index]) : [])
        }
        guard !update.kept.isEmpty || !update.added.isEmpty else { return text([]) }
        return Self.head + "entries:\n" + old.joined() + update.added.map { block($0, []) }.joined()
    }

    // MARK: Editing line by line

    /// The text of a file with its entries updated line by line; `nil` where its entries do not begin on separate
    /// lines. The caller checks that the result parses as the same entries.
    ///
    /// - Parameters:
    ///   - text: The file that `baseline` was read from.
    ///   - day: The day of the run, `2026-01-31`.
    package func edited(_ text: String, _ baseline: Baseline, _ update: BaselineUpdate, on day: String) -> String? {
        var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { String(Substring($0)) }
        if lines.last?.isEmpty == true { lines.removeLast() }
        let starts = baseline.entries.map { $0.location.line - 1 }
        guard !starts.isEmpty, zip(starts, starts.dropFirst()).allSatisfy({ $0 < $1 }),
            starts.allSatisfy({ lines.indices.contains($0) && Self.isStart(lines[$0]) })
        else { return nil }
        // Comments in front of an entry belong to it.
        let begins = starts.map { start in
            var begin = start
            while begin > 0, Self.isComment(lines[begin - 1]) { begin -= 1 }
            return begin
        }
        var result = Array(lines[..<begins[0]])
        for index in update.kept {
            let end = index + 1 < begins.count ? begins[index + 1] : lines.count
            let block = lines[begins[index]..<end]
            result += update.seen.contains(index) ? block.map { Self.seen($0, on: day) } : Array(block)
        }
        let added = update.added.map { block($0, []) }.joined()
        guard !update.kept.isEmpty || !added.isEmpty else { return nil }
        return result.joined(separator: "\n") + "\n" + added
    }

    /// Whether a line contains the beginning of an entry and nothing else: `  - rule: …`.
    private static func isStart(_ line: String) -> Bool {
        let rest = line.utf8.drop { $0 == UInt8(ascii: " ") }
        return rest.starts(with: "- ".utf8) && rest.dropFirst(2).first != UInt8(ascii: "{")
    }

    private static func isComment(_ line: String) -> Bool {
        line.utf8.first { $0 != UInt8(ascii: " ") } == UInt8(ascii: "#")
            && line.utf8.first == UInt8(ascii: " ")
    }

    /// The line with a new day, if it contains the day when the finding last occurred.
    private static func seen(_ line: String, on day: String) -> String {
        let rest = line.utf8.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "-") }
        guard rest.starts(with: "last-seen:".utf8) else { return line }
        return String(Substring(line.utf8.dropLast(rest.count))) + "last-seen: '\(day)'"
    }

    // MARK: Writing entries

    private static let known = [
        "rule", "operation", "at", "fingerprint", "example", "first-seen", "last-seen", "until", "reason",
    ]

    /// Members that people have added, as JSON, which is YAML.
    private func extras(_ node: JSONNode) -> [(String, String)] {
        node.members
            .filter { member in !Self.known.contains { $0.isSame(as: member.name) } }
            .map { ($0.name, $0.value.string.map(YAMLText.quoted) ?? $0.value.value.text) }
    }

    private func block(_ entry: Baseline.Entry, _ extras: [(String, String)]) -> String {
        let members: [(String, String?)] = [
            ("rule", entry.rule), ("operation", entry.operation), ("at", entry.at),
            ("fingerprint", entry.fingerprint), ("example", entry.example), ("first-seen", entry.firstSeen),
            ("last-seen", entry.lastSeen), ("until", entry.until), ("reason", entry.reason),
        ]
        let lines =
            members.compactMap { name, value in value.map { "\(name): \(YAMLText.quoted(redactor.redact($0)))" } }
            + extras.map { "\(YAMLText.quoted($0.0)): \($0.1)" }
        return "  - " + lines.joined(separator: "\n    ") + "\n"
    }
}
