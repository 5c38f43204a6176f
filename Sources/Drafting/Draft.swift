import SourceText

/// A first project for a document: configuration, tables and body files, in memory.
package struct Draft: Sendable {
    /// One file.
    package struct File: Sendable {
        /// Its path below the project's root.
        package var path: String
        /// Its content.
        package var text: String
        /// The number of scenarios; 0 unless it is a table.
        package var scenarios = 0
        /// The number of steps; 0 unless it is a table.
        package var steps = 0
    }

    /// An operation or step that cannot be drafted because the document does not describe enough of it.
    package struct LeftOut: Sendable, Hashable {
        /// The operation.
        package var operation: String
        /// The value of ``what`` for an operation without any row.
        package static let whole = "the operation"
        /// The omitted part: ``whole``, `the step name-too-long`, …
        package var what: String
        /// Why.
        package var why: String
    }

    /// The files in reading order: tables, then their bodies.
    package var files: [File]
    /// Values that the rows need and that a real server must have, for `vars` of the configuration.
    package var variables: [(name: String, value: String)]
    /// Resources that rows create and read, for `promises.resources` of the configuration.
    package var resources: [DraftResource]
    /// The amounts in the responses of rows, for `money` of the configuration.
    package var money: [DraftMoney]
    /// The omitted operations and steps, in the order of the document.
    package var leftOut: [LeftOut]
}

/// A scenario of a drafted table.
struct DraftScenario {
    var name: String
    var tags: [String]
    var rows: [DraftRow]

    /// The number of rows that are steps.
    var steps: Int { rows.count { $0.step != "*" } }
}

/// A row of a drafted table.
struct DraftRow {
    var step: String
    /// The operation of the row, used when reporting that the row was omitted.
    var operation: String
    var call = ""
    var auth = ""
    var body = ""
    var set: [String] = []
    var expect = ""
    var check: [String] = []
    var sameAs = ""
    var opts: [String] = []
    var note = ""
}

/// A drafted table.
struct DraftTable {
    var path: String
    var scenarios: [DraftScenario]

    /// The table as CSV with only the columns in use, each row on one line.
    var text: String {
        let rows = scenarios.flatMap { scenario in
            scenario.rows.enumerated().map { index, row in
                cells(row, scenario: index == 0 ? scenario.name : "", tags: index == 0 ? scenario.tags : [])
            }
        }
        let used = Self.columns.indices.filter { column in
            column < 3 || rows.contains { !$0[column].isEmpty }
        }
        var writer = CSVWriter()
        for line in [Self.columns] + rows { writer.row(used.map { line[$0] }) }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private static let columns = [
        "scenario", "step", "call", "auth", "body", "set", "expect", "check", "same_as", "opts", "tags", "note",
    ]

    private func cells(_ row: DraftRow, scenario: String, tags: [String]) -> [String] {
        [
            scenario, row.step, row.call, row.auth, row.body, row.set.joined(separator: "; "), row.expect,
            row.check.joined(separator: "; "), row.sameAs, row.opts.joined(separator: " "), tags.joined(separator: " "),
            row.note,
        ]
    }
}
