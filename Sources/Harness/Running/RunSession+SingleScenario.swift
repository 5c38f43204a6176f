package import Conformance
import Diagnostics
import Exchanges
import Primitives
import Project
import Recordings
import Running
import Scenarios

/// The shared state of single-scenario runs against a live target. It keeps their pace as low as that of one run.
package struct LiveRuns: Sendable {
    /// The address that the paths of the contract are appended to.
    let baseURL: String
    /// Makes the client of each run. Runs share no client because late bytes belong to one run.
    let client: @Sendable () -> any NetworkClient
    /// Paces requests as the target allows.
    let pacer: Pacer
}

extension RunSession {
    /// Makes the shared state of single-scenario runs; `nil` when nothing is sent to a live target.
    ///
    /// - Throws: `HarnessError` (exit 2) when a certificate or key of the target cannot be used.
    package func liveRuns(over network: any Network) throws(HarnessError) -> LiveRuns? {
        guard case .live(let baseURL) = planned.target.kind else { return nil }
        let settings = settings(baseURL, .now)
        let (delivery, tokens) = (planned.delivery, TokenStore(planned.delivery.tokens))
        try network.check(delivery.connection)
        return LiveRuns(
            baseURL: baseURL,
            client: { network.client(connections: 1, delivery, tokens) },
            pacer: Pacer(interval: settings.pace.interval, limit: settings.pace.rateLimit, clock: .system))
    }

    /// The number of scenarios that run at a time unless the user sets it.
    package var scenariosAtATime: Int { wantedJobs }

    /// Runs one scenario of the plan by itself and judges it. No journal or report is written.
    ///
    /// The mock is a fresh one that is called without a socket, and recordings respond in place of a server; in both
    /// cases pauses take no time. The verdict on this scenario is the same as in a run of the whole plan.
    ///
    /// - Parameters:
    ///   - id: `Scenario.id`. If the plan does not contain the scenario, the verdict contains no scenarios.
    ///   - live: The shared state of runs against a live target. Without it, nothing is sent to a live target.
    package func verdict(onScenario id: String, live: LiveRuns? = nil) async -> Verdict {
        var plan = planned.plan.withSessions(of: [id])
        plan.isPartial = true
        let startedAt = planned.startedAt
        let verdict: Verdict
        switch planned.target.kind {
        case .mock:
            verdict = await planned.trial(plan, [], startedAt, byPublished: true).verdict
        case .fixtures:
            let waits = WaitClock(start: plan.scenarios.compactMap(\.origin?.startedAt).min() ?? startedAt)
            let ids = Set(plan.scenarios.map(\.id))
            let own = planned.fixtures?.recordings.filter { $0.origin.map { ids.contains($0.scenario) } == true } ?? []
            var settings = settings(planned.fixtures?.baseURL ?? "", startedAt)
            if plan.awaitsDeliveries { settings = DeliveryReception(RecordedDeliveries(own)).applied(to: settings) }
            verdict = await planned.verdict(
                plan, settings,
                planned.recordedTransport(own),
                waits.runClock)
        case .live:
            guard let live else {
                // Nothing is sent, so every step counts as skipped.
                let header = settings("", startedAt).journalHeader(for: plan)
                verdict = JudgedRun(planned, plan, header).verdict(Journal(header: header, exchanges: [], notRun: []))
                break
            }
            let client = live.client()
            var settings = settings(live.baseURL, startedAt)
            if plan.awaitsDeliveries {
                settings = DeliveryReception(none: "deliveries need a run of `assay run`").applied(to: settings)
            }
            verdict = await planned.verdict(
                plan, settings, client, .system, pacer: live.pacer)
            await client.shutdown()
        }
        return planned.judged(verdict.masked(by: planned.redactor), startedAt, isWhole: false).verdict
    }
}
