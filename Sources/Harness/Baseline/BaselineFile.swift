import Conformance
import Diagnostics
import Exchanges
import JSONDocument
import Primitives
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
        var reader = DiagnosingReader(source, as: .baseline)
        var entries: [Baseline.Entry] = []
        if let list = reader.root["entries"], list.kind == .array {
            for node in list.elements {
                if let entry = entry(node, &reader) { entries.append(entry) }
            }
        } else {
            reader.report(
                "no-entries", "the baseline has no list of entries", at: reader.root, help: "write: entries: []")
        }
        guard !reader.diagnostics.hasErrors else { throw HarnessError(.wrongInput, reader.diagnostics) }
        return Baseline(entries: entries)
    }

    /// One entry. It can have members of its own, such as the number of a ticket.
    private static func entry(_ node: JSONNode, _ reader: inout DiagnosingReader) -> Baseline.Entry? {
        func text(_ name: String) -> String? {
            node[name].flatMap { $0.string ?? ($0.kind == .number ? $0.spelling : nil) }
        }
        guard let rule = text("rule"), Rule.named(rule) != nil else {
            reader.reportUnknown(
                "unknown-rule", "the entry does not name a known rule", name: text("rule") ?? "",
                known: Rule.all.map(\.id), at: node.position, otherwise: "list the rules with `assay rules`")
            return nil
        }
        guard let reason = text("reason"), !reason.isEmpty else {
            reader.report(
                "no-reason", "the entry for `\(rule)` has no reason", at: node,
                help: "add the reason why it is accepted: reason: …")
            return nil
        }
        guard let until = text("until"), isDate(until) else {
            reader.report(
                "no-date", "the entry for `\(rule)` has no valid `until` date", at: node,
                help: "write until: '2026-12-31'")
            return nil
        }
        var entry = Baseline.Entry(
            rule: rule, fingerprint: text("fingerprint"), operation: text("operation"), at: text("at"),
            reason: reason, until: until, location: reader.source.location(of: node))
        entry.example = text("example")
        entry.firstSeen = text("first-seen")
        entry.lastSeen = text("last-seen")
        return entry
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

    /// Whether parsing `text` gives back the entries that it was written from.
    private static func agrees(_ text: String, _ wanted: [Baseline.Entry]) -> Bool {
        guard let source = try? SourceReader.parse(Array(text.utf8), path: standard),
            let read = try? entries(of: source)
        else { return false }
        func identity(_ entry: Baseline.Entry) -> [String?] {
            [entry.rule, entry.fingerprint, entry.operation, entry.at, entry.until]
        }
        return read.entries.map(identity) == wanted.map(identity)
    }

    /// The file to update; `nil` when it does not exist yet.
    static func existing(_ path: String, _ workspace: Workspace) throws(HarnessError) -> SourceFile? {
        guard FileSystem.exists(path, in: workspace.root) else { return nil }
        do {
            return try workspace.reader.read(path)
        } catch {
            throw HarnessError(.wrongInput, Diagnostics(error.diagnostics))
        }
    }

    /// Checks the baseline that `choice` names before anything is sent, and returns its mistakes.
    static func problems(_ choice: JudgingChoice, _ workspace: Workspace) -> [Diagnostic] {
        guard choice.writesBaseline || choice.baseline != nil else { return [] }
        let path = choice.baseline ?? standard
        do throws(HarnessError) {
            // A baseline that is going to be written need not exist yet.
            if choice.writesBaseline {
                guard let source = try existing(path, workspace) else { return [] }
                _ = try entries(of: source)
            } else {
                _ = try read(path, workspace.reader)
            }
            return []
        } catch {
            return workspace.placed(error.diagnostics.entries)
        }
    }

    private static func isDate(_ text: String) -> Bool {
        Instant(text + "T00:00:00Z") != nil && text.utf8.count == 10
    }
}

extension FileFormat {
    /// The format of baseline files.
    fileprivate static let baseline = FileFormat(name: "baseline")
}
