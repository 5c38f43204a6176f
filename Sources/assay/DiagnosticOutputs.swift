import ArgumentParser
import Diagnostics
import Foundation
import Harness
import JSONDocument
import Reporting

/// What `--report` asks for in commands that report problems of files: formats, and where each goes.
struct DiagnosticOutputs {
    private enum Format: String, CaseIterable {
        case text, json
    }

    private let outputs: [(format: Format, path: String?)]

    init(_ texts: [String]) throws {
        let given = try texts.map { text in
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts.first ?? "")
            guard let format = Format(rawValue: name) else {
                let hint = nearestName(to: name, among: Format.allCases.map(\.rawValue))
                throw ValidationError(
                    "--report knows no format '\(name)' (text, json)" + (hint.map { "; did you mean \($0)?" } ?? ""))
            }
            guard parts.count == 1 || parts.last?.isEmpty == false else {
                throw ValidationError("--report \(name)= names no file")
            }
            return (format: format, path: parts.count == 2 ? parts.last.map { String($0) } : nil)
        }
        guard given.count(where: { $0.path == nil }) <= 1 else {
            throw ValidationError(
                "only one --report can go to standard output; give the others a path: json=report.json")
        }
        outputs = given.contains { $0.path == nil } ? given : given + [(.text, nil)]
    }

    /// Whether standard output carries JSON and nothing else.
    var hasJSONOutput: Bool { outputs.contains { $0.format == .json && $0.path == nil } }

    /// Writes every report.
    func write(
        _ diagnostics: Diagnostics,
        command: String,
        files: Int,
        exit: Harness.ExitCode,
        console: Console,
        quiet: Bool
    ) throws(HarnessError) {
        for output in outputs {
            switch (output.format, output.path) {
            case (.json, let path):
                let counts = Severity.allCases.reversed().map { severity in
                    (
                        severity.rawValue,
                        JSONValue?.some(.integer(diagnostics.entries.count { $0.severity == severity }))
                    )
                }
                let summary = JSONValue.members([("files", .integer(files)), ("findings", .members(counts))])
                let report = CommandJSON(command).render(
                    exit: Int(exit.rawValue), [("summary", summary)], diagnostics: diagnostics.entries)
                try write(report, path, console)
            case (.text, let path?):
                try write(text(diagnostics, files, TextStyle(isColoured: false)), path, console)
            case (.text, nil):
                guard !quiet || exit != .held else { continue }
                console.output(text(diagnostics, files, console.outputStyle))
            }
        }
    }

    private func text(_ diagnostics: Diagnostics, _ files: Int, _ style: TextStyle) -> String {
        let looked = "\(files) file\(files == 1 ? "" : "s")"
        guard !diagnostics.entries.isEmpty else { return "\(style.paint("✓", .good)) \(looked), nothing to report\n" }
        return DiagnosticText(style: style).render(diagnostics) + "in \(looked)\n"
    }

    private func write(_ text: String, _ path: String?, _ console: Console) throws(HarnessError) {
        guard let path else { return console.output(text) }
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw .notPossible("reports.file", "\(path) cannot be written: \(error.localizedDescription)")
        }
    }
}
