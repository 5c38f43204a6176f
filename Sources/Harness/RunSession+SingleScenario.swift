public import Conformance
import Diagnostics
import Exchanges
import Project
public import Running
import Scenarios

/// What runs of single scenarios against a live target share, so that together they are as polite as one run.
public struct LiveRuns: Sendable {
    /// The address that the paths of the contract are appended to.
    public var baseURL: String
    /// Sends the requests.
    public var client: any NetworkClient
    /// Lets requests out as the target allows.
    public var pacer: Pacer
}

extension RunSession {
    /// What runs of single scenarios share; `nil` where nothing is sent to a live target.
    public func liveRuns(over network: any Network) -> LiveRuns? {
        guard case .live(let baseURL) = target.kind else { return nil }
        let settings = settings(baseURL, .now)
        return LiveRuns(
            baseURL: baseURL,
            client: network.client(connections: settings.jobs, isHTTP1Only: target.isHTTP1Only),
            pacer: Pacer(interval: settings.interval, limit: settings.rateLimit, clock: .system))
    }

    /// How many scenarios run at a time unless the user says so.
    public var scenariosAtATime: Int { wantedJobs }

    /// Runs one scenario of the plan by itself and judges it. No journal and no report is written.
    ///
    /// The mock is a fresh one that is asked without a socket, and recordings respond in place of a server; with both,
    /// pauses take no time. The verdict is the one that a run of the whole plan has on this scenario.
    ///
    /// - Parameters:
    ///   - id: `Scenario.id`; a scenario that the plan does not have gives a verdict without scenarios.
    ///   - live: What the runs against a live target share. A live target without it is not sent anything.
    public func verdict(onScenario id: String, live: LiveRuns? = nil) async -> Verdict {
        var plan = self.plan
        plan.scenarios.removeAll { !$0.id.utf8.elementsEqual(id.utf8) }
        plan.isPartial = true
        let startedAt = request.startedAt ?? .now
        let verdict: Verdict
        switch target.kind {
        case .mock:
            verdict = await trial(plan, [], startedAt, byPublished: true).verdict
        case .fixtures:
            let waits = WaitClock(start: plan.scenarios.compactMap(\.origin?.startedAt).min() ?? startedAt)
            verdict = await self.verdict(
                plan, settings(fixtures?.baseURL ?? "", startedAt), recordedTransport, waits.runClock)
        case .live:
            guard let live else {
                // Nothing is sent, so that every step counts as not run.
                let header = settings("", startedAt).journalHeader(for: plan)
                verdict = JudgedRun(self, plan, header).verdict(Journal(header: header, exchanges: [], notRun: []))
                break
            }
            verdict = await self.verdict(
                plan, settings(live.baseURL, startedAt), live.client, .system, pacer: live.pacer)
        }
        return judged(verdict.masked(by: redactor), startedAt, isWhole: false).verdict
    }

    /// One run of `plan` without a journal file, one scenario after the other, judged.
    func verdict(
        _ plan: Plan,
        _ settings: RunSettings,
        _ transport: any Transport,
        _ clock: RunClock,
        pacer: Pacer? = nil,
        byPublished: Bool = true
    ) async -> Verdict {
        var settings = settings
        settings.jobs = 1
        let header = settings.journalHeader(for: plan)
        let judging = JudgedRun(self, plan, header, byPublished: byPublished)
        let journal = try? await Run.execute(
            plan: plan, settings: settings, transport: transport, clock: clock, pacer: pacer, judge: judging.state,
            end: judging.end)
        // Without a journal file nothing can go wrong with it.
        return judging.verdict(journal ?? Journal(header: header, exchanges: [], notRun: []))
    }
}
