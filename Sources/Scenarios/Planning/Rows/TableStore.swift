import Diagnostics
import Primitives
import SourceText

/// The tables of a plan by path, including those named only by a `use`. One planning shares it, so it is a class.
final class TableStore {
    private let files: FileStore
    private var tables: [String: Table] = [:]

    init(_ files: FileStore) {
        self.files = files
    }

    /// Reads a table and remembers it.
    func add(_ source: TableSource, _ diagnostics: inout [Diagnostic]) -> Table {
        let table = Table(source, &diagnostics)
        tables[source.path] = table
        return table
    }

    /// The table at `path`, read if necessary; `nil` after a diagnostic.
    ///
    /// - Parameter cell: The cell with the `use` that names it.
    func table(_ path: String, usedBy cell: UseCell, _ diagnostics: inout [Diagnostic]) -> Table? {
        if let known = tables[path] { return known }
        switch files.bytes(path) {
        case .failure(let error):
            diagnostics.append(
                cell.tableDiagnostic(
                    "the table '\(visibleText(path))' cannot be read: \(error.diagnostics.first?.message ?? "")",
                    help: "name the table relative to the table that uses it"))
            return nil
        case .success(let bytes):
            let table = add(TableSource(path: path, bytes: bytes), &diagnostics)
            guard table.kind == .scenarios else {
                diagnostics.append(
                    cell.tableDiagnostic(
                        "'\(visibleText(path))' is not a scenario table",
                        help: "a scenario table has a column `call`"))
                return nil
            }
            return table
        }
    }
}

extension Table {
    /// The mistake if the file is neither a table nor data; `nil` if it is empty, which is another mistake.
    var purposeProblem: Diagnostic? {
        guard let first = csv.header.first else { return nil }
        let names = csv.header.map { trimmed($0.text) }
        let near = names.first { nearestName(to: $0, among: ["call", "law"]) != nil }
        let place = CellPlace(file: path, column: names[0], cell: first)
        return place.diagnostic(
            "table.kind",
            "not a table: the header has neither `call` nor `law`, and no `rows=` names this file",
            help: near.map {
                "did you mean `\(nearestName(to: $0, among: ["call", "law"]) ?? "")` instead of '\($0)'?"
            }
                ?? "the first line names the columns, separated by commas: a scenario table has `call`, a laws table "
                + "has `law`; a data file is named in the `opts` of a scenario: rows=PATH")
    }
}
