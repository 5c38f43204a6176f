import Diagnostics
import Primitives

/// The rows of a scenario as written in a table.
struct ScenarioRows {
    var name: String
    /// The cell that names it; `nil` if the table has none.
    var cell: CellPlace?
    /// The rows in order, at least one.
    var rows: [TableRow]

    /// The table's path.
    var file: String { rows[0].table.path }

    /// The location of the name; of the first row if no cell names the scenario.
    var location: SourceLocation {
        cell.map { $0.location($0.leadingBlanks) } ?? rows[0].location
    }

    /// The rows of a table by scenario, in order: consecutive rows with the same name form one scenario.
    static func groups(of table: Table) -> some Sequence<ScenarioRows> { ScenarioGroups(table: table) }

    /// The file's name without folders and extension, for tables without a column `scenario`.
    fileprivate static func stem(_ path: String) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return name.utf8.count > 4 && name.utf8.suffix(4).elementsEqual(".csv".utf8)
            ? String(decoding: name.utf8.dropLast(4), as: UTF8.self) : name
    }
}

/// The scenarios of a table, each read when it is reached, so that the cells of a long table are never in memory at once.
private struct ScenarioGroups: Sequence {
    let table: Table

    func makeIterator() -> Iterator { Iterator(table) }

    struct Iterator: IteratorProtocol {
        private let path: String
        private var rows: TableRows
        /// The first row of the next scenario.
        private var first: TableRow?

        init(_ table: Table) {
            path = table.path
            rows = table.rows.makeIterator()
            first = rows.next()
        }

        mutating func next() -> ScenarioRows? {
            guard let first else { return nil }
            let cell = first[.scenario]
            var group = ScenarioRows(
                name: cell.map { trimmed($0.text) } ?? ScenarioRows.stem(path), cell: cell, rows: [first])
            while let row = rows.next() {
                // An empty cell continues the scenario of the row above.
                if let other = row[.scenario], cell == nil || trimmed(other.text) != group.name {
                    self.first = row
                    return group
                }
                group.rows.append(row)
            }
            self.first = nil
            return group
        }
    }
}

/// Checks the names of scenarios, which are unique in a plan.
struct ScenarioNameCheck {
    /// The location where each name was first defined.
    private var places: [String: SourceLocation] = [:]

    /// The mistake in a table whose first row names no scenario.
    func missingName(in table: Table) -> Diagnostic? {
        guard table.has(.scenario), !table.hasLostRows, let first = table.rows.first(where: { _ in true }),
            first[.scenario] == nil
        else { return nil }
        return first.diagnostic(
            "table.no-scenario", "the first row names no scenario", column: .scenario,
            help: "name the scenario; an empty cell continues the scenario of the row above")
    }

    /// The mistakes in the name of a scenario, compared with all scenarios before it.
    mutating func check(_ scenario: ScenarioRows) -> [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        let (name, location) = (scenario.name, scenario.location)
        if let cell = scenario.cell, name.unicodeScalars.contains(where: { $0 == "[" || $0 == "]" || $0.value < 0x20 })
        {
            diagnostics.append(
                cell.diagnostic(
                    "table.scenario-name", "the name of a scenario cannot contain brackets or line breaks",
                    help: "remove them: in reports, brackets mark the data case of a scenario"))
        }
        guard let first = places[name] else {
            places[name] = location
            return diagnostics
        }
        let place =
            scenario.cell
            ?? CellPlace(
                file: location.file, column: "scenario", cell: CSVCell(text: name, line: location.line, column: 1))
        diagnostics.append(
            place.diagnostic(
                "table.duplicate-scenario", "duplicate scenario '\(visibleText(name))'",
                help: "keep the rows of a scenario together, and give each scenario its own name",
                related: [.init("the first one is here", at: first)]))
        return diagnostics
    }
}
