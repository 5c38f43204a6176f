import Conformance
import Diagnostics
import Exchanges
import JSONDocument
import Reporting
import SourceText

/// `baseline.yaml`: accepted findings, written by hand or by `--write-baseline`.
enum BaselineFile {
    /// The file when no option names one.
    static let standard = "baseline.yaml"
    /// How long a finding is accepted when a baseline is written.
    static let days = 30

    /// Reads a file.
    ///
    /// - Throws: `HarnessError` (exit 2) with every mistake in it.
    static func read(_ path: String, _ reader: SourceReader) throws(HarnessError) -> Baseline {
        let source: SourceFile
        do {
            source = try reader.read(path)
        } catch {
            throw HarnessError(.wrongInput, Diagnostics(error.diagnostics))
        }
        return try entries(of: source)
    }

    /// The entries of a file, in its order.
    ///
    /// - Throws: `HarnessError` (exit 2) with every mistake in it.
    static func entries(of source: SourceFile) throws(HarnessError) -> Baseline {
        var problems: [Diagnostic] = []
        func problem(_ rule: String, _ message: String, _ node: JSONNode, _ help: String?) {
            problems.append(
                Diagnostic("baseline.\(rule)", .error, message, at: source.location(of: node.position), help: help))
        }
        let root = source.document.root
        guard let list = root["entries"], list.kind == .array else {
            problem("no-entries", "the baseline has no list of entries", root, "write: entries: []")
            throw HarnessError(.wrongInput, Diagnostics(problems))
        }
        var entries: [Baseline.Entry] = []
        for node in list.elements {
            func text(_ name: String) -> String? {
                node[name].flatMap { $0.string ?? ($0.kind == .number ? $0.spelling : nil) }
            }
            guard let rule = text("rule"), Rule.named(rule) != nil else {
                problem(
                    "unknown-rule", "the entry does not name a known rule", node, "list the rules with `assay rules`")
                continue
            }
            guard let reason = text("reason"), !reason.isEmpty else {
                problem(
                    "no-reason", "the entry for `\(rule)` has no reason", node,
                    "add the reason why it is accepted: reason: …")
                continue
            }
            guard let until = text("until"), isDate(until) else {
                problem(
                    "no-date", "the entry for `\(rule)` has no valid `until` date", node, "write until: '2026-12-31'")
                continue
            }
            var entry = Baseline.Entry(
                rule: rule, fingerprint: text("fingerprint"), operation: text("operation"), at: text("at"),
                reason: reason, until: until, location: source.location(of: node.position))
            entry.example = text("example")
            entry.firstSeen = text("first-seen")
            entry.lastSeen = text("last-seen")
            entries.append(entry)
        }
        guard problems.isEmpty else { throw HarnessError(.wrongInput, Diagnostics(problems)) }
        return Baseline(entries: entries)
    }

    /// The text of `source` with `update` made to `baseline`, which was read from it.
    static func updated(
        _ source: SourceFile, _ baseline: Baseline, _ update: BaselineUpdate, on day: String, _ redactor: Redactor
    ) -> String {
        let writer = BaselineText(redactor)
        let text = String(validating: source.bytes, as: UTF8.self)
        let kept = update.kept.map { baseline.entries[$0] } + update.added
        if let edited = text.flatMap({ writer.edited($0, baseline, update, on: day) }), agrees(edited, kept) {
            return edited
        }
        let nodes = source.document.root["entries"].map { Array($0.elements) } ?? []
        return writer.rewritten(nodes, baseline, update, on: day)
    }

    /// Whether a text is read as the entries that it was made of.
    private static func agrees(_ text: String, _ wanted: [Baseline.Entry]) -> Bool {
        guard let source = try? SourceReader.parse(Array(text.utf8), path: standard),
            let read = try? entries(of: source)
        else { return false }
        func identity(_ entry: Baseline.Entry) -> [String?] {
            [entry.rule, entry.fingerprint, entry.operation, entry.at, entry.until]
        }
        return read.entries.map(identity) == wanted.map(identity)
    }

    /// The file that is brought up to date; `nil` when it does not exist yet.
    static func existing(_ path: String, _ workspace: Workspace) throws(HarnessError) -> SourceFile? {
        guard FileSystem.exists(path, in: workspace.root) else { return nil }
        do {
            return try workspace.reader.read(path)
        } catch {
            throw HarnessError(.wrongInput, Diagnostics(error.diagnostics))
        }
    }

    /// What is wrong with the baseline that `choice` names, before anything is sent.
    static func problems(_ choice: JudgingChoice, _ workspace: Workspace) -> [Diagnostic] {
        guard choice.writesBaseline || choice.baseline != nil else { return [] }
        let path = choice.baseline ?? standard
        do throws(HarnessError) {
            // One that is to be written need not exist yet.
            if choice.writesBaseline {
                guard let source = try existing(path, workspace) else { return [] }
                _ = try entries(of: source)
            } else {
                _ = try read(path, workspace.reader)
            }
            return []
        } catch {
            return error.diagnostics.entries
        }
    }

    private static func isDate(_ text: String) -> Bool {
        Instant(text + "T00:00:00Z") != nil && text.utf8.count == 10
    }
}
