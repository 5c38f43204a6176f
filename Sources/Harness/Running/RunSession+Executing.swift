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
public import Running
import Scenarios

extension RunSession {
    /// Makes the run, judges it, and writes journal and reports.
    ///
    /// Cancelling the task stops sending; what was done is judged and reported all the same.
    ///
    /// - Throws: `HarnessError` (exit 3) when the mock cannot start or nothing can be written.
    public func execute(
        over network: any Network, progress: @escaping @Sendable (RunEvent) -> Void
    ) async throws(HarnessError) -> RunResult {
        let clock = ContinuousClock()
        let start = clock.now
        let startedAt = request.startedAt ?? .now
        // Before anything is opened, as what cannot be opened ends the process.
        let jobs = try possibleJobs(OpenFiles.current)
        try ReportFiles(root: workspace.root).prepare()
        let waits = waitClock(startedAt)
        let server = try await startMock(waits, network)
        let result: Result<RunResult, HarnessError>
        do throws(HarnessError) {
            let baseURL = server?.baseURL ?? fixtures?.baseURL ?? target.liveURL
            var run = try await run(baseURL, startedAt, jobs: jobs, waits, network, progress)
            run.elapsed = clock.now - start
            do throws(HarnessError) {
                try write(run)
                run.reports = ReportFiles.latest
            } catch {
                run = run.without(reports: error.diagnostics.entries)
            }
            if let choice = request.recording {
                run.recorded = try record(
                    try workspace.journal(run.journal), in: choice.folder ?? workspace.project.fixtures.folder)
            }
            result = .success(run)
        } catch {
            result = .failure(HarnessError(error.exit, redactor.redact(error.diagnostics)))
        }
        try? await server?.stop()
        return try result.get()
    }

    private func startMock(
        _ waits: WaitClock?, _ network: any Network
    ) async throws(HarnessError) -> (any ServedMock)? {
        guard target.kind == .mock else { return nil }
        return try await network.serve(mockVersions, mockSettings(waits))
    }

    private func mockSettings(_ waits: WaitClock?) -> MockSettings {
        var settings = MockSettings(seed: seed, credentials: credentials.accepted)
        if let waits { settings.now = { waits.now } }
        return settings
    }

    /// The clock of a run that waits for nobody: one against recordings, or one that records the mock. It starts when
    /// the values of recorded scenarios say that it is now. `nil` for the system's.
    private func waitClock(_ startedAt: Instant) -> WaitClock? {
        guard fixtures != nil || recordsMock else { return nil }
        return WaitClock(start: plan.scenarios.compactMap(\.origin?.startedAt).min() ?? startedAt)
    }

    /// How many scenarios run at a time: as many as were asked for and have files for their connections. The others
    /// wait their turn.
    private func possibleJobs(_ files: OpenFiles) throws(HarnessError) -> Int {
        let isMock = target.kind == .mock
        let wanted = max(1, min(wantedJobs, plan.scenarios.count))
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let jobs = files.connections(jobs: wanted, cores: cores, isMock: isMock)
        guard jobs > 0 else {
            var enough = files
            while enough.connections(jobs: 1, cores: cores, isMock: isMock) < 1 { enough.limit += 1 }
            throw OpenFiles.tooFew(files, needed: enough.limit)
        }
        return jobs == wanted ? wantedJobs : jobs
    }

    var wantedJobs: Int { recordsMock ? 1 : request.jobs ?? usualJobs }

    /// Whether the mock is recorded: one scenario after the other, so that the files are the same every time.
    private var recordsMock: Bool { target.kind == .mock && request.recording != nil }

    private func run(
        _ baseURL: String,
        _ startedAt: Instant,
        jobs: Int,
        _ waits: WaitClock?,
        _ network: any Network,
        _ progress: @escaping @Sendable (RunEvent) -> Void
    ) async throws(HarnessError) -> RunResult {
        var settings = settings(baseURL, startedAt)
        settings.pace.jobs = jobs
        let journalPath =
            earlier?.path ?? request.journal ?? ReportFiles.journalPath(startedAt: startedAt, seed: seed)
        let writer: JournalWriter
        var begun: Journal?
        if earlier == nil {
            writer = try openJournal(journalPath, settings.journalHeader(for: plan))
        } else {
            // What begins again must not meet what the first try has made.
            settings.seed = Seed.fresh()
            (writer, begun) = try goOn(journalPath, JournalOrigin(seed: settings.seed, startedAt: startedAt))
        }
        let header = settings.journalHeader(for: plan)
        let judging = JudgedRun(self, plan, header)
        let (journal, journalError) = await send(
            settings, writer, begun, judging, waits?.runClock ?? .system, network, progress)
        writer.close()
        // A part of a run exercises a part of the contract: `assay report` judges the coverage of all parts.
        let thresholds = request.shard == nil ? request.judging.thresholds : []
        let found = judging.verdict(journal).masked(by: redactor).requiring(thresholds)
        let (verdict, accepted) = judged(found, startedAt, isWhole: isWhole)
        let exit = RunResult.exit(of: verdict, wasInterrupted: Task.isCancelled, isShard: request.shard != nil)
        var diagnostics = diagnostics
        if jobs < wantedJobs {
            diagnostics.append(
                Diagnostic(
                    "run.open-files", .note,
                    "only \(jobs) scenarios ran at a time: the limit of open files does not allow more connections",
                    help: "raise the limit: ulimit -n 1024"))
        }
        if exit == .notPossible { diagnostics.append(redactor.redact(Self.nothingAnswered(verdict, baseURL))) }
        if exit == .wrongInput { diagnostics.append(redactor.redact(Self.nothingSent(verdict))) }
        let result = RunResult(
            verdict: verdict,
            exit: exit,
            diagnostics: diagnostics,
            redactor: redactor,
            elapsed: .zero,
            journal: journalPath,
            isWhole: isWhole
        )
        return result.stopped(by: journalError).with(accepted)
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
        return Diagnostic(
            "run.nothing-answered", .error,
            "no response from \(baseURL)" + (failure.map { ": \($0.message)" } ?? ""),
            help: "check that the address is right and the server is running; the remaining steps were not sent")
    }

    private func openJournal(_ path: String, _ header: JournalHeader) throws(HarnessError) -> JournalWriter {
        try ReportFiles(root: workspace.root).makeFolder(for: path)
        do {
            return try JournalWriter(
                path: FileSystem.joined(workspace.root, path), header: header, redactor: redactor,
                bodyLimit: request.recording == nil ? JournalWriter.usualBodyLimit : .max)
        } catch {
            throw HarnessError(.notPossible, Diagnostics([error.diagnostic]))
        }
    }

    /// Opens the journal of a run that was cut off. It may have grown since it was looked at.
    private func goOn(
        _ path: String, _ origin: JournalOrigin
    ) throws(HarnessError) -> (writer: JournalWriter, begun: Journal?) {
        do {
            let (writer, journal) = try JournalWriter.resuming(
                path: FileSystem.joined(workspace.root, path), redactor: redactor)
            try writer.resumed(origin)
            return (writer, journal)
        } catch {
            throw HarnessError(.notPossible, Diagnostics([error.diagnostic]))
        }
    }

    private func send(
        _ settings: RunSettings,
        _ writer: JournalWriter,
        _ begun: Journal?,
        _ judging: JudgedRun,
        _ clock: RunClock,
        _ network: any Network,
        _ progress: @escaping @Sendable (RunEvent) -> Void
    ) async -> (journal: Journal, error: JournalError?) {
        let live =
            fixtures == nil
            ? network.client(
                connections: min(settings.pace.jobs, plan.scenarios.count), isHTTP1Only: target.isHTTP1Only)
            : nil
        let made: (Journal, JournalError?)
        do throws(RunError) {
            let journal = try await Run.execute(
                plan: plan,
                settings: settings,
                transport: live ?? recordedTransport,
                journal: writer,
                continuing: begun,
                clock: clock,
                judge: judging,
                keepsExchanges: false,
                progress: progress
            )
            made = (journal, nil)
        } catch {
            made = (error.partial, error.journal)
        }
        await live?.shutdown()
        return made
    }

    /// Responds from the recordings of the project.
    private var recordedTransport: any Transport { recordedTransport(fixtures?.recordings ?? []) }

    /// Responds from these recordings.
    func recordedTransport(_ recordings: [Recording]) -> any Transport {
        FixtureTransport(
            recordings, redactor: redactor, credentialFields: loaded.contracts.credentialFields,
            renewal: "assay record --update")
    }

    /// The contracts that some step of the plan is judged by.
    private var usedContracts: [Contract] {
        let names = Set(plan.scenarios.flatMap(\.steps).map(\.contract))
        return loaded.contracts.all.filter { names.contains($0.name) }
    }

    var policy: Policy {
        var policy = Policy(
            volatile: workspace.volatilePaths,
            environment: request.environment,
            secrets: fixtures == nil ? secrets.values : secrets.masks,
            variables: workspace.project.variableValues,
            promises: workspace.project.judging.promises,
            isStrict: request.judging.isStrict || target.isStrict
        )
        policy.strictTags = workspace.project.judging.strictTags
        return policy
    }

    func settings(_ baseURL: String, _ startedAt: Instant) -> RunSettings {
        let isMock = fixtures?.isMock ?? (target.kind == .mock)
        var record = RunRecord(
            contracts: usedContracts.map { .init(name: $0.name, fingerprint: $0.fingerprint) },
            command: request.command,
            tables: request.tables.tables,
            shard: request.shard?.journalled
        )
        record.judging = request.journalledJudging
        return RunSettings(
            seed: seed,
            startedAt: startedAt,
            target: RunTarget(name: target.name, baseURL: baseURL, isMock: isMock),
            pace: RunPace(
                jobs: wantedJobs,
                timeout: request.timeout ?? target.timeout,
                interval: target.rate?.interval,
                rateLimit: target.rateLimit.map { RateLimitFields(remaining: $0.remaining, reset: $0.reset) }
            ),
            redirects: redirectLimits,
            failFast: request.failFast,
            credentials: credentials.values,
            values: ValueSources(
                environment: request.environment, secrets: secrets.values,
                variables: workspace.project.variableValues),
            userAgent: Self.userAgent,
            record: record
        )
    }

    /// How many scenarios run at a time unless the user says so.
    ///
    /// The mock hands out ids and counts calls in the order of requests, so scenarios are recorded one after the other:
    /// a second recording is then equal to the first.
    private var usualJobs: Int {
        switch target.kind {
        case .mock: 8
        case .live, .fixtures: 4
        }
    }

    /// Where redirects that a row follows must not lead: secrets to nobody else, and what changes things to no
    /// production server.
    private var redirectLimits: RedirectLimits {
        let production = ProductionGuard(loaded.contracts.all)
        let (workspace, isAllowed) = (workspace, request.target.allowsProduction)
        let isMock = target.kind == .mock
        return RedirectLimits(redactor: redactor) { method, origin in
            // A run against the mock stays on this machine, whatever address the mock makes up.
            if isMock { return "not the mock" }
            guard !isAllowed, !MethodSemantics.isSafe(method) else { return nil }
            var choice = TargetChoice()
            choice.baseURL = origin
            // What cannot be told is not sent to.
            guard let place = try? workspace.target(choice) else { return "no address of a target" }
            return production.reason(place)
        }
    }

    /// The reports of the last run, in plain text and JSON.
    private func write(_ result: RunResult) throws(HarnessError) {
        let files = ReportFiles(root: workspace.root)
        let text = VerdictText(
            style: TextStyle(isColoured: false), redactor: redactor, listsMissing: result.isWhole)
        try files.write(text.render(result.verdict, elapsed: result.elapsed), to: "\(ReportFiles.latest)/report.txt")
        let json = VerdictJSON(redactor: redactor)
        try files.write(to: "\(ReportFiles.latest)/report.json") { file in
            json.write(
                result.verdict, exit: Int(result.exit.rawValue), diagnostics: result.diagnostics.entries,
                to: file.write)
        }
    }
}

extension Target {
    /// The address of a live target; empty for the mock, which has one only while it runs.
    var liveURL: String {
        if case .live(let baseURL) = kind { baseURL } else { "" }
    }
}
