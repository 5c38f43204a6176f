import ArgumentParser
import Diagnostics
import Foundation
import Harness

/// `assay report`: judges stored journals once more, those of shards together.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Renders the journals of runs, and merges those of shards.",
        discussion: """
            Examples:
              assay report reports/journals/20260131T120000-abc.ndjson
              assay report --report json=report.json shard-1.ndjson shard-2.ndjson

            The exit code is that of the run, or of the runs together.
            """
    )

    @Argument(help: ArgumentHelp("Journals: of one run, or of all its shards.", valueName: "journal"))
    var journals: [String]

    @OptionGroup(title: "Contract") var contract: ContractOptions

    @Option(
        name: .customLong("report"),
        help: ArgumentHelp("text or json, on standard output or in a file; repeatable.", valueName: "format[=path]")
    )
    var reports: [String] = []

    @Flag(help: "Print failures only.")
    var quiet = false

    @Flag(help: "No colour.")
    var noColor = false

    func run() throws {
        let outputs = try ReportOutputs(reports)
        let console = noColor ? Console().plain() : Console()
        let root = FileManager.default.currentDirectoryPath
        var request = ReportRequest()
        request.journals = journals
        request.contracts = contract.choice
        request.environment = ProcessInfo.processInfo.environment
        do {
            let result = try ReportSession.result(try Workspace.open(root), request)
            if !quiet { console.show(Diagnostics(result.diagnostics.entries.filter { $0.severity > .note })) }
            try outputs.write(result, root: root, console: console, quiet: quiet)
            throw ArgumentParser.ExitCode(result.exit.rawValue)
        } catch let error as HarnessError {
            console.show(error.diagnostics)
            outputs.write(error, console: console)
            throw ArgumentParser.ExitCode(error.exit.rawValue)
        }
    }

    func validate() throws {
        _ = try ReportOutputs(reports)
    }
}
