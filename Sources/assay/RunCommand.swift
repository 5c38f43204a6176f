import ArgumentParser
import Diagnostics
import Foundation
import Harness
import Reporting
import Sockets

/// `assay run`: plan, run, judge, report.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Runs scenario tables and judges every response.",
        discussion: """
            Examples:
              assay run                                    every table, against the mock
              assay run scenarios/orders.csv               one table
              assay run --target sandbox --tags smoke      a target of assay.yaml
              assay run --dry-run --grep refused           only shows the requests
              assay run --base-url http://127.0.0.1:8080/v1 --report json
            """
    )

    @OptionGroup var selection: SelectionOptions

    @OptionGroup(title: "Contract") var contract: ContractOptions

    @OptionGroup var target: TargetOptions

    @Flag(help: "Only scenarios that did not pass in the last run.")
    var lastFailed = false

    @Option(help: ArgumentHelp("How many scenarios run at the same time, 1 to 256.", valueName: "n"))
    var jobs: Int?

    @Flag(help: "Start no new scenario after the first failure.")
    var failFast = false

    @Option(help: ArgumentHelp("The seed of generated values; default: a new one.", valueName: "text"))
    var seed: String?

    @Option(help: ArgumentHelp("The maximum duration of one exchange: 500ms, 30s, 2m.", valueName: "duration"))
    var timeout: String?

    @Option(help: ArgumentHelp("The file in which exchanges are stored.", valueName: "path"))
    var journal: String?

    @Flag(help: "Resume the interrupted run of --journal, or the last one.")
    var resume = false

    @Option(
        help: ArgumentHelp(
            "Run one part of the scenarios: 2/5, or auto to take it from the CI engine.", valueName: "i/n"))
    var shard: String?

    @Option(
        help: ArgumentHelp(
            "A journal of an earlier run, used to make shards that take equally long.", valueName: "path"))
    var durations: String?

    @Option(
        help: ArgumentHelp("Also record the traffic in this folder, one HAR file per scenario.", valueName: "folder"))
    var record: String?

    @OptionGroup(title: "Judging") var judging: JudgingOptions

    @Flag(help: "Show the requests in order. Sends nothing.")
    var dryRun = false

    @Flag(help: "Show no progress line.")
    var noProgress = false

    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        var recording: RecordingChoice?
        if let record {
            recording = RecordingChoice()
            recording?.folder = record
        }
        try await run(recording)
    }

    /// Runs, and records as `recording` says.
    func run(_ recording: RecordingChoice?) async throws {
        let outputs = try output.outputs()
        let console = output.console
        let exit: Harness.ExitCode
        do {
            let workspace = try Workspace.openWithProblems(FileManager.default.currentDirectoryPath)
            var request = try request()
            request.recording = recording
            let session = try RunSession(workspace, request)
            try outputs.checkFiles()
            if dryRun {
                let run = try DryRun(session)
                exit = outputs.deliver(.held, console) { () throws(HarnessError) in
                    try outputs.write(run, console: console, quiet: output.quiet)
                }
            } else {
                let result = try await execute(session, console, isCI: request.isCI)
                console.show(result.news(isQuiet: output.quiet))
                exit = outputs.deliver(result.exit, console, help: result.rendering) { () throws(HarnessError) in
                    try outputs.write(result, folder: result.reports, console: console, quiet: output.quiet)
                }
                if let recorded = result.recorded, !output.quiet { console.error(RecordText().render(recorded)) }
            }
        } catch let error as HarnessError {
            if !dryRun { ReportFiles.retire(FileManager.default.currentDirectoryPath) }
            console.show(error.diagnostics)
            outputs.write(error, console: console)
            throw ArgumentParser.ExitCode(error.exit.rawValue)
        }
        throw ArgumentParser.ExitCode(exit.rawValue)
    }

    private func execute(
        _ session: RunSession,
        _ console: Console,
        isCI: Bool
    ) async throws(HarnessError) -> RunResult {
        // Notes about documents and tables are for those who look for them; a run tells what may be wrong.
        if !output.quiet { console.show(Diagnostics(session.diagnostics.entries.filter { $0.severity > .note })) }
        let wantsProgress = !output.quiet && !noProgress && Console.isTerminal(STDERR_FILENO) && !isCI
        let progress = ProgressLine(isShown: wantsProgress, console: console)
        let task = Task { () async -> Result<RunResult, HarnessError> in
            do throws(HarnessError) {
                return .success(try await session.execute(progress: progress.update))
            } catch {
                return .failure(error)
            }
        }
        let interrupts = InterruptSignals { task.cancel() }
        defer { interrupts.stop() }
        let result = await task.value
        progress.clear()
        return try result.get()
    }

    private func request() throws -> RunRequest {
        var request = RunRequest()
        request.contracts = contract.choice
        request.tables = selection.choice
        request.tables.onlyLastFailed = lastFailed
        target.apply(to: &request)
        request.seed = seed
        request.jobs = jobs
        request.failFast = failFast
        request.journal = journal
        request.resumes = resume
        request.durations = durations
        request.shard = try shard.map(chosenShard)
        request.environment = ProcessInfo.processInfo.environment
        request.judging = judging.choice
        request.command = ProcessArguments.all
        if let timeout {
            request.timeout = try Duration.ofOption(timeout, name: "--timeout")
        }
        return request
    }

    private func chosenShard(_ text: String) throws -> Shard {
        do throws(Shard.Problem) {
            return try Shard(text, environment: ProcessInfo.processInfo.environment)
        } catch {
            throw ValidationError("--shard: \(error.message)")
        }
    }

    func validate() throws {
        if let shard { _ = try chosenShard(shard) }
        if resume, dryRun {
            throw ValidationError("`--resume` cannot be combined with `--dry-run`: a dry run has nothing to resume")
        }
        if let jobs, !(1...256).contains(jobs) {
            throw ValidationError("`--jobs` must be a number from 1 to 256")
        }
        if let seed, seed.isEmpty {
            throw ValidationError("--seed is empty")
        }
        if let timeout { _ = try Duration.ofOption(timeout, name: "--timeout") }
    }
}
