import Conformance
import Diagnostics
import Exchanges
import JSONDocument
import Primitives

/// A run in the code quality format of GitLab: an entry for each group of findings, on the row of its first step.
package struct GitLabReport: Sendable {
    private let report: RunReport
    private let text: VerdictText

    /// The report of a run.
    package init(_ report: RunReport) {
        self.report = report
        text = report.plain
    }

    /// The document: an array.
    package func render() -> String {
        // GitLab treats entries with the same fingerprint as one.
        var seen: [String: Int] = [:]
        let entries = report.groups.map { group in
            let count = seen[group.first.fingerprint, default: 0]
            seen[group.first.fingerprint] = count + 1
            return entry(group, count)
        }
        return Self.document(
            report.verdict.hints.map { Self.entry(report.redactor.redact($0)) } + entries)
    }

    private static func document(_ entries: [JSONValue]) -> String {
        JSONValue.array(entries).text(.pretty) + "\n"
    }

    private func entry(_ group: ReportedGroup, _ earlier: Int) -> JSONValue {
        let first = group.first
        let subject = group.subject.isEmpty ? "" : group.subject + " "
        let steps =
            group.steps.count > 1 ? ", also in \(plural(group.steps.count - 1, "more step"))" : ""
        let location = first.blame == .document ? first.contractLocation ?? group.row : group.row
        return Self.entry(
            rule: text.shown(first.rule), first.severity,
            "\(text.shown(subject))\(text.shown(first.message)) (\(text.shown(group.title))\(steps); "
                + "help: \(text.shown(first.remedy)); explain: \(text.shown(first.explainCommand)))",
            at: location.map { ($0, text.shown($0.file)) },
            fingerprint: earlier == 0 ? first.fingerprint : "\(first.fingerprint)-\(earlier + 1)")
    }

    /// A diagnostic as an entry.
    private static func entry(_ diagnostic: Diagnostic) -> JSONValue {
        let help = diagnostic.help.map { "; " + visibleText($0) } ?? ""
        let parts = [diagnostic.rule, diagnostic.location?.description ?? "", diagnostic.message]
        return entry(
            rule: diagnostic.rule, diagnostic.severity, visibleText(diagnostic.message) + help,
            at: diagnostic.location.map { ($0, visibleText($0.file)) },
            fingerprint: StableHash(parts).digits)
    }

    private static func entry(
        rule: String, _ severity: Severity, _ description: String,
        at place: (location: SourceLocation, file: String)?,
        fingerprint: String
    ) -> JSONValue {
        let level =
            switch severity {
            case .error: "major"
            case .warning: "minor"
            case .note: "info"
            }
        // GitLab requires a file. Findings about a whole run concern its configuration.
        let (line, file) = place.map { ($0.location.line, $0.file) } ?? (1, "assay.yaml")
        return .members([
            ("description", .string(description)), ("check_name", .string(rule)),
            ("fingerprint", .string(fingerprint)), ("severity", .string(level)),
            (
                "location",
                .members([("path", .string(file)), ("lines", .members([("begin", .integer(line))]))])
            ),
        ])
    }

    /// The document of a command that failed because of `diagnostics`.
    static func failure(_ diagnostics: Diagnostics) -> String {
        document(diagnostics.sorted.map(entry))
    }
}
