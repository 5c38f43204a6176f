import SourceText

/// A first project for a document: configuration, tables and body files, in memory.
public struct Draft: Sendable {
    /// One file.
    public struct File: Sendable {
        /// Its path below the project's root.
        public var path: String
        /// Its content.
        public var text: String
        /// How many scenarios it holds; 0 unless it is a table.
        public var scenarios = 0
        /// How many steps it holds; 0 unless it is a table.
        public var steps = 0
    }

    /// Something that the document does not say enough about to draft it.
    public struct LeftOut: Sendable, Hashable {
        /// The operation.
        public var operation: String
        /// ``what`` of an operation that no row calls.
        public static let whole = "the operation"
        /// What was left out: ``whole``, `the step name-too-long`, …
        public var what: String
        /// Why.
        public var why: String
    }

    /// The files in the order in which a reader wants to see them: tables, then their bodies.
    public var files: [File]
    /// Values that the rows need and that a real server has to know, for `vars` of the configuration.
    public var variables: [(name: String, value: String)]
    /// What is missing, in the order of the document.
    public var leftOut: [LeftOut]
}

/// A scenario of a table that is being drafted.
struct ScenarioDraft {
    var name: String
    var tags: [String]
    var rows: [RowDraft]

    /// The rows that are steps.
    var steps: Int { rows.count { $0.step != "*" } }
}

/// A row of a table that is being drafted.
struct RowDraft {
    var step: String
    /// The operation that the row is about, for what is told of rows that are left out.
    var operation: String
    var call = ""
    var auth = ""
    var body = ""
    var set: [String] = []
    var expect = ""
    var check: [String] = []
    var opts: [String] = []
    var note = ""
}

/// A table that is being drafted.
struct TableDraft {
    var path: String
    var scenarios: [ScenarioDraft]

    /// The table as CSV with the columns that are used, each row on one line.
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
        "scenario", "step", "call", "auth", "body", "set", "expect", "check", "opts", "tags", "note",
    ]

    private func cells(_ row: RowDraft, scenario: String, tags: [String]) -> [String] {
        [
            scenario, row.step, row.call, row.auth, row.body, row.set.joined(separator: "; "), row.expect,
            row.check.joined(separator: "; "), row.opts.joined(separator: " "), tags.joined(separator: " "), row.note,
        ]
    }
}
