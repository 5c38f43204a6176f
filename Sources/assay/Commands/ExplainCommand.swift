import ArgumentParser
import Conformance
import Diagnostics
import Foundation
import Harness
import Reporting

/// `assay explain`: the request that a row would send, and why; or the meaning of a rule.
struct ExplainCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explains a rule, or the request of a row and where each value comes from. Sends nothing.",
        discussion: """
            For a rule, shows its meaning, the text on which it is based, an example, and what to do.

            For a row, shows every value with the cell or file that it comes from and the schema that defines its type. Values \
            from earlier responses are written ‹step.path›; secrets are masked.

            Examples:
              assay explain body.type              a rule, as findings name it
              assay explain scenarios/orders.csv:7
              assay explain order-lifecycle/order
              assay explain order-lifecycle        every step of it
            """
    )

    @Argument(
        help: ArgumentHelp("The id of a rule; or FILE:LINE, SCENARIO/STEP or SCENARIO.", valueName: "rule|row"))
    var subject: String

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
        if let explanation = RuleExplanation.of(subject) {
            return CommandReport { format, style in
                switch format {
                case .text: RuleExplanationText(style: style).render(explanation)
                case .json: RuleExplanationJSON().render(explanation)
                }
            }
        }
        do throws(HarnessError) {
            return try explainRow()
        } catch {
            throw unknownRule(error) ?? error
        }
    }

    /// The mistake if the subject is more similar to the id of a rule than to a name in the tables.
    private func unknownRule(_ error: HarnessError) -> HarnessError? {
        guard !subject.contains("/"), !subject.contains(":") else { return nil }
        let family = subject.prefix { $0 != "." } + "."
        let isOfFamily = subject.hasPrefix(family) && RuleExplanation.ids.contains { $0.hasPrefix(family) }
        let nearest = nearestName(to: subject, among: RuleExplanation.ids)
        let hasName = error.diagnostics.entries.contains { $0.help?.hasPrefix("did you mean") == true }
        guard isOfFamily || nearest != nil && !hasName else { return nil }
        return .wrongInput(
            "usage.unknown-rule", "unknown rule '\(subject)'",
            help: nearest.map { "did you mean `\($0)`?" } ?? "`assay rules` lists every rule")
    }

    private func explainRow() throws(HarnessError) -> CommandReport<PlainFormat> {
        var request = PlanRequest()
        request.contracts = contract.choice
        request.target.name = target
        request.target.baseURL = baseURL
        request.target.variables = variables.variables
        request.seed = seed
        request.environment = ProcessInfo.processInfo.environment
        let session = try ExplainSession(try Workspace.openCurrent(), ExplainTarget(subject), request)
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
