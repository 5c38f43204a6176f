import Conformance
import Diagnostics
import Exchanges
import Mocking
import OpenAPI
import Primitives
import Project
import Running
import Scenarios
import Synchronization

extension RunSession {
    /// Breaks the mock rule by rule, runs the scenarios that can notice, and tells which breaches none noticed.
    ///
    /// Nothing leaves the process: each breach gets mocks of its own, asked without sockets, and clocks that do not
    /// wait. A breach is tried on the scenarios that met the answer in question, until one fails.
    ///
    /// - Parameter wanted: Which breaches are tried, as ``Breach/isMeant(by:)`` reads them; empty for all.
    /// - Throws: `HarnessError` when the target is no mock, or the scenarios do not hold on the mock as it is.
    public func strength(
        jobs: Int,
        selecting wanted: [String] = [],
        progress: @escaping @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in }
    ) async throws(HarnessError) -> Strength {
        guard target.kind == .mock else {
            throw .wrongInput("strength.target", "only the mock can be broken, but the target is \(target.name)")
        }
        let start = ContinuousClock.now
        let startedAt = request.startedAt ?? .now
        let whole = await trial(plan, [], startedAt)
        guard !whole.verdict.fails(), whole.verdict.scenarios.allSatisfy({ $0.outcome != .notRun }) else {
            let failing = whole.verdict.scenarios.first { $0.outcome == .failed || $0.outcome == .notRun }
            throw HarnessError(
                .findings,
                Diagnostics([
                    Diagnostic(
                        "strength.baseline", .error,
                        "the scenarios do not pass on the unchanged mock: \(failing?.name ?? "a law") fails",
                        help: "fix them first: assay run")
                ]))
        }
        let names = Set(plan.scenarios.flatMap(\.steps).map(\.contract))
        let versions = mockVersions.filter { names.contains($0.contract.name) }
        let breaches = versions.flatMap { BreachCatalogue.breaches(of: $0.contract) }
            .filter { breach in wanted.isEmpty || wanted.contains { breach.isMeant(by: $0) } }
        let trials = StrengthTrials(session: self, met: MetAnswers(whole.verdict, plan), versions: versions)
        let fates = await trials.fates(of: breaches, startedAt, jobs: jobs, progress)
        return Strength(
            seed: seed,
            versions: versions.map(\.contract.name),
            trials: zip(breaches, fates).compactMap { breach, fate in fate.map { .init(breach: breach, fate: $0) } },
            elapsed: ContinuousClock.now - start,
            wasInterrupted: fates.contains { $0 == nil }
        )
    }

    /// One run inside of the process.
    ///
    /// - Parameters:
    ///   - mockSeed: What the values of the mock derive from; the seed of the run when `nil`.
    ///   - version: The version that responds where a request does not say which; the first one when `nil`.
    func trial(
        _ plan: Plan, _ breaches: [Breach], _ startedAt: Instant, mockSeed: String? = nil, version: String? = nil,
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
        settings.breaches = breaches
        let own = mockVersions.filter { $0.contract.name == version }
        let versions = own + mockVersions.filter { $0.contract.name != version }
        let mock = MockTransport(versions: versions, settings: settings)
        let run = self.settings(mock.baseURL, startedAt)
        return (await verdict(plan, run, mock, clock, byPublished: byPublished), mock.brokenAnswers)
    }
}
