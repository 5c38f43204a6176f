import Diagnostics
import JSONDocument

/// Values that a journal keeps as tokens: a finding about one is about the token and not the value.
enum MaskedValues {
    private static let beginnings = ["‹redacted ", "‹secret "]

    /// `finding`, or a note in its place where it is about a token.
    static func unjudged(_ finding: Finding, _ subject: ResponseSubject) -> Finding {
        guard finding.severity > .note, isMasked(finding, subject) else { return finding }
        var note = subject.finding(
            .masked,
            "the journal contains a token instead of the value, so `\(finding.rule)` could not be judged",
            blame: .table,
            at: finding.response,
            contract: finding.contractLocation,
            clause: finding.clause
        )
        note.document.contract = finding.contract
        note.row = finding.row
        note.severity = .note
        return note
    }

    private static func isMasked(_ finding: Finding, _ subject: ResponseSubject) -> Bool {
        if let actual = finding.actual, holdsToken(actual) { return true }
        // Findings contain only the beginning of the value, and those of a composed schema the whole object.
        guard finding.rule.utf8.starts(with: "body.".utf8), case .body(let pointer, _)? = finding.response,
            let node = subject.body.document?.root.node(at: pointer)
        else { return false }
        return holdsToken(node, depth: 0)
    }

    private static func holdsToken(_ node: JSONNode, depth: Int) -> Bool {
        guard depth < 64 else { return false }
        if let text = node.string { return holdsToken(text) }
        return node.elements.contains { holdsToken($0, depth: depth + 1) }
            || node.members.contains { holdsToken($0.value, depth: depth + 1) }
    }

    private static func holdsToken(_ text: String) -> Bool {
        // Every token begins with three bytes that are rare elsewhere.
        guard text.utf8.contains(0xE2) else { return false }
        let bytes = Array(text.utf8)
        return beginnings.contains { beginning in
            let wanted = Array(beginning.utf8)
            return bytes.indices.contains { bytes[$0...].starts(with: wanted) }
        }
    }
}
