import Conformance
import Diagnostics
import Exchanges
import Recordings
import Scenarios

/// Turns findings into notes where a recording cannot prove that the server is at fault.
///
/// A server that rejects an invalid request follows the contract. A part that a tool did not record is not missing in
/// the exchange.
struct RecordingAllowances {
    /// The recorded entries by scenario and step.
    let entries: [String: [String: RecordedExchange]]

    init(_ recordings: [MatchedRecording]) {
        entries = Dictionary(
            recordings.map { recording in
                let entries = recording.entries.map { ($0.name, $0.recorded) }
                return (recording.path, Dictionary(entries, uniquingKeysWith: { first, _ in first }))
            }, uniquingKeysWith: { first, _ in first })
    }

    /// The verdict with such findings turned into notes.
    func applied(to verdict: Verdict) -> Verdict {
        var verdict = verdict
        for scenario in verdict.scenarios.indices {
            let entries = entries[verdict.scenarios[scenario].name] ?? [:]
            for step in verdict.scenarios[scenario].steps.indices
            where !verdict.scenarios[scenario].steps[step].findings.isEmpty {
                guard let entry = entries[verdict.scenarios[scenario].steps[step].name] else { continue }
                verdict.scenarios[scenario].steps[step].findings = verdict.scenarios[scenario].steps[step].findings.map
                {
                    finding in
                    guard finding.severity > .note, let message = Self.message(finding, entry) else { return finding }
                    var note = finding
                    note.severity = .note
                    note.message = message
                    return note
                }
            }
        }
        return verdict
    }

    /// The message of the note; `nil` when the finding remains a finding.
    private static func message(_ finding: Finding, _ entry: RecordedExchange) -> String? {
        let isForeign = entry.step == nil
        if isForeign, let actual = finding.actual?.lowercased(), actual.utf8.firstRange(of: "redacted".utf8) != nil {
            return "the value was masked before it was recorded: \(finding.message)"
        }
        if finding.rule.hasPrefix("request.") {
            let clause = finding.clause ?? ""
            if isForeign, finding.actual == nil || finding.actual?.isEmpty == true || finding.rule == "request.required"
            {
                if clause.hasPrefix("cookie.") { return "a required cookie is not in the recording: \(clause)" }
                // Browsers show provisional headers for responses from a cache.
                if clause.hasPrefix("header."), !entry.gaps.isDisjoint(with: [.requestHeaders, .cached]) {
                    return "the recording does not contain the request's headers: \(clause)"
                }
            }
            guard let status = entry.outcome.response?.status, (400...499).contains(status) else { return nil }
            let prefix = "the request violates the contract: "
            let what =
                finding.message.hasPrefix(prefix) ? String(finding.message.dropFirst(prefix.count)) : finding.message
            return "the request violated the contract and the server rejected it with \(status): \(what)"
        }
        guard isForeign else { return nil }
        if finding.rule == "header.required" || finding.rule == "media-type.missing" {
            if entry.gaps.contains(.responseHeaders) {
                return "the recording does not contain the response's headers: \(finding.message)"
            }
            // Browsers leave cookies out of the recordings that they export.
            if finding.response == .header("set-cookie") || finding.response == .header("Set-Cookie") {
                return "the recording does not contain cookies: \(finding.message)"
            }
        }
        return nil
    }
}
