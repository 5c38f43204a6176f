import ArgumentParser
import Diagnostics
import Foundation
import Harness
import Reporting
import Sockets

/// The progress that a run shows.
struct ProgressOptions: ParsableArguments {
    @Flag(help: "Show no progress: no line on a terminal, and no line for each scenario elsewhere.")
    var noProgress = false

    @Flag(name: .shortAndLong, help: "Print every request and response to standard error when its step ends.")
    var verbose = false
}

/// Options of commands that run scenarios: `run` and `record`.
struct RunOptions: ParsableArguments {
    @OptionGroup var selection: SelectionOptions

    @OptionGroup(title: "Contract") var contract: ContractOptions

    @OptionGroup var target: TargetOptions

    @Flag(help: "Only scenarios that did not pass in the last run.")
    var lastFailed = false

    @OptionGroup var pace: PaceOptions

    @OptionGroup(title: "Webhooks") var receiver: ReceiverOptions

    @OptionGroup var storage: StorageOptions

    @OptionGroup(title: "Judging") var judging: JudgingOptions

    @Flag(help: "Show the requests in order. Sends nothing.")
    var dryRun = false

    @OptionGroup var progress: ProgressOptions

    @OptionGroup(title: "Output") var output: OutputOptions<VerdictFormat>

    func validate() throws {
        guard dryRun, let other = output.reports.first(where: { ![.text, .json].contains($0.format) }) else { return }
        throw ValidationError("`--dry-run` has no `\(other.format.rawValue)` report; use text or json")
    }

    /// Runs, and records as `recording` says.
    func run(
        _ command: String, _ recording: RecordingChoice?
    ) async throws(HarnessError) -> CommandReport<VerdictFormat> {
        let workspace = try Workspace.openWithProblems(FileManager.default.currentDirectoryPath)
        var request = request(command, recording)
        request.planning.isPreview = dryRun
        let trace = ExchangeTrace(console: console)
        if progress.verbose { request.observer = trace.show }
        let session = try RunSession(workspace, request)
        trace.start(redactor: session.planned.redactor)
        // Notes about documents and tables are for those who look for them; a run reports what may be wrong.
        console.show(output.shown(session.planned.diagnostics))
        guard !dryRun else { return Self.report(try session.dryRun()) }
        let result = try await execute(session, isCI: request.isCI)
        var report = CommandReport(
            result, command: command, output, coverage: request.judging.coverage, folder: result.reports,
            diagnostics: result.news(isQuiet: output.quiet))
        report.help = result.rendering
        if let recorded = result.recorded, !output.quiet { report.remarks = RecordText().render(recorded) }
        return report
    }

    /// Moves the reports of an earlier run away when this one failed: they must not be taken for this one's.
    func retireOldReports() {
        if !dryRun { ReportFiles.retire(FileManager.default.currentDirectoryPath) }
    }

    private var console: Console { output.console }

    private static func report(_ run: DryRun) -> CommandReport<VerdictFormat> {
        CommandReport { format, style in
            switch format {
            case .json: DryRunJSON().render(run)
            default: DryRunText(style: style).render(run)
            }
        }
    }

    private func execute(_ session: RunSession, isCI: Bool) async throws(HarnessError) -> RunResult {
        let isHidden = output.quiet || progress.noProgress
        let isLine = Console.isTerminal(STDERR_FILENO) && !isCI && !progress.verbose
        let line = ProgressLine(isHidden ? .hidden : isLine ? .line : .scenarios, console: console)
        defer { line.clear() }
        return try await Interruptible.run { () async throws(HarnessError) in
            try await session.execute(progress: line.update)
        }
    }

    private func request(_ command: String, _ recording: RecordingChoice?) -> RunRequest {
        var request = RunRequest()
        request.planning = planning
        request.jobs = pace.jobs
        request.failFast = pace.failFast
        request.timeout = pace.timeout
        request.journal = storage.journal
        request.resumes = storage.resume
        request.durations = storage.durations
        request.shard = storage.shard
        request.recording = recording
        request.receiver = receiver.choice
        request.invocation.command = command
        request.invocation.arguments = ProcessArguments.all
        request.invocation.isWatched =
            Console.isTerminal(STDOUT_FILENO) || output.reports.contains { $0.format == .html }
        return request
    }

    private var planning: PlanRequest {
        var request = PlanRequest()
        request.contracts = contract.choice
        request.tables = selection.choice
        request.tables.onlyLastFailed = lastFailed
        target.apply(to: &request)
        request.seed = pace.seed
        request.environment = ProcessInfo.processInfo.environment
        request.judging = judging.choice
        request.judging.reruns = pace.rerun
        return request
    }
}

/// Options that decide how requests are sent.
struct PaceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("How many scenarios run at the same time, 1 to 256.", valueName: "n"),
        transform: OptionValue.jobs)
    var jobs: Int?

    @Flag(help: "Start no new scenario after the first failure.")
    var failFast = false

    @Option(
        help: ArgumentHelp(
            "How often a scenario is run again if a live target may have failed it, 0 to 3; default: 3.",
            valueName: "n"),
        transform: OptionValue.reruns)
    var rerun: Int?

    @Option(
        help: ArgumentHelp("The seed of generated values; default: a new one.", valueName: "text"),
        transform: OptionValue.nonempty)
    var seed: String?

    @Option(
        help: ArgumentHelp("The maximum duration of one exchange: 500ms, 30s, 2m.", valueName: "duration"),
        transform: OptionValue.duration)
    var timeout: Duration?
}

/// Options that decide how a run is stored, resumed and split.
struct StorageOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The file in which exchanges are stored.", valueName: "path"))
    var journal: String?

    @Flag(help: "Resume the interrupted run of --journal, or the last one.")
    var resume = false

    @Option(
        help: ArgumentHelp(
            "Run one part of the scenarios: 2/5, or auto to take it from the CI engine.", valueName: "i/n"),
        transform: OptionValue.shard)
    var shard: Shard?

    @Option(
        help: ArgumentHelp(
            "A journal of an earlier run, used to make shards that take equally long.", valueName: "path"))
    var durations: String?

    @Option(
        help: ArgumentHelp("Also record the traffic in this folder, one HAR file per scenario.", valueName: "folder"))
    var record: String?
}
