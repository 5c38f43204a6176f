import ArgumentParser
import Diagnostics
import Foundation
import Harness
import Reporting

/// `assay list`: what would be run.
struct ListCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists scenarios and their steps. Sends nothing.",
        discussion: """
            Examples:
              assay list                           every scenario
              assay list --target sandbox --tags smoke
              assay list scenarios/orders.csv --report json
            """
    )

    @OptionGroup var selection: SelectionOptions

    @OptionGroup(title: "Contract") var contract: ContractOptions

    @Option(help: ArgumentHelp("A target in assay.yaml; it decides which steps are skipped.", valueName: "name"))
    var target: String?

    @OptionGroup var variables: VariableOptions

    @OptionGroup(title: "Output") var output: OutputOptions<PlainFormat>

    func makeReport() throws(HarnessError) -> CommandReport<PlainFormat> {
        var request = PlanRequest()
        request.contracts = contract.choice
        request.target.name = target
        request.target.variables = variables.variables
        request.tables = selection.choice
        request.environment = ProcessInfo.processInfo.environment
        let listing = try ListSession.listing(try Workspace.openCurrent(), request)
        return CommandReport(
            content: { format, style in
                switch format {
                case .text: .parts(ListingText(style: style).parts(of: listing))
                case .json: .text(ListingJSON().render(listing))
                }
            }, exit: .passed, diagnostics: output.shown(listing.diagnostics), isSilent: false)
    }
}
