import ArgumentParser
import Conformance
import Diagnostics
import Exchanges
import Foundation
import Harness
import Reporting

/// What `--report` asks for: formats, and where each goes.
struct ReportOutputs {
    private enum Format: String, CaseIterable {
        case text, json
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
            guard let format = Format(rawValue: name) else {
                let names = Format.allCases.map(\.rawValue)
                let hint = nearestName(to: name, among: names).map { "; did you mean \($0)?" } ?? ""
                throw ValidationError("--report knows no format '\(name)' (text, json)\(hint)")
            }
            guard parts.count == 1 || parts.last?.isEmpty == false else {
                throw ValidationError("--report \(name)= names no file")
            }
            return Output(format: format, path: parts.count == 2 ? parts.last.map { String($0) } : nil)
        }
        // Two reports on one standard output would be neither.
        guard given.count(where: { $0.path == nil }) <= 1 else {
            throw ValidationError(
                "only one --report can go to standard output; give the others a path: json=report.json")
        }
        outputs = given.contains { $0.path == nil } ? given : given + [Output(format: .text, path: nil)]
    }

    /// Writes every report of a run.
    func write(_ result: RunResult, root: String, console: Console, quiet: Bool) throws(HarnessError) {
        for output in outputs {
            switch (output.format, output.path) {
            case (.json, let path):
                let text = VerdictJSON(redactor: result.redactor)
                    .render(result.verdict, exit: Int(result.exit.rawValue), diagnostics: result.diagnostics.entries)
                try write(text, path, console)
            case (.text, let path?):
                try write(text(result, TextStyle(isColoured: false)), path, console)
            case (.text, nil):
                guard !quiet || result.exit != .held else { continue }
                console.output(text(result, console.outputStyle))
            }
        }
    }

    /// Writes every report of something else than a run; text on standard output as the console has it.
    func write(text: (TextStyle) -> String, json: () -> String, console: Console) throws(HarnessError) {
        for output in outputs {
            let isPlain = output.path != nil
            switch output.format {
            case .json: try write(json(), output.path, console)
            case .text:
                try write(text(isPlain ? TextStyle(isColoured: false) : console.outputStyle), output.path, console)
            }
        }
    }

    /// Where JSON is asked for on standard output, input that is wrong is told there too.
    func write(_ error: HarnessError, console: Console) {
        for output in outputs where output.format == .json && output.path == nil {
            let outcome = error.exit == .wrongInput ? "wrongInput" : "notPossible"
            console.output(
                VerdictJSON(redactor: .none)
                    .render(exit: Int(error.exit.rawValue), outcome: outcome, diagnostics: error.diagnostics.entries))
        }
    }

    private func text(_ result: RunResult, _ style: TextStyle) -> String {
        VerdictText(style: style, redactor: result.redactor)
            .render(result.verdict, elapsed: result.elapsed, folder: ReportFiles.latest)
    }

    private func write(_ text: String, _ path: String?, _ console: Console) throws(HarnessError) {
        guard let path else {
            console.output(text)
            return
        }
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw .notPossible("reports.file", "\(path) cannot be written: \(error.localizedDescription)")
        }
    }
}
