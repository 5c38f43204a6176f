import ArgumentParser
import Diagnostics
import Foundation
import Harness

/// `assay report`: judges stored journals once more, those of shards together.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Creates the reports of stored journals, and merges the journals of shards.",
        discussion: """
            Examples:
              assay report reports/journals/20260131T120000-abc.ndjson
              assay report --report json=report.json shard-1.ndjson shard-2.ndjson

              assay report --baseline baseline.yaml --min-coverage 80 run.ndjson

            A run is judged with its own baseline, --strict and --min-coverage, unless they are passed here. The exit \
            code is that of the run, or of the merged runs.
            """
    )

    @Argument(help: ArgumentHelp("Journals: of one run, or of all its shards.", valueName: "journal"))
    var journals: [String]

    @OptionGroup(title: "Contract") var contract: ContractOptions

    @OptionGroup(title: "Judging") var judging: AcceptanceOptions

    @OptionGroup(title: "Output") var output: OutputOptions

    func run() throws {
        let outputs = try output.outputs()
        let console = output.console
        var request = ReportRequest()
        request.journals = journals
        request.contracts = contract.choice
        request.environment = ProcessInfo.processInfo.environment
        request.judging = judging.choice
        let exit: Harness.ExitCode
        do throws(HarnessError) {
            try outputs.checkFiles()
            let result = try ReportSession.result(try Workspace.open(FileManager.default.currentDirectoryPath), request)
            if !output.quiet { console.show(Diagnostics(result.diagnostics.entries.filter { $0.severity > .note })) }
            exit = outputs.deliver(result.exit, console) { () throws(HarnessError) in
                try outputs.write(result, folder: nil, console: console, quiet: output.quiet)
            }
        } catch {
            console.show(error.diagnostics)
            outputs.write(error, console: console)
            throw ArgumentParser.ExitCode(error.exit.rawValue)
        }
        throw ArgumentParser.ExitCode(exit.rawValue)
    }
}
