import Diagnostics
import Scenarios
import SourceText

/// A table, a folder of tables, or a row of a table, as a user names it: `orders.csv`, `scenarios/payments`,
/// `orders.csv:7`.
struct TableArgument {
    /// The path of the table or folder.
    var path: String
    /// The physical line of a row, from 1; `nil` for the whole table or folder.
    var line: Int?

    /// Reads an argument. A file with a colon in its name is that file.
    init(_ text: String, in root: String) {
        path = text
        if !FileSystem.exists(text, in: root), case .line(let file, let line) = ExplainTarget(text) {
            path = file
            self.line = line
        }
        while path.utf8.count > 1, path.utf8.last == UInt8(ascii: "/") { path.removeLast() }
    }
}

extension Workspace {
    /// The paths of the tables that `arguments` name, each once, in the order given.
    ///
    /// A folder means its tables that the configuration names or, if it names none of them, all of its CSV
    /// files.
    ///
    /// - Throws: `HarnessError` (exit 2) when a folder has no table.
    func paths(_ arguments: [String]) throws(HarnessError) -> [String] {
        var seen: Set<String> = []
        var paths: [String] = []
        for text in arguments {
            let argument = TableArgument(text, in: root)
            for path in try tables(of: argument) where seen.insert(path).inserted { paths.append(path) }
        }
        return paths
    }

    fileprivate func tables(of argument: TableArgument) throws(HarnessError) -> [String] {
        guard argument.line == nil, FileSystem.isFolder(argument.path, in: root) else { return [argument.path] }
        let files = FileSystem.files(in: reader.displayPath(argument.path), of: root, suffix: ".csv")
        let configured = Set(configuredTables).intersection(files)
        guard !files.isEmpty else {
            throw .wrongInput(
                "usage.no-tables", "the folder '\(argument.path)' contains no scenario table",
                help: "name a folder with .csv files, or a table")
        }
        return configured.isEmpty ? files : files.filter(configured.contains)
    }

    /// The scenarios of `plan` that `arguments` name, or all of them if no argument names a row.
    ///
    /// A row selects its whole scenario, because it may use values of earlier rows.
    ///
    /// - Throws: `HarnessError` (exit 2) when a line contains no row.
    func selectedRows(of plan: Plan, _ arguments: [String]) throws(HarnessError) -> Plan {
        let arguments = arguments.map { TableArgument($0, in: root) }
        guard arguments.contains(where: { $0.line != nil }) else { return try plan.keeping(tables: arguments, self) }
        var ids: Set<String> = []
        var whole: Set<String> = []
        for argument in arguments {
            guard let line = argument.line else {
                whole.formUnion(try tables(of: argument))
                continue
            }
            let table: TableSource
            do {
                table = TableSource(path: argument.path, bytes: try reader.bytes(argument.path))
            } catch {
                throw HarnessError(.wrongInput, Diagnostics(error.diagnostics))
            }
            ids.formUnion(try plan.steps(at: line, of: table).map(\.scenario.id))
        }
        var selected = plan
        selected.scenarios.removeAll { !ids.contains($0.id) && !whole.contains($0.file) }
        selected.isPartial = true
        return selected
    }
}

extension Plan {
    /// The scenarios in the tables that `arguments` name. The plan can have more: session scenarios of other tables.
    fileprivate func keeping(tables arguments: [TableArgument], _ workspace: Workspace) throws(HarnessError) -> Plan {
        guard !arguments.isEmpty, scenarios.asWritten.contains(where: \.options.isSession) else {
            return self
        }
        var named: Set<String> = []
        for argument in arguments { named.formUnion(try workspace.tables(of: argument)) }
        var plan = self
        plan.scenarios.removeEach { !named.contains($0.file) }
        return plan
    }
}
