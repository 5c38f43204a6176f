import ArgumentParser
import Diagnostics
import Foundation
import Harness

/// `assay strength`: breaks the mock rule by rule and tells which breaches the scenarios notice.
struct StrengthCommand: AsyncParsableCommand {
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

    @Option(
        name: .customLong("break"),
        help: ArgumentHelp("Only these faults; repeatable.", valueName: "rule[@operation]"))
    var breaches: [String] = []

    @Option(help: ArgumentHelp("Exit with 1 if a smaller percentage of the faults is noticed.", valueName: "percent"))
    var minimum = 0.0

    @Option(
        help: ArgumentHelp(
            "How many faults are tried at the same time; default: the number of processors.", valueName: "n"))
    var jobs: Int?

    @Option(help: ArgumentHelp("The seed of generated values.", valueName: "text"))
    var seed = "strength"

    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        guard (0...100).contains(minimum) else { throw ValidationError("`--minimum` must be a number from 0 to 100") }
        if let jobs, !(1...256).contains(jobs) { throw ValidationError("`--jobs` must be a number from 1 to 256") }
    }

    func run() async throws {
        let outputs = try output.outputs()
        let console = output.console
        let exit: Harness.ExitCode
        do throws(HarnessError) {
            let workspace = try Workspace.open(FileManager.default.currentDirectoryPath)
            let session = try RunSession(workspace, request())
            if !output.quiet { console.show(Diagnostics(session.diagnostics.entries.filter { $0.severity > .note })) }
            let strength = try await measure(session)
            exit = try write(strength, outputs, console)
        } catch {
            console.show(error.diagnostics)
            outputs.write(error, console: console)
            throw ArgumentParser.ExitCode(error.exit.rawValue)
        }
        throw ArgumentParser.ExitCode(exit.rawValue)
    }

    private func measure(_ session: RunSession) async throws(HarnessError) -> Strength {
        let wanted = breaches
        let jobs = jobs ?? ProcessInfo.processInfo.activeProcessorCount
        let task = Task { () async -> Result<Strength, HarnessError> in
            do throws(HarnessError) {
                return .success(
                    try await session.strength(jobs: jobs, selecting: wanted))
            } catch {
                return .failure(error)
            }
        }
        let interrupts = InterruptSignals { task.cancel() }
        defer { interrupts.stop() }
        return try await task.value.get()
    }

    private func write(
        _ strength: Strength, _ outputs: ReportOutputs, _ console: Console
    ) throws(HarnessError) -> Harness.ExitCode {
        guard !strength.trials.isEmpty else {
            throw HarnessError.wrongInput(
                "usage.nothing-selected", "no fault to try",
                help: "check --break; its rules are those of findings, such as body.type")
        }
        let exit: Harness.ExitCode =
            strength.wasInterrupted ? .interrupted : strength.score < minimum ? .findings : .held
        let report = StrengthReport(strength)
        return outputs.deliver(exit, console) { () throws(HarnessError) in
            try outputs.write(
                text: { _ in output.quiet ? "\(strength.score) %\n" : report.text },
                json: { report.json(exit: Int(exit.rawValue)) }, console: console)
        }
    }

    private func request() -> RunRequest {
        var request = RunRequest()
        request.contracts = contract.choice
        request.tables = selection.choice
        request.target.name = "mock"
        request.seed = seed
        request.environment = ProcessInfo.processInfo.environment
        request.command = ProcessArguments.all
        return request
    }
}
