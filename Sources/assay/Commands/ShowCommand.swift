import ArgumentParser
import Diagnostics
import Foundation
import Harness
import Reporting

/// `assay show`: the exchanges of a step, from the journal of a run.
struct ShowCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows requests and responses of a run. Sends nothing.",
        discussion: """
            Reads the journal of the last run, or the one that is named first. A step is named as the reports print \
            it, or by its row.

            Examples:
              assay show order-lifecycle/order
              assay show 'order-lifecycle › order'
              assay show scenarios/orders.csv:7
              assay show reports/journals/20260131T120000-abc.ndjson create
            """
    )

    @Argument(
        help: ArgumentHelp(
            "A journal (optional), and a step: SCENARIO/STEP, SCENARIO, STEP or FILE:LINE.", valueName: "step"))
    var words: [String]

    @OptionGroup(title: "Contract") var contract: ContractOptions

    @OptionGroup(title: "Output") var output: OutputOptions<PlainFormat>

    func makeReport() throws(HarnessError) -> CommandReport<PlainFormat> {
        var request = ShowRequest(words.last ?? "")
        request.journal = words.count > 1 ? words.first : nil
        request.contracts = contract.choice
        request.environment = ProcessInfo.processInfo.environment
        let shown = try ShowSession.steps(try Workspace.openCurrent(), request)
        return CommandReport { format, style in
            switch format {
            case .text: ShownStepsText(style: style).render(shown)
            case .json: ShownStepsJSON().render(shown)
            }
        }
    }

    func validate() throws {
        guard (1...2).contains(words.count) else {
            throw ValidationError("name one step, or a journal and a step: assay show [JOURNAL] STEP")
        }
        if words.count == 1, words[0].hasSuffix(".ndjson") {
            throw ValidationError("name a step of the journal: assay show \(words[0]) STEP")
        }
    }
}
