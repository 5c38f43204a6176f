public import ArgumentParser
import Diagnostics
import Harness
public import Versions

/// Options for the severities of changes between contracts.
struct WeightOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Which changes count as breaking.", valueName: "preset"))
    var preset = RulePreset.strict

    @Option(help: ArgumentHelp("Fail from this severity on.", valueName: "severity"))
    var failOn = FailingSeverity.error

    @Option(help: ArgumentHelp("Accepted changes, each with id, place, reason and until.", valueName: "file"))
    var ignore: String?

    @Flag(help: "Compare extensions (x-…) as well.")
    var extensions = false

    @Option(
        help: ArgumentHelp("Days between a deprecation and its sunset date; default: 0.", valueName: "days"),
        transform: OptionValue.number(0...36_500))
    var noticeDays = 0
}

extension RulePreset: ExpressibleByArgument {}

/// The lowest severity of changes that makes `assay diff` fail.
enum FailingSeverity: String, ExpressibleByArgument, CaseIterable {
    case error, warning, info

    /// Reads the name; reports call the lowest severity `note`.
    init?(argument: String) {
        self.init(rawValue: argument == "note" ? "info" : argument)
    }

    var severity: Severity {
        switch self {
        case .error: .error
        case .warning: .warning
        case .info: .note
        }
    }
}

/// Options for the rows and recordings that changes are joined with, and for edits of the rows.
struct JoinOptions: ParsableArguments {
    /// The treatment of tables that have to be edited.
    enum Edit: EnumerableFlag {
        case edits, write

        static func help(for value: Edit) -> ArgumentHelp? {
            switch value {
            case .edits: "Print how tables have to be edited, as a unified diff, and no report."
            case .write: "Print the edits of tables and make them."
            }
        }
    }

    @Option(help: ArgumentHelp("A table, or a folder of them, whose rows are compared; repeatable.", valueName: "path"))
    var tables: [String] = []

    @Option(
        help: ArgumentHelp("A recording (HAR), or a folder of them, to compare with; repeatable.", valueName: "path"))
    var recordings: [String] = []

    @Flag(inversion: .prefixedNo, help: "List the rows and recordings that changes break or touch.")
    var join = true

    @Flag
    var edit: Edit?

    var choice: JoinChoice {
        var choice = JoinChoice()
        choice.isWanted = join
        choice.tables = tables
        choice.recordings = recordings
        return choice
    }

    func validate() throws {
        if !join, edit != nil || !tables.isEmpty || !recordings.isEmpty {
            throw ValidationError("--no-join cannot be combined with --tables, --recordings, --edits or --write")
        }
    }
}
