import ArgumentParser
import Diagnostics
import Foundation
import Harness
import Reporting

/// `assay explain`: the request that a row would send, and why.
struct ExplainCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Shows the request of a row and where each value comes from. Sends nothing.",
        discussion: """
            Shows every value with the cell or file that it comes from and the schema that defines its type. Values \
            from earlier responses are written ‹step.path›; secrets are masked.

            Examples:
              assay explain scenarios/orders.csv:7
              assay explain order-lifecycle/order
              assay explain order-lifecycle        every step of it
            """
    )

    @Argument(
        help: ArgumentHelp("FILE:LINE, SCENARIO/STEP or SCENARIO.", valueName: "row"),
        transform: { ExplainTarget($0) })
    var row: ExplainTarget

    @OptionGroup(title: "Contract") var contract: ContractOptions

    @Option(help: ArgumentHelp("A target in assay.yaml.", valueName: "name"))
    var target: String?

    @Option(help: ArgumentHelp("The base URL; with --target, it replaces the address of the target.", valueName: "url"))
    var baseURL: String?

    @OptionGroup var variables: VariableOptions

    @Option(help: ArgumentHelp("The seed of generated values.", valueName: "text"))
    var seed = "assay"

    @OptionGroup(title: "Output") var output: OutputOptions<PlainFormat>

    func makeReport() throws(HarnessError) -> CommandReport<PlainFormat> {
        var request = PlanRequest()
        request.contracts = contract.choice
        request.target.name = target
        request.target.baseURL = baseURL
        request.target.variables = variables.variables
        request.seed = seed
        request.environment = ProcessInfo.processInfo.environment
        let session = try ExplainSession(try Workspace.openCurrent(), row, request)
        return CommandReport(diagnostics: output.shown(session.diagnostics)) { format, style in
            switch format {
            case .text: ExplanationText(style: style).render(session.explanations)
            case .json:
                ExplanationJSON().render(
                    session.explanations, seed: seed, diagnostics: session.diagnostics.entries)
            }
        }
    }
}
