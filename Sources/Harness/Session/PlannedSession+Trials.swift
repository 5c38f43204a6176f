import Conformance
import Exchanges
import Mocking
import OpenAPI
import Primitives
import Recordings
import Running
import Scenarios
import Synchronization

/// Runs that leave no journal and no report: of single scenarios, of measurements and of comparisons.
extension PlannedSession {
    /// Responds from these recordings.
    func recordedTransport(_ recordings: [Recording]) -> any Transport {
        FixtureTransport(
            recordings, redactor: redactor, credentialFields: loaded.contracts.credentialFields,
            renewal: "assay record --update")
    }

    /// One run of `plan` without a journal file, one scenario after the other unless there are more `jobs`, judged.
    func verdict(
        _ plan: Plan,
        _ settings: RunSettings,
        _ transport: any Transport,
        _ clock: RunClock,
        pacer: Pacer? = nil,
        jobs: Int = 1,
        byPublished: Bool = true
    ) async -> Verdict {
        var settings = settings
        settings.pace.jobs = jobs
        let header = settings.journalHeader(for: plan)
        let judging = JudgedRun(self, plan, header, byPublished: byPublished)
        let journal = try? await Run.execute(
            plan: plan, settings: settings, transport: transport, clock: clock, pacer: pacer, judge: judging,
            keepsExchanges: false)
        // Without a journal file nothing can go wrong with it.
        return judging.verdict(journal ?? Journal(header: header, exchanges: [], notRun: []))
    }

    /// One run inside of the process.
    ///
    /// - Parameters:
    ///   - mockSeed: What the values of the mock derive from; the seed of the run when `nil`.
    ///   - version: The version that responds where a request does not say which; the first one when `nil`.
    func trial(
        _ plan: Plan, _ contractFaults: [ContractFault], _ startedAt: Instant, mockSeed: String? = nil,
        version: String? = nil,
        byPublished: Bool = false
    ) async -> (verdict: Verdict, brokenAnswers: Int) {
        let time = Mutex(Duration.zero)
        let clock = RunClock(
            now: { startedAt.advanced(by: time.withLock { $0 }) },
            uptime: { time.withLock { $0 } },
            sleep: { pause in
                time.withLock { $0 += pause }
                try Task.checkCancellation()
            })
        var settings = MockSettings(seed: mockSeed ?? seed, credentials: credentials.accepted, now: clock.now)
        settings.contractFaults = contractFaults
        let inboxes = inboxes(plan, now: clock.now)
        let all = inboxes == nil ? mockVersions : versions(deliveringTo: inboxes)
        let versions = all.filter { $0.contract.name == version } + all.filter { $0.contract.name != version }
        let mock = MockTransport(versions: versions, settings: settings)
        var run = self.settings(mock.baseURL, startedAt)
        if let inboxes { run = DeliveryReception(inboxes).applied(to: run) }
        return (await verdict(plan, run, mock, clock, byPublished: byPublished), mock.brokenAnswers)
    }
}
