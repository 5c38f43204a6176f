import Conformance
import Diagnostics
import Exchanges
import JSONDocument
import SourceText

/// `baseline.yaml`: accepted findings, written by hand or by `--write-baseline`.
enum BaselineFile {
    /// The file when no option names one.
    static let standard = "baseline.yaml"
    /// How long a finding is accepted when a baseline is written.
    static let days = 30

    /// Reads a file.
    ///
    /// - Throws: `HarnessError` (exit 2) with every problem of it.
    static func read(_ path: String, _ reader: SourceReader) throws(HarnessError) -> Baseline {
        let source: SourceFile
        do {
            source = try reader.read(path)
        } catch {
            throw HarnessError(.wrongInput, Diagnostics(error.diagnostics))
        }
        var problems: [Diagnostic] = []
        func problem(_ rule: String, _ message: String, _ node: JSONNode, _ help: String?) {
            problems.append(
                Diagnostic("baseline.\(rule)", .error, message, at: source.location(of: node.position), help: help))
        }
        let root = source.document.root
        guard let list = root["entries"], list.kind == .array else {
            problem("no-entries", "a baseline has a list of entries", root, "write: entries: []")
            throw HarnessError(.wrongInput, Diagnostics(problems))
        }
        var entries: [Baseline.Entry] = []
        for node in list.elements {
            func text(_ name: String) -> String? {
                node[name].flatMap { $0.string ?? ($0.kind == .number ? $0.spelling : nil) }
            }
            guard let rule = text("rule"), Rule.named(rule) != nil else {
                problem("unknown-rule", "an entry names no rule that there is", node, "see: assay rules")
                continue
            }
            guard let reason = text("reason"), !reason.isEmpty else {
                problem("no-reason", "the entry of \(rule) gives no reason", node, "say why it is accepted")
                continue
            }
            guard let until = text("until"), isDate(until) else {
                problem("no-date", "the entry of \(rule) has no day until which it holds", node, "until: '2026-12-31'")
                continue
            }
            entries.append(
                Baseline.Entry(
                    rule: rule, fingerprint: text("fingerprint"), operation: text("operation"), at: text("at"),
                    reason: reason, until: until, location: source.location(of: node.position)))
        }
        guard problems.isEmpty else { throw HarnessError(.wrongInput, Diagnostics(problems)) }
        return Baseline(entries: entries)
    }

    private static func isDate(_ text: String) -> Bool {
        Instant(text + "T00:00:00Z") != nil && text.utf8.count == 10
    }

    /// The text of a file.
    static func text(_ baseline: Baseline) -> String {
        var text = """
            # Findings that are known and accepted: each with a reason, until a day. `assay run --baseline` tells them as
            # notes; entries that fit nothing any more, or whose day has passed, are findings.
            entries:\(baseline.entries.isEmpty ? " []" : "")

            """
        for entry in baseline.entries {
            let members: [(String, String?)] = [
                ("rule", entry.rule), ("operation", entry.operation), ("at", entry.at),
                ("fingerprint", entry.fingerprint), ("until", entry.until), ("reason", entry.reason),
            ]
            let lines = members.compactMap { name, value in value.map { "\(name): \(quoted($0))" } }
            text += "  - " + lines.joined(separator: "\n    ") + "\n"
        }
        return text
    }

    /// A YAML scalar in single quotes: nothing inside has a meaning but the quote.
    private static func quoted(_ text: String) -> String {
        let plain = text.unicodeScalars.map { $0.value < 0x20 ? " " : $0 }
        var view = String.UnicodeScalarView()
        for scalar in plain {
            view.append(scalar)
            if scalar == "'" { view.append("'") }
        }
        return "'\(String(view))'"
    }
}
