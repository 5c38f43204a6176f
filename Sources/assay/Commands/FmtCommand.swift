import ArgumentParser
import Diagnostics
import Foundation
import Harness
import Scenarios

/// `assay fmt`: brings tables into canonical form.
struct FmtCommand: Command {
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

    /// The output that replaces writing tables.
    enum Mode: EnumerableFlag {
        case check, blocks

        static func help(for value: Mode) -> ArgumentHelp? {
            switch value {
            case .check: "Write nothing; list the tables that are not in canonical form."
            case .blocks: "Print each row as a short block, for 'git diff'; write nothing."
            }
        }
    }

    @Flag
    var mode: Mode?

    @Flag(help: "Write the form for spreadsheets: byte order mark, CRLF, and ' before values that they would change.")
    var excel = false

    @Option(help: ArgumentHelp("Move the items of a path into a column of their own; repeatable.", valueName: "field"))
    var promote: [String] = []

    @Option(help: ArgumentHelp("Move the items of such a column back; repeatable.", valueName: "field"))
    var demote: [String] = []

    @Flag(help: "Do not use colour.")
    var noColor = false

    var console: Console { noColor ? Console().plain() : Console() }

    func execute() throws(HarnessError) -> Harness.ExitCode {
        if tables == ["-"] { return try formatInput() }
        let root = FileManager.default.currentDirectoryPath
        if mode == .blocks {
            for source in try FormatSession.sources(root: root, paths: tables) {
                console.output(TableBlocks.text(source))
            }
            return .passed
        }
        let session = try FormatSession(root: root, paths: tables, form: form)
        console.show(session.diagnostics)
        if session.diagnostics.hasErrors {
            if mode == .check { listDifferences(of: session) }
            return .wrongInput
        }
        return mode == .check ? check(session) : try write(session)
    }

    private var form: TableForm { TableForm(isForSpreadsheets: excel, promoted: promote, demoted: demote) }

    /// Prints the tables that are not in canonical form.
    @discardableResult
    private func listDifferences(of session: FormatSession) -> Int {
        let others = session.entries.filter { $0.formatted != nil && $0.differs }
        for entry in others { console.output("\(entry.source.path)\n") }
        return others.count
    }

    private func check(_ session: FormatSession) -> Harness.ExitCode {
        let others = listDifferences(of: session)
        guard others > 0 else { return .passed }
        console.error(
            "\(others) of \(count(session.entries.count)) not in canonical form; run `assay fmt` to rewrite\n")
        return .findings
    }

    private func write(_ session: FormatSession) throws(HarnessError) -> Harness.ExitCode {
        let written = try session.write()
        for path in written { console.output("formatted \(path)\n") }
        let rest = session.entries.count - written.count
        if rest > 0 { console.error("\(count(rest)) unchanged\n") }
        return .passed
    }

    private func count(_ tables: Int) -> String { tables == 1 ? "1 table" : "\(tables) tables" }

    private func formatInput() throws(HarnessError) -> Harness.ExitCode {
        let source = TableSource(path: "standard input", bytes: try InputFile.bytes(of: "-"))
        if mode == .blocks {
            console.output(TableBlocks.text(source))
            return .passed
        }
        let (formatted, problems) = TableFormatter.format(source, as: form)
        console.show(Diagnostics(problems))
        guard let formatted else { return .wrongInput }
        if mode == .check { return formatted == source.bytes ? .passed : .findings }
        console.output(String(decoding: formatted, as: UTF8.self))
        return .passed
    }

    func validate() throws {
        if mode == .blocks, excel || !promote.isEmpty || !demote.isEmpty {
            throw ValidationError("`--blocks` cannot be combined with other options")
        }
        if tables.contains("-"), tables.count > 1 { throw ValidationError("- cannot be combined with other paths") }
    }
}
