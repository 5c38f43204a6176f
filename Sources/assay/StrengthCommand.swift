import ArgumentParser
import Diagnostics
import Foundation
import Harness

/// `assay strength`: breaks the mock rule by rule and tells which breaches the scenarios notice.
struct StrengthCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "strength",
        abstract: "Breaks the mock rule by rule and tells which breaches the scenarios notice.",
        discussion: """
            Examples:
              assay strength                                 every rule of the contracts that the tables use
              assay strength --break 'body.*'                the rules about bodies
              assay strength --break body.type@getParcel     one rule of one operation
              assay strength --minimum 95 --report json      for a build that guards its scenarios
            """
    )

    @Argument(help: ArgumentHelp("Scenario tables; all under scenarios/ when none is given.", valueName: "table"))
    var tables: [String] = []

    @OptionGroup(title: "Contract") var contract: ContractOptions

    @Option(
        name: .customLong("break"),
        help: ArgumentHelp("Only these breaches; repeatable.", valueName: "rule[@operation]"))
    var breaches: [String] = []

    @Option(help: ArgumentHelp("Exit with 1 when fewer percent of the breaches are noticed.", valueName: "percent"))
    var minimum = 0.0

    @Option(help: ArgumentHelp("Scenarios with these tags: 'smoke and not slow'.", valueName: "expr"))
    var tags: String?

    @Option(help: ArgumentHelp("Scenarios with this text in their or a step's name.", valueName: "text"))
    var grep: String?

    @Option(help: ArgumentHelp("Breaches that are tried at a time; as many as there are processors.", valueName: "n"))
    var jobs: Int?

    @Option(help: ArgumentHelp("What generated values derive from.", valueName: "text"))
    var seed = "strength"

    @Option(
        name: .customLong("report"),
        help: ArgumentHelp("text or json, on standard output or in a file.", valueName: "format[=path]"))
    var report = "text"

    @Flag(help: "Print nothing but the score.")
    var quiet = false

    func validate() throws {
        guard (0...100).contains(minimum) else { throw ValidationError("--minimum is a number from 0 to 100") }
        if let jobs, !(1...256).contains(jobs) { throw ValidationError("--jobs is a number from 1 to 256") }
        guard ["text", "json"].contains(format) else { throw ValidationError("--report is text or json") }
    }

    private var format: String { String(report.prefix { $0 != "=" }) }

    func run() async throws {
        let console = Console()
        do {
            let workspace = try Workspace.open(FileManager.default.currentDirectoryPath)
            let session = try RunSession(workspace, request())
            console.show(Diagnostics(session.diagnostics.entries.filter { $0.severity > .note }))
            let strength = try await measure(session)
            try write(strength, console)
        } catch let error as HarnessError {
            console.show(error.diagnostics)
            throw ArgumentParser.ExitCode(error.exit.rawValue)
        }
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

    private func write(_ strength: Strength, _ console: Console) throws {
        guard !strength.trials.isEmpty else {
            throw HarnessError.wrongInput(
                "usage.nothing-selected", "there is nothing to break",
                help: "see --break; rules are those of the findings, such as body.type")
        }
        let exit: Harness.ExitCode =
            strength.wasInterrupted ? .interrupted : strength.score < minimum ? .findings : .held
        let rendered = StrengthReport(strength)
        let text = format == "json" ? rendered.json(exit: Int(exit.rawValue)) : rendered.text
        if let start = report.firstIndex(of: "=") {
            let path = String(report[report.index(after: start)...])
            do {
                try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
            } catch {
                throw HarnessError.notPossible(
                    "reports.file", "\(path) cannot be written: \(error.localizedDescription)")
            }
        } else {
            console.output(quiet && format == "text" ? "\(strength.score) %\n" : text)
        }
        throw ArgumentParser.ExitCode(exit.rawValue)
    }

    private func request() -> RunRequest {
        var request = RunRequest()
        request.contracts = contract.choice
        request.tables.tables = tables
        request.tables.grep = grep
        request.tables.tags = tags
        request.target.name = "mock"
        request.seed = seed
        request.environment = ProcessInfo.processInfo.environment
        request.command = CommandLine.arguments
        return request
    }
}
