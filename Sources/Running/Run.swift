public import Exchanges
public import Scenarios

/// The stage with a network, a clock and concurrency: a plan into a journal.
public enum Run {
    /// Runs `plan` and returns what was sent, what came back, and what was left out.
    ///
    /// Up to `settings.jobs` scenarios run at a time; inside a scenario the steps run in order: setup rows, the other
    /// rows, teardown rows last first. When a setup row does not hold, the rest is not run; teardown rows are run
    /// whatever happened, once the scenario was begun. When the calling task is cancelled, nothing more is sent but
    /// teardown rows, and what there is is returned.
    ///
    /// A run whose first steps bring no answer at all is given up: the rest, teardown too, is listed as stopped.
    ///
    /// A step that was interrupted (in the middle of an exchange, a poll or a pause) is listed under `notRun` as
    /// stopped beside the exchanges that it has. The journal returned is ordered by the plan, the file by the order
    /// of sending; the file is redacted, the journal returned is not.
    ///
    /// With `continuing`, the scenarios that ended in that journal are kept as they are, and the others begin from
    /// their first step with values of the settings' seed and time.
    ///
    /// With `end`, whoever takes the scenarios over as they end has all there is to know of them: the journal returned
    /// then holds none of their exchanges, so that a run of any length takes no more memory than a short one.
    ///
    /// - Parameter shared: The pacer of several runs that send to one target; `nil` for one of its own.
    /// - Throws: `RunError` when the journal cannot be written: what cannot be written down is not sent.
    public static func execute(
        plan: Plan,
        settings: RunSettings,
        transport: any Transport,
        journal writer: JournalWriter? = nil,
        continuing earlier: Journal? = nil,
        clock: RunClock = .system,
        pacer shared: Pacer? = nil,
        judge: @escaping StepJudge,
        end: ScenarioEnd? = nil,
        progress: @escaping @Sendable (RunEvent) -> Void = { _ in }
    ) async throws(RunError) -> Journal {
        let scenarios = plan.scenarios.filter { earlier?.ended.contains($0.id) != true }
        let log = RunLog(
            earlier.map { beginAgain($0, scenarios, settings) } ?? Journal(header: settings.journalHeader(for: plan)),
            writer: writer, keepsExchanges: end == nil)
        let pacer = shared ?? Pacer(interval: settings.interval, limit: settings.rateLimit, clock: clock)
        progress(.started(scenarios: scenarios.count, steps: scenarios.reduce(0) { $0 + $1.steps.count }))
        await withTaskGroup(of: (place: Int, lane: Int).self) { group in
            var schedule = Schedule(locks: scenarios.map(\.lock), jobs: settings.jobs)
            var lanes = Lanes(transport.executors)
            repeat {
                while let place = schedule.next() {
                    let (lane, executor) = lanes.enter()
                    let run = ScenarioRun(
                        scenarios[place],
                        settings: settings,
                        transport: transport,
                        executor: executor,
                        clock: clock,
                        log: log,
                        pacer: pacer,
                        judge: judge,
                        end: end ?? { _, _, _ in },
                        progress: progress
                    )
                    group.addTask(executorPreference: executor) {
                        var run = run
                        await run.run()
                        return (place, lane)
                    }
                }
                guard let (place, lane) = await group.next() else { break }
                schedule.finished(place)
                lanes.leave(lane)
            } while true
        }
        // The mock is no server of anybody else's, and its runs need not wait.
        if !settings.isMock { log.add(late: await transport.takeLateDefects()) }
        let (found, error) = log.result
        let ordered = inPlanOrder(found, plan)
        if let error { throw RunError(journal: error, partial: ordered) }
        return ordered
    }

    /// The journal with the origin of what begins again, and nothing else of it.
    private static func beginAgain(_ earlier: Journal, _ scenarios: [Scenario], _ settings: RunSettings) -> Journal {
        var journal = earlier
        let origin = JournalOrigin(seed: settings.seed, startedAt: settings.startedAt)
        for scenario in scenarios { journal.origins[scenario.id] = origin }
        journal.superseded += journal.exchanges.filter { !journal.ended.contains($0.scenario) }
        journal.exchanges.removeAll { !journal.ended.contains($0.scenario) }
        journal.notRun.removeAll { !journal.ended.contains($0.scenario) }
        return journal
    }

    /// Scenarios, and what was left out of them, in the order of the plan.
    private static func inPlanOrder(_ journal: Journal, _ plan: Plan) -> Journal {
        var ordered = journal.ordered(byScenarios: plan.scenarios.map(\.id))
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
