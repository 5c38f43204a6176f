import ArgumentParser
import Diagnostics
import Exchanges
import Foundation
import Harness
import JSONDocument
import Reporting

/// `assay report`: judges stored journals again, those of shards together.
struct ReportCommand: ReportingCommand {
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

    @OptionGroup(title: "Output") var output: OutputOptions<VerdictFormat>

    func makeReport() throws(HarnessError) -> CommandReport<VerdictFormat> {
        var request = ReportRequest()
        request.journals = journals
        request.contracts = contract.choice
        request.environment = ProcessInfo.processInfo.environment
        request.judging = judging.choice
        let result = try ReportSession.result(try Workspace.openCurrent(), request)
        return CommandReport(
            result, command: "report", output, coverage: request.judging.coverage,
            diagnostics: output.shown(result.diagnostics))
    }

    static func membersOfFailure(_ command: ReportCommand?) -> [(String, JSONValue?)] {
        VerdictJSON(redactor: .none).membersOfNothing
    }
}
