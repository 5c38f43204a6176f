package import Conformance
import Diagnostics
import Exchanges
import Primitives
import Project
import Recordings
import Running
import Scenarios

/// What runs of single scenarios against a live target share, so that together they are as polite as one run.
package struct LiveRuns: Sendable {
    /// The address that the paths of the contract are appended to.
    let baseURL: String
    /// Makes the client of each run. Late bytes belong to one run, so that runs share no client.
    let client: @Sendable () -> any NetworkClient
    /// Lets requests out as the target allows.
    let pacer: Pacer
}

extension RunSession {
    /// What runs of single scenarios share; `nil` where nothing is sent to a live target.
    package func liveRuns(over network: any Network) -> LiveRuns? {
        guard case .live(let baseURL) = planned.target.kind else { return nil }
        let settings = settings(baseURL, .now)
        let isHTTP1Only = planned.target.isHTTP1Only
        return LiveRuns(
            baseURL: baseURL,
            client: { network.client(connections: 1, isHTTP1Only: isHTTP1Only) },
            pacer: Pacer(interval: settings.pace.interval, limit: settings.pace.rateLimit, clock: .system))
    }

    /// How many scenarios run at a time unless the user says so.
    package var scenariosAtATime: Int { wantedJobs }

    /// Runs one scenario of the plan by itself and judges it. No journal and no report is written.
    ///
    /// The mock is a fresh one that is asked without a socket, and recordings respond in place of a server; with both,
    /// pauses take no time. The verdict is the one that a run of the whole plan has on this scenario.
    ///
    /// - Parameters:
    ///   - id: `Scenario.id`; a scenario that the plan does not have gives a verdict without scenarios.
    ///   - live: What the runs against a live target share. A live target without it is not sent anything.
    package func verdict(onScenario id: String, live: LiveRuns? = nil) async -> Verdict {
        var plan = planned.plan
        plan.scenarios.removeAll { !$0.id.utf8.elementsEqual(id.utf8) }
        plan.isPartial = true
        let startedAt = planned.startedAt
        let verdict: Verdict
        switch planned.target.kind {
        case .mock:
            verdict = await planned.trial(plan, [], startedAt, byPublished: true).verdict
        case .fixtures:
            let waits = WaitClock(start: plan.scenarios.compactMap(\.origin?.startedAt).min() ?? startedAt)
            let own = planned.fixtures?.recordings.first { $0.origin?.scenario.utf8.elementsEqual(id.utf8) == true }
            verdict = await planned.verdict(
                plan, settings(planned.fixtures?.baseURL ?? "", startedAt),
                planned.recordedTransport(own.map { [$0] } ?? []),
                waits.runClock)
        case .live:
            guard let live else {
                // Nothing is sent, so that every step counts as not run.
                let header = settings("", startedAt).journalHeader(for: plan)
                verdict = JudgedRun(planned, plan, header).verdict(Journal(header: header, exchanges: [], notRun: []))
                break
            }
            let client = live.client()
            verdict = await planned.verdict(
                plan, settings(live.baseURL, startedAt), client, .system, pacer: live.pacer)
            await client.shutdown()
        }
        return planned.judged(verdict.masked(by: planned.redactor), startedAt, isWhole: false).verdict
    }
}
