import Conformance
import Diagnostics
import Exchanges
import Foundation
import Mocking
import OpenAPI
import Primitives
import Project
import Recordings
import Reporting
package import Running
import Scenarios

extension RunSession {
    /// Executes the run, judges it, and writes journal and reports.
    ///
    /// Cancelling the task stops sending. The exchanges up to then are judged and reported all the same.
    ///
    /// - Throws: `HarnessError` (exit 3) when the mock cannot start or nothing can be written.
    package func execute(
        over network: any Network, progress: @escaping @Sendable (RunEvent) -> Void
    ) async throws(HarnessError) -> RunResult {
        let clock = ContinuousClock()
        let start = clock.now
        let startedAt = planned.startedAt
        // The check comes first: the network library ends the process when no files are left for its event loops.
        let jobs = try possibleJobs(OpenFiles.current)
        try network.check(planned.delivery.connection)
        try ReportFiles(root: planned.workspace.root).prepare()
        let waits = waitClock(startedAt)
        let reception = try await reception(waits, over: network)
        let server = try await startMock(waits, network, reception)
        let result: Result<RunResult, HarnessError>
        do throws(HarnessError) {
            let baseURL = server?.baseURL ?? planned.fixtures?.baseURL ?? planned.target.liveURL
            var run = try await run(
                baseURL, startedAt, jobs: jobs, waits, network, reception, progress
            )
            .withSources(in: planned.workspace)
            run.elapsed = clock.now - start
            let report = run.report
            remember(&run, showsTrend: deservesPage(report))
            do throws(HarnessError) {
                try write(run, report)
                run.reports = ReportFiles.latest
            } catch {
                run = run.without(reports: error.diagnostics.entries)
            }
            if let choice = request.recording {
                run.recorded = try record(
                    try planned.workspace.journal(run.journal),
                    in: choice.folder ?? planned.workspace.project.fixtures.folder)
            }
            result = .success(run)
        } catch {
            result = .failure(HarnessError(error.exit, planned.redactor.redact(error.diagnostics)))
        }
        try? await server?.stop()
        try? await reception?.server?.stop()
        return try result.get()
    }

    private func startMock(
        _ waits: WaitClock?, _ network: any Network, _ reception: DeliveryReception?
    ) async throws(HarnessError) -> (any ServedMock)? {
        guard planned.target.kind == .mock else { return nil }
        return try await network.serve(planned.versions(deliveringTo: reception?.inboxes), mockSettings(waits))
    }

    private func mockSettings(_ waits: WaitClock?) -> MockSettings {
        var settings = MockSettings(seed: planned.seed, credentials: planned.credentials.accepted)
        if let waits { settings.now = { waits.now } }
        return settings
    }

    /// The clock of a run that does not wait: it uses recordings, or records the mock. The clock starts at the start
    /// time of the earliest recorded scenario. `nil` for the system's clock.
    private func waitClock(_ startedAt: Instant) -> WaitClock? {
        guard planned.fixtures != nil || recordsMock else { return nil }
        return WaitClock(start: planned.plan.scenarios.compactMap(\.origin?.startedAt).min() ?? startedAt)
    }

    /// The number of scenarios that run at a time: as many as requested, if there are enough files for their
    /// connections. The others wait their turn.
    private func possibleJobs(_ files: OpenFiles) throws(HarnessError) -> Int {
        let isMock = planned.target.kind == .mock
        let wanted = max(1, min(wantedJobs, planned.plan.scenarios.count))
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let jobs = files.connections(jobs: wanted, cores: cores, isMock: isMock)
        guard jobs > 0 else {
            var enough = files
            while enough.connections(jobs: 1, cores: cores, isMock: isMock) < 1 { enough.limit += 1 }
            throw OpenFiles.tooFew(files, needed: enough.limit)
        }
        return jobs == wanted ? wantedJobs : jobs
    }

    private func run(
        _ baseURL: String,
        _ startedAt: Instant,
        jobs: Int,
        _ waits: WaitClock?,
        _ network: any Network,
        _ reception: DeliveryReception?,
        _ progress: @escaping @Sendable (RunEvent) -> Void
    ) async throws(HarnessError) -> RunResult {
        var settings = settings(baseURL, startedAt)
        settings = reception?.applied(to: settings) ?? settings
        settings.pace.jobs = jobs
        let journalPath =
            earlier?.path ?? request.journal ?? ReportFiles.journalPath(startedAt: startedAt, seed: planned.seed)
        // Scenarios that are run again must not find resources of the first attempt.
        if earlier != nil { settings.seed = Seed.fresh() }
        let header = settings.journalHeader(for: planned.plan)
        var policy = planned.policy
        if let reception {
            policy.deliveries = planned.deliveryPolicy
            policy.deliveries?.receiver = reception.urls
        }
        var judging = JudgedRun(planned, planned.plan, header, policy: policy)
        judging.observer = request.observer
        let origin = JournalOrigin(seed: settings.seed, startedAt: startedAt)
        let (writer, begun): (JournalWriter, Journal?) =
            try earlier == nil ? (openJournal(journalPath, header), nil) : goOn(journalPath, origin, judging)
        var sent = await send(settings, writer, begun, judging, waits?.runClock ?? .system, network, progress)
        writer.close()
        if reruns > 0 {
            sent = await rerun(sent, settings, path: journalPath, network, progress)
        }
        let (journal, journalError) = (sent.journal, sent.error)
        // A part of a run exercises only a part of the contract; `assay report` judges the coverage of all parts.
        let thresholds = request.shard == nil ? request.judging.thresholds : []
        let found = sent.judging.verdict(journal).masked(by: planned.redactor).requiring(thresholds)
        let (verdict, accepted) = planned.judged(
            found, startedAt, isWhole: isWhole, isComplete: isWhole && !request.failFast && !Task.isCancelled)
        let maximumUnjudged = planned.workspace.project.judging.illness.maximumUnjudged
        let exit = RunResult.exit(
            of: verdict, wasInterrupted: Task.isCancelled, isShard: request.shard != nil,
            maximumUnjudged: maximumUnjudged)
        let diagnostics = diagnostics(of: verdict, exit, jobs: jobs, strays: reception?.inboxes?.strays ?? 0, baseURL)
        let result = RunResult(
            verdict: verdict,
            exit: exit,
            diagnostics: diagnostics,
            redactor: planned.redactor,
            elapsed: .zero,
            storage: .init(path: journalPath),
            isWhole: isWhole
        )
        return result.stopped(by: journalError).with(accepted)
    }

    /// The diagnostics of the plan and of the run itself.
    private func diagnostics(
        of verdict: Verdict, _ exit: ExitCode, jobs: Int, strays: Int, _ baseURL: String
    ) -> Diagnostics {
        var diagnostics = planned.diagnostics
        if jobs < wantedJobs {
            diagnostics.append(
                Diagnostic(
                    "run.open-files", .note,
                    "only \(jobs) scenarios ran at a time: the limit of open files does not allow more connections",
                    help: "raise the limit: ulimit -n 1024"))
        }
        if strays > 0 {
            diagnostics.append(
                Diagnostic(
                    "run.stray-deliveries", .warning,
                    "\(plural(strays, "request")) to the receiver had the path of no scenario under way",
                    help: "send deliveries to the URL of {{receiver.url}}, before their scenario ends"))
        }
        if exit == .notPossible {
            let illness = RunResult.tooLittleJudged(
                verdict, maximumUnjudged: planned.workspace.project.judging.illness.maximumUnjudged)
            diagnostics.append(illness ?? planned.redactor.redact(Self.nothingAnswered(verdict, baseURL)))
        }
        if exit == .wrongInput { diagnostics.append(planned.redactor.redact(Self.nothingSent(verdict))) }
        return diagnostics
    }

    private static func nothingSent(_ verdict: Verdict) -> Diagnostic {
        let reason = verdict.scenarios.lazy.flatMap(\.steps).compactMap { $0.reason?.sentence }.first
        return Diagnostic(
            "run.nothing-sent", .error,
            "nothing was sent: every step was skipped" + (reason.map { ", the first because \($0)" } ?? ""),
            help: "provide what the steps need, or select others; `assay list` shows the reasons")
    }

    private static func nothingAnswered(_ verdict: Verdict, _ baseURL: String) -> Diagnostic {
        let failure = verdict.exchanges.lazy.compactMap(\.outcome.failure).first
        let help =
            failure?.class == .proxy
            ? "correct the proxy, or pass --no-proxy for direct connections; the remaining steps were not sent"
            : "check that the address is right and the server is running; the remaining steps were not sent"
        return Diagnostic(
            "run.nothing-answered", .error,
            "no response from \(baseURL)" + (failure.map { ": \($0.message)" } ?? ""),
            help: help)
    }

    private func openJournal(_ path: String, _ header: JournalHeader) throws(HarnessError) -> JournalWriter {
        try ReportFiles(root: planned.workspace.root).makeFolder(for: path)
        do {
            return try JournalWriter(
                path: FileSystem.joined(planned.workspace.root, path), header: header, redactor: planned.redactor,
                bodyLimit: request.recording == nil ? JournalWriter.usualBodyLimit : .max)
        } catch {
            throw HarnessError(.notPossible, Diagnostics([error.diagnostic]))
        }
    }

    /// Opens the journal of an interrupted run, which may have grown since it was read, and judges the scenarios that are
    /// not run again.
    ///
    /// - Parameter suspects: Scenarios that ended and are run again.
    /// - Returns: The journal to continue, without the exchanges that were judged.
    func goOn(
        _ path: String, _ origin: JournalOrigin, again suspects: Set<String> = [], _ judging: JudgedRun
    ) throws(HarnessError) -> (writer: JournalWriter, begun: Journal?) {
        do {
            var (writer, stored) = try JournalWriter.resuming(
                path: FileSystem.joined(planned.workspace.root, path), redactor: planned.redactor)
            var header = stored.survey.header
            header.scenarios = []
            // A long journal has hundreds of thousands of names, so there is only one set of them.
            var kept = stored.survey.ended
            stored.survey.ended = []
            kept.subtract(suspects)
            // The values of a session are not in the journal, so a session that is used again begins again.
            for scenario in planned.plan.scenarios(after: kept) { kept.remove(scenario.id) }
            var judge = StoredJournalJudge(judging, header: header)
            try judge.add(stored) { kept.contains($0) ? .judged : .superseded }
            try writer.resumed(origin)
            var begun = judge.rest
            begun.ended = kept
            return (writer, begun)
        } catch {
            throw HarnessError(.notPossible, Diagnostics([error.diagnostic]))
        }
    }

    func send(
        _ settings: RunSettings,
        _ writer: JournalWriter,
        _ begun: Journal?,
        _ judging: JudgedRun,
        _ clock: RunClock,
        _ network: any Network,
        _ progress: @escaping @Sendable (RunEvent) -> Void
    ) async -> SentRun {
        let live =
            planned.fixtures == nil
            ? network.client(
                connections: min(settings.pace.jobs, planned.plan.scenarios.count),
                planned.delivery, TokenStore(planned.delivery.tokens))
            : nil
        let made: SentRun
        do throws(RunError) {
            let journal = try await Run.execute(
                plan: planned.plan,
                settings: settings,
                transport: live ?? planned.recordedTransport(planned.fixtures?.recordings ?? []),
                journal: writer,
                continuing: begun,
                clock: clock,
                judge: judging,
                keepsExchanges: false,
                progress: progress
            )
            made = SentRun(journal: journal, judging: judging)
        } catch {
            made = SentRun(journal: error.partial, error: error.journal, judging: judging)
        }
        await live?.shutdown()
        return made
    }

    /// Adds the run to the history, finds its trend there, and removes old journals as the configuration specifies.
    private func remember(_ run: inout RunResult, showsTrend: Bool) {
        let history = HistoryFile(root: planned.workspace.root)
        let exit = Int(run.exit.rawValue)
        // Only the page shows the trend, and a history can have megabytes.
        if showsTrend {
            let entry = HistoryEntry(run.verdict, exit: exit, elapsed: run.elapsed, redactor: planned.redactor)
            run.trend = (try? history.entries()).map { RunTrend(entry, in: $0.entries) }
        }
        let line = HistoryLine.bytes(
            of: run.verdict, exit: exit, elapsed: run.elapsed, redactor: planned.redactor)
        if let problem = history.append(line: line) { run.diagnostics.append(problem) }
        JournalPruning(root: planned.workspace.root, planned.workspace.project.retention)
            .run(keeping: run.journal, now: planned.startedAt)
    }
}
