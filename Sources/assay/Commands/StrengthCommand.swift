import ArgumentParser
import Diagnostics
import Foundation
import Harness
import Reporting

/// `assay strength`: breaks the mock rule by rule and shows which faults the scenarios notice.
struct StrengthCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "strength",
        abstract: "Breaks the mock rule by rule and shows which faults the scenarios notice.",
        discussion: """
            Examples:
              assay strength                                 every rule
              assay strength --break 'body.*'                the rules about bodies
              assay strength --break body.type@getParcel     one rule of one operation
              assay strength --minimum 95 --report json      fails below 95 %
            """
    )

    @OptionGroup var selection: SelectionOptions

    @OptionGroup(title: "Contract") var contract: ContractOptions

    @OptionGroup var variables: VariableOptions

    @Option(
        name: .customLong("break"),
        help: ArgumentHelp("Only these faults; repeatable.", valueName: "rule[@operation]"))
    var faults: [String] = []

    @Option(
        help: ArgumentHelp(
            "Exit with 1 if a smaller percentage of the faults is noticed; default: 0.", valueName: "percent"),
        transform: OptionValue.percent)
    var minimum = 0.0

    @Option(
        help: ArgumentHelp(
            "How many faults are tried at the same time; default: the number of processors.", valueName: "n"),
        transform: OptionValue.jobs)
    var jobs: Int?

    @Option(help: ArgumentHelp("The seed of generated values.", valueName: "text"))
    var seed = "strength"

    @OptionGroup(title: "Output") var output: OutputOptions<PlainFormat>

    var takesLong: Bool { true }

    func makeReport() async throws(HarnessError) -> CommandReport<PlainFormat> {
        var request = PlanRequest()
        request.contracts = contract.choice
        request.tables = selection.choice
        request.target.name = "mock"
        request.target.variables = variables.variables
        request.seed = seed
        request.environment = ProcessInfo.processInfo.environment
        let session = try PlannedSession(try Workspace.openCurrent(), request)
        console.show(output.shown(session.diagnostics))
        let strength = try await measure(session)
        guard !strength.trials.isEmpty else {
            throw HarnessError.wrongInput(
                "usage.nothing-selected", "no fault to try",
                help: "check --break; its rules are those of findings, such as body.type")
        }
        let exit: Harness.ExitCode =
            strength.wasInterrupted ? .interrupted : strength.score < minimum ? .findings : .passed
        return CommandReport(exit: exit) { format, _ in
            switch format {
            case .text: StrengthText(isQuiet: output.quiet).render(strength)
            case .json: StrengthJSON().render(strength, exit: Int(exit.rawValue))
            }
        }
    }

    private func measure(_ session: PlannedSession) async throws(HarnessError) -> Strength {
        let wanted = faults
        let jobs = jobs ?? ProcessInfo.processInfo.activeProcessorCount
        return try await Interruptible.run { () async throws(HarnessError) in
            try await session.strength(jobs: jobs, selecting: wanted)
        }
    }
}
