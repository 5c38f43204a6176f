import ArgumentParser
import Diagnostics
import Exchanges
import Foundation
import Harness
import JSONDocument
import Reporting

/// `assay replay`: judges recordings without a network.
struct ReplayCommand: ReportingCommand {
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

    @OptionGroup(title: "Output") var output: OutputOptions<VerdictFormat>

    func makeReport() throws(HarnessError) -> CommandReport<VerdictFormat> {
        var request = ReplayRequest()
        request.recordings = recordings
        request.contracts = contract.choice
        request.environment = ProcessInfo.processInfo.environment
        request.judging = judging.choice
        let result = try ReplaySession.result(try Workspace.openCurrent(), request)
        return CommandReport(
            result, command: "replay", output, coverage: request.judging.coverage,
            diagnostics: output.shown(result.diagnostics))
    }

    static func membersOfFailure(_ command: ReplayCommand?) -> [(String, JSONValue?)] {
        VerdictJSON(redactor: .none).membersOfNothing
    }
}
