import Conformance
package import Diagnostics
import Exchanges
import JSONDocument
import Primitives
package import Reporting

/// Reads the history of a project and compares reports. Nothing is sent.
package enum HistorySession {
    /// The largest report that is compared, in bytes.
    private static let longestReport = 256 << 20

    /// The trend of the last run.
    ///
    /// - Parameter target: The target whose runs count; `nil` for that of the last run.
    /// - Returns: The trend, `nil` without any run; and a warning about lines that cannot be read.
    /// - Throws: `HarnessError` (exit 2) when the history cannot be read, or has no run against the target.
    package static func trend(
        _ workspace: Workspace, target: String?
    ) throws(HarnessError) -> (trend: RunTrend?, diagnostics: Diagnostics) {
        let (entries, unreadable) = try HistoryFile(root: workspace.root).entries()
        var diagnostics = Diagnostics()
        if unreadable > 0 {
            diagnostics.append(
                Diagnostic(
                    "reports.history", .warning,
                    "\(unreadable) of the lines of \(HistoryFile.path) cannot be read, and are ignored"))
        }
        guard let target else { return (RunTrend(entries), diagnostics) }
        let own = entries.filter { $0.target.isSame(as: target) }
        guard !own.isEmpty else {
            let names = Set(entries.map(\.target)).sorted()
            throw .wrongInput(
                "usage.no-history", "\(HistoryFile.path) has no run against '\(target)'",
                help: names.isEmpty
                    ? "run the tables first: assay run" : "name one of: \(names.joined(separator: ", "))")
        }
        return (RunTrend(own), diagnostics)
    }

    /// The differences between two JSON reports.
    ///
    /// - Throws: `HarnessError` (exit 2) when one of them cannot be read or is not the report of a run.
    package static func comparison(
        _ workspace: Workspace, _ before: String, _ after: String
    ) throws(HarnessError) -> RunComparison {
        RunComparison(try report(before, workspace), try report(after, workspace))
    }

    private static func report(_ path: String, _ workspace: Workspace) throws(HarnessError) -> ComparedReport {
        let help = "name two JSON reports: assay run --report json=before.json"
        switch FileSystem.read(FileSystem.joined(workspace.root, path), limit: longestReport) {
        case .failure(let problem):
            throw .wrongInput("reports.compare", "\(path) cannot be read: \(problem.reason)", help: help)
        case .success(let bytes):
            let value: JSONValue
            do {
                value = try JSONDocument(parsing: bytes).root.value
            } catch {
                throw notReport("the report is not JSON: \(error.message)", path, error.position, help)
            }
            guard let report = ComparedReport(path: path, value) else {
                throw notReport("this is not the JSON report of a run", path, TextPosition(line: 1, column: 1), help)
            }
            return report
        }
    }

    private static func notReport(
        _ message: String, _ path: String, _ position: TextPosition, _ help: String
    ) -> HarnessError {
        let location = SourceLocation(file: path, line: position.line, column: position.column)
        return HarnessError(
            .wrongInput, Diagnostics([Diagnostic("reports.compare", .error, message, at: location, help: help)]))
    }

    /// The trend of a verdict that was judged from stored journals; `nil` without a history.
    static func trend(
        of verdict: Verdict, exit: ExitCode, elapsed: Duration, _ redactor: Redactor, root: String
    ) -> RunTrend? {
        guard let entries = try? HistoryFile(root: root).entries().entries, !entries.isEmpty else { return nil }
        return RunTrend(
            HistoryEntry(verdict, exit: Int(exit.rawValue), elapsed: elapsed, redactor: redactor), in: entries)
    }
}
