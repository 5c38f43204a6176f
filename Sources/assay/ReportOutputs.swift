import ArgumentParser
import Conformance
import Diagnostics
import Exchanges
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

    /// Whether standard output carries JSON and nothing else.
    var hasJSONOutput: Bool { outputs.contains { $0.format == .json && $0.path == nil } }

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
    ///
    /// - Parameter folder: Where the run has left its reports, for the text to name; `nil` when it has left none.
    func write(_ result: RunResult, folder: String?, console: Console, quiet: Bool) throws(HarnessError) {
        try write(
            text: {
                VerdictText(style: $0, redactor: result.redactor, listsMissing: result.isWhole)
                    .render(result.verdict, elapsed: result.elapsed, folder: folder)
            },
            json: {
                VerdictJSON(redactor: result.redactor)
                    .render(result.verdict, exit: Int(result.exit.rawValue), diagnostics: result.diagnostics.entries)
            },
            console: console, showsText: !quiet || result.exit != .held)
    }

    /// Writes every report; text on standard output as the console has it, and not at all unless it is to be shown.
    func write(
        text: (TextStyle) -> String,
        json: () -> String,
        console: Console,
        showsText: Bool = true
    ) throws(HarnessError) {
        for output in outputs {
            switch (output.format, output.path) {
            case (.json, let path?): try OutputFile.write(json(), to: path)
            case (.json, nil): console.output(json())
            case (.text, let path?): try OutputFile.write(text(TextStyle(isColoured: false)), to: path)
            case (.text, nil): if showsText { console.output(text(console.outputStyle)) }
            }
        }
    }

    /// Where JSON is asked for on standard output, input that is wrong is told there too.
    func write(_ error: HarnessError, console: Console) {
        guard hasJSONOutput else { return }
        let outcome = error.exit == .wrongInput ? "wrongInput" : "notPossible"
        console.output(
            VerdictJSON(redactor: .none)
                .render(exit: Int(error.exit.rawValue), outcome: outcome, diagnostics: error.diagnostics.entries))
    }
}
