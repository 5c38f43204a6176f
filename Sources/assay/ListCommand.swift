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
        abstract: "Lists scenarios and their steps; sends nothing.",
        discussion: """
            Examples:
              assay list                           every scenario, and what is skipped with the default target
              assay list --target sandbox --tags smoke
              assay list scenarios/orders.csv --report json
            """
    )

    @Argument(help: ArgumentHelp("Scenario tables; all under scenarios/ when none is given.", valueName: "table"))
    var tables: [String] = []

    @OptionGroup(title: "Contract") var contract: ContractOptions

    @Option(help: ArgumentHelp("A target of assay.yaml, which decides what is skipped.", valueName: "name"))
    var target: String?

    @Option(help: ArgumentHelp("Scenarios with these tags: 'smoke and not slow'.", valueName: "expr"))
    var tags: String?

    @Option(help: ArgumentHelp("Scenarios with this text in their or a step's name.", valueName: "text"))
    var grep: String?

    @OptionGroup(title: "Output") var output: OutputOptions

    func run() throws {
        try output.run("list") { workspace throws(HarnessError) in
            var request = RunRequest()
            request.contracts = contract.choice
            request.target.name = target
            request.tables.tables = tables
            request.tables.tags = tags
            request.tables.grep = grep
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
