import ArgumentParser
import Diagnostics
import Foundation
import Harness

/// `assay replay`: judges recordings without a network.
struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Judges recorded traffic (HAR files) against a contract. Sends nothing.",
        discussion: """
            Examples:
              assay replay fixtures/                            recordings of this project
              assay replay traffic.har --spec openapi.yaml      traffic of a browser or proxy
              assay replay july.har --api-version 2023-08-01    judged by the new version

            Entries are matched to operations by method and URL. The exit code is the same as for a run.
            """
    )

    @Argument(help: ArgumentHelp("HAR files, or folders of them.", valueName: "recording"))
    var recordings: [String]

    @OptionGroup(title: "Contract") var contract: ContractOptions

    @OptionGroup(title: "Judging") var judging: JudgingOptions

    @OptionGroup(title: "Output") var output: OutputOptions

    func run() throws {
        let outputs = try output.outputs()
        let console = output.console
        var request = ReplayRequest()
        request.recordings = recordings
        request.contracts = contract.choice
        request.environment = ProcessInfo.processInfo.environment
        request.judging = judging.choice
        do {
            let result = try ReplaySession.result(try Workspace.open(FileManager.default.currentDirectoryPath), request)
            if !output.quiet { console.show(Diagnostics(result.diagnostics.entries.filter { $0.severity > .note })) }
            try outputs.write(result, folder: nil, console: console, quiet: output.quiet)
            throw ArgumentParser.ExitCode(result.exit.rawValue)
        } catch let error as HarnessError {
            console.show(error.diagnostics)
            outputs.write(error, console: console)
            throw ArgumentParser.ExitCode(error.exit.rawValue)
        }
    }
}
