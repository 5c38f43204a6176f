import ArgumentParser
import Diagnostics
import Harness
import Reporting
import Versions

/// What `--report` of `assay diff` asks for.
struct DiffReports {
    private enum Format: String, CaseIterable {
        case text, json, markdown, changelog, html
    }

    private struct Output {
        var format: Format
        /// `nil` is standard output.
        var path: String?
    }

    private let outputs: [Output]

    init(_ texts: [String]) throws {
        let given = try texts.map { text in
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts.first ?? "")
            let names = Format.allCases.map(\.rawValue)
            guard let format = Format(rawValue: name) else {
                let hint = nearestName(to: name, among: names).map { "; did you mean \($0)?" } ?? ""
                throw ValidationError("--report has no format '\(name)' (\(names.joined(separator: ", ")))\(hint)")
            }
            guard parts.count == 1 || parts.last?.isEmpty == false else {
                throw ValidationError("--report \(name)= names no file")
            }
            return Output(format: format, path: parts.count == 2 ? parts.last.map { String($0) } : nil)
        }
        guard given.count(where: { $0.path == nil }) <= 1 else {
            throw ValidationError(
                "only one --report can go to standard output; give the others a path: json=changes.json")
        }
        outputs = given.contains { $0.path == nil } ? given : given + [Output(format: .text, path: nil)]
    }

    /// Whether the text report goes to standard output.
    var showText: Bool { outputs.contains { $0.format == .text && $0.path == nil } }

    /// Writes every report; files first.
    func write(
        _ result: DiffResult, _ preset: RulePreset, _ console: Console, showsText: Bool
    ) throws(HarnessError) {
        for output in outputs {
            guard let path = output.path else { continue }
            try OutputFile.write(text(output.format, result, preset, TextStyle(isColoured: false)), to: path)
        }
        for output in outputs where output.path == nil {
            if output.format == .text, !showsText { continue }
            try console.write(text(output.format, result, preset, console.outputStyle))
        }
    }

    /// Where JSON is asked for on standard output, a comparison that failed is told there too.
    func writeJSON(_ result: DiffResult, _ preset: RulePreset, _ console: Console) throws(HarnessError) {
        guard outputs.contains(where: { $0.format == .json && $0.path == nil }) else { return }
        try console.write(text(.json, result, preset, console.outputStyle))
    }

    private func text(_ format: Format, _ result: DiffResult, _ preset: RulePreset, _ style: TextStyle) -> String {
        let (changes, base, revision, impacts) = (result.changes, result.base, result.revision, result.impacts)
        return switch format {
        case .text: ChangesText(style: style).render(changes, base: base, revision: revision, impacts: impacts)
        case .json:
            ChangesJSON().render(
                changes, base: base, revision: revision, preset: preset, exit: Int(result.exit.rawValue),
                diagnostics: result.diagnostics.entries, impacts: impacts)
        case .markdown: ChangesMarkdown().comment(changes, base: base, revision: revision, impacts: impacts)
        case .changelog: ChangesMarkdown().changelog(changes, base: base, revision: revision, impacts: impacts)
        case .html: ChangesHTML().render(changes, base: base, revision: revision, impacts: impacts)
        }
    }
}
