import ArgumentParser
import Diagnostics
import Foundation
import Harness
import JSONDocument
import Reporting

/// `assay list`: what would be run.
struct ListCommand: ParsableCommand {
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

    @OptionGroup(title: "Output") var output: OutputOptions

    func run() throws {
        try output.run("list") { workspace throws(HarnessError) in
            var request = RunRequest()
            request.contracts = contract.choice
            request.target.name = target
            request.tables = selection.choice
            request.environment = ProcessInfo.processInfo.environment
            let listing = try PlanListing(workspace, request)
            return CommandOutput(
                diagnostics: listing.diagnostics,
                text: { ListText(style: $0).render(listing) },
                members: [
                    ("target", .string(listing.target)), ("scenarios", .array(listing.scenarios.map(\.json))),
                ])
        }
    }
}
