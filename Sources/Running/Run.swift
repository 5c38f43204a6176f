package import Exchanges
package import Scenarios

/// The stage that uses network, clock and concurrency: it turns a plan into a journal.
package enum Run {
    /// Runs `plan` and returns the journal: the exchanges, and the steps that were left out.
    ///
    /// Up to `settings.pace.jobs` scenarios run at a time. The steps of a scenario run in order: setup rows, the other
    /// rows, teardown rows last first. When a setup row fails, the rest is not run. Teardown rows are always run once
    /// the scenario has begun. When the calling task is cancelled, only teardown rows are still sent, and the journal
    /// so far is returned.
    ///
    /// A run ends early if its first steps get no response at all. All other steps, including teardown rows, are listed
    /// as stopped.
    ///
    /// A step that was interrupted (during an exchange, a poll or a pause) is listed under `notRun` as stopped, and its
    /// exchanges are in the journal too. The journal returned has the order of the plan, the file the order of sending;
    /// the file is redacted, the journal returned is not.
    ///
    /// With `continuing`, the scenarios that ended in that journal are kept as they are. The others begin from their
    /// first step, with values of the settings' seed and time. The exchanges of the former need not be in memory.
    ///
    /// - Parameters:
    ///   - keepsExchanges: Whether the returned journal contains the exchanges, the steps that were not run, and the
    ///     scenarios that ended. Without them, a long run takes no more memory than a short one. `judge` receives all of
    ///     them.
    ///   - shared: The pacer of several runs that send to one target; `nil` for one of its own.
    /// - Throws: `RunError` when the journal cannot be written: a request that cannot be logged is not sent.
    package static func execute(
        plan: Plan,
        settings: RunSettings,
        transport: any Transport,
        journal writer: JournalWriter? = nil,
        continuing earlier: Journal? = nil,
        clock: RunClock = .system,
        pacer shared: Pacer? = nil,
        judge: any StepJudge,
        keepsExchanges: Bool = true,
        progress: @escaping @Sendable (RunEvent) -> Void = { _ in }
    ) async throws(RunError) -> Journal {
        let scenarios = earlier.map { plan.scenarios(after: $0.ended) } ?? plan.scenarios
        let log = RunLog(
            earlier.map { beginAgain($0, scenarios, settings, keepsExchanges: keepsExchanges) }
                ?? Journal(header: settings.journalHeader(for: plan)),
            writer: writer, keepsExchanges: keepsExchanges)
        let context = RunContext(
            settings: settings, transport: transport, clock: clock, log: log,
            pacer: shared ?? Pacer(interval: settings.pace.interval, limit: settings.pace.rateLimit, clock: clock),
            judge: judge,
            progress: progress)
        progress(.started(scenarios: scenarios.count, steps: scenarios.stepCount))
        await run(scenarios, context)
        // Runs against the mock need not wait for late bytes.
        if !settings.target.isMock { log.add(late: await transport.takeLateDefects()) }
        let (found, error) = log.result
        let ordered = inPlanOrder(found, plan)
        if let error { throw RunError(journal: error, partial: ordered) }
        return ordered
    }

    private static func run(_ scenarios: ScenarioList, _ context: RunContext) async {
        await withTaskGroup(of: (place: Int, lane: Int, end: SessionEnd?).self) { group in
            var schedule = Schedule(scenarios, jobs: context.settings.pace.jobs)
            var sessions: [String: SessionEnd] = [:]
            var lanes = Lanes(context.transport.executors)
            repeat {
                while let place = schedule.next() {
                    let (lane, executor) = lanes.enter()
                    let run = ScenarioRun(scenarios[place], context, sessions: sessions, on: executor)
                    group.addTask(executorPreference: executor) {
                        var run = run
                        let passed = await run.run()
                        return (place, lane, run.sessionEnd(passed: passed))
                    }
                }
                guard let (place, lane, end) = await group.next() else { break }
                sessions[scenarios[place].id] = end
                schedule.finished(place)
                lanes.leave(lane)
            } while true
        }
    }

    /// The journal without the scenarios that begin again, and with the origin of their values.
    private static func beginAgain(
        _ earlier: Journal, _ scenarios: ScenarioList, _ settings: RunSettings, keepsExchanges: Bool
    ) -> Journal {
        var journal = earlier
        // The values of a session are not in the journal, so a session that is used again begins again.
        for scenario in scenarios where journal.ended.contains(scenario.id) { journal.ended.remove(scenario.id) }
        journal.superseded += journal.exchanges.filter { !journal.ended.contains($0.scenario) }
        journal.exchanges.removeAll { !journal.ended.contains($0.scenario) }
        journal.notRun.removeAll { !journal.ended.contains($0.scenario) }
        guard keepsExchanges else {
            // A long run has hundreds of thousands of names.
            journal.ended = []
            return journal
        }
        let origin = JournalOrigin(seed: settings.seed, startedAt: settings.startedAt)
        for scenario in scenarios { journal.origins[scenario.id] = origin }
        return journal
    }

    /// The journal with its exchanges and steps not run in the order of the plan.
    private static func inPlanOrder(_ journal: Journal, _ plan: Plan) -> Journal {
        guard !journal.exchanges.isEmpty || !journal.notRun.isEmpty || !journal.unanswered.isEmpty else {
            return journal
        }
        var ordered = journal.ordered(byScenarios: plan.scenarios.map(\.id))
        guard !ordered.notRun.isEmpty else { return ordered }
        var places: [NotRunKey: Int] = [:]
        for scenario in plan.scenarios {
            for step in scenario.steps { places[NotRunKey(scenario: scenario.id, step: step.name)] = places.count }
        }
        func place(_ entry: NotRun) -> Int {
            places[NotRunKey(scenario: entry.scenario, step: entry.step)] ?? places.count
        }
        ordered.notRun.sort { place($0) < place($1) }
        return ordered
    }

    private struct NotRunKey: Hashable {
        var scenario: String
        var step: String
    }
}

extension Plan {
    /// The scenarios that did not end in an earlier run, and the session scenarios that they use.
    ///
    /// - Parameter ended: The identities of those that ended.
    package func scenarios(after ended: Set<String>) -> ScenarioList {
        withSessions(of: Set(scenarios.lazy.map(\.id).filter { !ended.contains($0) })).scenarios
    }
}

/// The settings and services that all scenarios of a run share.
///
/// A class, because every step passes them on: a copy would cost a reference count for each of their parts.
final class RunContext: Sendable {
    let settings: RunSettings
    let transport: any Transport
    let clock: RunClock
    let log: RunLog
    let pacer: Pacer
    let judge: any StepJudge
    let progress: @Sendable (RunEvent) -> Void

    init(
        settings: RunSettings, transport: any Transport, clock: RunClock, log: RunLog, pacer: Pacer,
        judge: any StepJudge, progress: @escaping @Sendable (RunEvent) -> Void
    ) {
        self.settings = settings
        self.transport = transport
        self.clock = clock
        self.log = log
        self.pacer = pacer
        self.judge = judge
        self.progress = progress
    }
}

/// A run that ended early because its journal could not be written.
package struct RunError: Error, Sendable {
    /// The error of the journal.
    package var journal: JournalError
    /// The journal up to the error.
    package var partial: Journal
}
