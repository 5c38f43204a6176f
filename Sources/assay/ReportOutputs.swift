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
                let hint = nearestName(to: name, among: names).map { "; did you mean `\($0)`?" } ?? ""
                throw ValidationError("unknown format '\(name)' of `--report` (text, json)\(hint)")
            }
            guard parts.count == 1 || parts.last?.isEmpty == false else {
                throw ValidationError("`--report` \(name)= requires a file name")
            }
            return Output(format: format, path: parts.count == 2 ? parts.last.map { String($0) } : nil)
        }
        // Two reports on one standard output would be neither.
        guard given.count(where: { $0.path == nil }) <= 1 else {
            throw ValidationError(
                "only one `--report` can write to standard output; give the others a file: json=report.json")
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
        var failure: HarnessError?
        func attempt(_ write: () throws(HarnessError) -> Void) {
            do throws(HarnessError) { try write() } catch { failure = failure ?? error }
        }
        for output in outputs {
            guard let path = output.path else { continue }
            attempt { () throws(HarnessError) in
                switch output.format {
                case .json: try OutputFile.write(json(), to: path, isPrivate: true)
                case .text: try OutputFile.write(text(TextStyle(isColoured: false)), to: path, isPrivate: true)
                }
            }
        }
        // Standard output comes last and in any case: what a file could not take is read here.
        for output in outputs where output.path == nil {
            attempt { () throws(HarnessError) in
                switch output.format {
                case .json: try console.write(json())
                case .text: if showsText || failure != nil { try console.write(text(console.outputStyle)) }
                }
            }
        }
        if let failure { throw failure }
    }

    /// The exit code of a command that ends with `exit`, once `write` has written its reports; 3 where that fails.
    func deliver(
        _ exit: Harness.ExitCode, _ console: Console, help: String? = nil, _ write: () throws(HarnessError) -> Void
    ) -> Harness.ExitCode {
        do throws(HarnessError) {
            try write()
            return exit
        } catch {
            console.show(
                Diagnostics(
                    error.diagnostics.entries.map { diagnostic in
                        var diagnostic = diagnostic
                        diagnostic.help = help ?? diagnostic.help
                        return diagnostic
                    }))
            return exit == .interrupted ? exit : error.exit
        }
    }

    /// Finds out whether every file can be written, before there is anything to lose.
    ///
    /// - Throws: `HarnessError` (exit 3) with every file that cannot.
    func checkFiles() throws(HarnessError) {
        let problems = outputs.compactMap { $0.path.flatMap { OutputFile.problem(with: $0) } }
        guard problems.isEmpty else { throw HarnessError(.notPossible, Diagnostics(problems)) }
    }

    /// Where JSON is asked for on standard output, input that is wrong is told there too.
    func write(_ error: HarnessError, console: Console) {
        guard hasJSONOutput else { return }
        let outcome = error.exit == .wrongInput ? "wrongInput" : "notPossible"
        try? console.write(
            VerdictJSON(redactor: .none)
                .render(exit: Int(error.exit.rawValue), outcome: outcome, diagnostics: error.diagnostics.entries))
    }
}
