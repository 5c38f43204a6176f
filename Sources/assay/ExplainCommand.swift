import ArgumentParser
import Diagnostics
import Foundation
import Harness
import JSONDocument
import Reporting

/// `assay explain`: the request that a row would send, and why.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Shows the request of a row and where each value comes from. Sends nothing.",
        discussion: """
            Shows every value with the cell or file that it comes from and the schema that defines its type. Values \
            from earlier responses are written ‹step.path›; secrets are masked.

            Examples:
              assay explain scenarios/orders.csv:7
              assay explain order-lifecycle/create
              assay explain order-lifecycle        every step of it
            """
    )

    @Argument(help: ArgumentHelp("FILE:LINE, SCENARIO/STEP or SCENARIO.", valueName: "row"))
    var row: String

    @OptionGroup(title: "Contract") var contract: ContractOptions

    @Option(help: ArgumentHelp("A target in assay.yaml.", valueName: "name"))
    var target: String?

    @Option(help: ArgumentHelp("The base URL of a target.", valueName: "url"))
    var baseURL: String?

    @Option(help: ArgumentHelp("The seed of generated values.", valueName: "text"))
    var seed = "assay"

    @OptionGroup(title: "Output") var output: OutputOptions

    func run() throws {
        try output.run("explain") { workspace throws(HarnessError) in
            var request = RunRequest()
            request.contracts = contract.choice
            request.target.name = target
            request.target.baseURL = baseURL
            request.seed = seed
            request.environment = ProcessInfo.processInfo.environment
            let session = try ExplainSession(workspace, ExplainTarget(row), request)
            return CommandOutput(
                diagnostics: session.diagnostics,
                text: { ExplainText(style: $0).render(session.explanations) },
                members: [("seed", .string(seed)), ("steps", .array(session.explanations.map(\.json)))])
        }
    }
}
