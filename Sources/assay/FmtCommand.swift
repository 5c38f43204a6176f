import ArgumentParser
import Diagnostics
import Foundation
import Harness
import Scenarios

/// `assay fmt`: one form for tables.
struct FmtCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fmt",
        abstract: "Writes scenario tables in one canonical form.",
        discussion: """
            The meaning of a table does not change. Comments are kept.

            Examples:
              assay fmt                                    every table of the project
              assay fmt --check                            lists tables in another form
              assay fmt --excel scenarios/orders.csv       for a spreadsheet
              assay fmt --promote set.order_amount T.csv   moves an item to its own column
              assay fmt - < table.csv                      standard input
            """
    )

    @Argument(
        help: ArgumentHelp("Tables, or folders of tables; default: all tables of the project.", valueName: "table"))
    var tables: [String] = []

    @Flag(help: "Write nothing; list the tables that are not in canonical form.")
    var check = false

    @Flag(help: "Write the form for spreadsheets: byte order mark, CRLF, and ' before values that they would change.")
    var excel = false

    @Option(help: ArgumentHelp("Move the items of a path into a column of their own; repeatable.", valueName: "field"))
    var promote: [String] = []

    @Option(help: ArgumentHelp("Move the items of such a column back; repeatable.", valueName: "field"))
    var demote: [String] = []

    @Flag(help: "Print each row as a short block, for 'git diff'; write nothing.")
    var blocks = false

    @Flag(help: "Do not use colour.")
    var noColor = false

    func run() throws {
        let console = noColor ? Console().plain() : Console()
        do {
            if tables == ["-"] { return try formatInput(console) }
            let root = FileManager.default.currentDirectoryPath
            if blocks {
                for source in try FormatSession.sources(root: root, paths: tables) {
                    console.output(TableBlocks.text(source))
                }
                return
            }
            let session = try FormatSession(root: root, paths: tables, form: form)
            console.show(session.diagnostics)
            try check ? list(session, console) : write(session, console)
            if session.diagnostics.hasErrors { throw ArgumentParser.ExitCode(Harness.ExitCode.wrongInput.rawValue) }
        } catch let error as HarnessError {
            console.show(error.diagnostics)
            throw ArgumentParser.ExitCode(error.exit.rawValue)
        }
    }

    private var form: TableForm { TableForm(isForSpreadsheets: excel, promoted: promote, demoted: demote) }

    private func list(_ session: FormatSession, _ console: Console) throws {
        let others = session.entries.filter { $0.formatted != nil && $0.differs }
        for entry in others { console.output("\(entry.source.path)\n") }
        guard !others.isEmpty, !session.diagnostics.hasErrors else { return }
        console.error(
            "\(others.count) of \(count(session.entries.count)) not in canonical form; run `assay fmt` to rewrite\n")
        throw ArgumentParser.ExitCode(Harness.ExitCode.findings.rawValue)
    }

    private func write(_ session: FormatSession, _ console: Console) throws {
        guard !session.diagnostics.hasErrors else { return }
        let written = try session.write()
        for path in written { console.output("formatted \(path)\n") }
        let rest = session.entries.count - written.count
        if rest > 0 { console.error("\(count(rest)) unchanged\n") }
    }

    private func count(_ tables: Int) -> String { tables == 1 ? "1 table" : "\(tables) tables" }

    private func formatInput(_ console: Console) throws {
        let bytes = try FileHandle.standardInput.readToEnd() ?? Data()
        let source = TableSource(path: "standard input", bytes: Array(bytes))
        if blocks { return console.output(TableBlocks.text(source)) }
        let (formatted, problems) = TableFormatter.format(source, as: form)
        console.show(Diagnostics(problems))
        guard let formatted else { throw ArgumentParser.ExitCode(Harness.ExitCode.wrongInput.rawValue) }
        if check {
            if formatted != source.bytes { throw ArgumentParser.ExitCode(Harness.ExitCode.findings.rawValue) }
        } else {
            console.output(String(decoding: formatted, as: UTF8.self))
        }
    }

    func validate() throws {
        if blocks, check || excel || !promote.isEmpty || !demote.isEmpty {
            throw ValidationError("`--blocks` cannot be combined with other options")
        }
        if tables.contains("-"), tables.count > 1 { throw ValidationError("- cannot be combined with other paths") }
    }
}
