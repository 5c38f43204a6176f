import Diagnostics
import Project
import Scenarios
import SourceText

/// Which tables and scenarios a command works with.
package struct TableChoice: Sendable {
    /// Tables, folders of tables, and rows as `FILE:LINE`; empty: every table of the scenarios folder.
    package var tables: [String] = []
    /// Only scenarios whose name or a step's name contains this text.
    package var grep: String?
    /// Only scenarios whose tags match this expression.
    package var tags: String?
    /// Only scenarios that did not pass in the last run.
    package var onlyLastFailed = false
    /// Whether scenarios are chosen although another says `only`.
    package var ignoresOnly = false

    /// Everything.
    package init() {}
}

extension Workspace {
    /// The bytes of the chosen tables, in the order given or by name.
    ///
    /// The project's laws apply to every run, and every scenario can use its session scenarios. So their tables are added
    /// to tables that are named.
    ///
    /// - Throws: `HarnessError` (exit 2) when a table cannot be read or there is none.
    func tables(_ choice: TableChoice) throws(HarnessError) -> [TableSource] {
        let paths = choice.tables.isEmpty ? configuredTables : try paths(choice.tables)
        guard !paths.isEmpty else {
            throw .wrongInput(
                "usage.no-tables",
                "no scenario table found: nothing matches \(project.scenarios.joined(separator: " or "))",
                help: "name a table, as in `assay run my-table.csv`, or create tables for a document with `assay init`"
            )
        }
        var found = Diagnostics()
        var sources: [TableSource] = []
        for path in paths {
            do {
                sources.append(TableSource(path: path, bytes: try reader.bytes(path)))
            } catch {
                found.append(contentsOf: error.diagnostics.map { advised($0, about: path) })
            }
        }
        guard !found.hasErrors else { throw HarnessError(.wrongInput, found) }
        return sources + (choice.tables.isEmpty ? [] : shared(besides: paths))
    }

    /// A diagnostic about a table that does not exist, with the option that the argument probably belongs to.
    private func advised(_ diagnostic: Diagnostic, about path: String) -> Diagnostic {
        guard diagnostic.rule == "source.not-found" else { return diagnostic }
        var advised = diagnostic
        if BaseURL.problem(with: path) == nil {
            advised.help = "pass a URL as --base-url \(path)"
        } else if project.target(path) != nil {
            advised.help = "pass a target as --target \(path)"
        } else if let near = nearestName(to: path, among: configuredTables) {
            advised.help = "did you mean `\(near)`?"
        } else if !path.utf8.contains(UInt8(ascii: ".")) {
            advised.help = "name a table, or select scenarios with --grep '\(path)'"
        }
        return advised
    }

    /// The tables with laws and session scenarios that are not among `paths`.
    func shared(besides paths: [String]) -> [TableSource] {
        configuredTables.filter { !paths.contains($0) }
            // One that cannot be read is reported when all tables are run.
            .compactMap { path in (try? reader.bytes(path)).map { TableSource(path: path, bytes: $0) } }
            .filter { $0.holdsLaws || $0.containsSession(project.loginScenarios) }
    }

    /// The tables that the configuration names, without repetitions, pattern by pattern.
    var configuredTables: [String] {
        var seen: Set<String> = []
        return project.scenarios.flatMap { text in
            let pattern = PathPattern(text)
            return FileSystem.files(in: pattern.folder, of: root, suffix: ".csv").filter(pattern.matches)
        }
        .filter { seen.insert($0).inserted }
    }
}
