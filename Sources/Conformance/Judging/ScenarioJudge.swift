import Diagnostics
import Exchanges
import OpenAPI
import Primitives
import Scenarios

/// Judges one scenario, step by step, as its exchanges arrive.
///
/// A step is judged once: `take` judges its attempts for good, and `finish` gives the verdict on all steps. `peek`
/// shows the state of a step that is still polled, and changes no verdict.
struct ScenarioJudge {
    let judge: Judge
    let scenario: Scenario
    /// The laws, by index, that applied to at least one exchange.
    private(set) var appliedLaws: Set<Int> = []
    /// The promises that applied to at least one exchange.
    var appliedPromises: Set<PromiseEntry> { watch.applied }
    /// Every response, in order.
    private(set) var subjects: [StepSubject] = []
    /// The counts of the exchanges so far.
    private(set) var symptoms = RunSymptoms()
    /// The results of the steps so far, for later steps.
    private var earlier: EarlierSteps
    /// The state of the configuration's promises after the exchanges so far.
    private var watch: PromiseWatch
    private var taken: [String: TakenStep] = [:]
    private var peeked = PeekedAttempts()
    /// The deliveries so far; `nil` before the first one.
    private var deliveries: DeliveryHistory?
    /// The effects of bursts that were not counted yet.
    private var counts: [EffectCount] = []

    /// A step whose attempts were judged.
    private struct TakenStep {
        var exchanges: [Exchange]
        var findings: [Finding]
        var reason: NotRun.Reason?
    }

    /// The attempts of a step that is still polled, read and judged, so that `take` need not do it again.
    private struct PeekedAttempts {
        var read: [Int: AttemptSubject] = [:]
        var last: (sequence: Int, outcome: RowOutcome)?
    }

    /// The changes of states that the exchanges so far showed.
    var stateChanges: StateChangeCount { watch.stateChanges }

    init(judge: Judge, scenario: Scenario, run: JournalHeader) {
        self.judge = judge
        self.scenario = scenario
        watch = PromiseWatch(
            judge.policy.promises, volatile: judge.policy.volatile, resourcePaths: judge.resourcePaths)
        earlier = EarlierSteps(
            scope: ValueScope(of: scenario, seed: run.seed, now: run.startedAt, judge.policy.values))
    }

    /// The state in which the last of `attempts` leaves a step that may be tried again.
    ///
    /// Promises are not judged here: they apply to a step's last response, and this may not be the last one.
    mutating func peek(_ step: Step, _ attempts: [ExchangeView]) -> StepState {
        guard let last = attempts.last else { return .passed }
        guard let subject = read(last, after: attempts.dropLast(), of: step) else {
            return Self.state(afterNoResponse: last.exchange)
        }
        var rows = RowJudge(judge: judge, earlier: earlier)
        var way: [Finding] = []
        for (index, view) in attempts.enumerated().dropLast() {
            guard let attempt = read(view, after: attempts[..<index], of: step) else { continue }
            rows.earlier.scope.exchanges[step.name] = attempt.subject.view
            if view.leads(to: last) { way += rows.outcome(of: attempt, isLast: false).findings }
        }
        let outcome = rows.outcome(of: subject, isLast: true)
        peeked.last = (last.exchange.sequence, outcome)
        return Self.state(of: outcome, way: way)
    }

    /// Judges a step by all of its attempts: every response must follow the contract, and the last one the row.
    ///
    /// - Parameter isCutOff: Whether the step was interrupted, so that it has no last attempt.
    /// - Returns: The state of the step by contract and row, never `pending`.
    mutating func take(_ step: Step, _ attempts: [ExchangeView], isCutOff: Bool = false) -> StepState {
        if let awaited = step.call.awaited { return takeDelivery(step, awaited, attempts) }
        return takeResponses(
            step, attempts, isCutOff: isCutOff || attempts.last.map { leadsOn($0, of: step) } == true)
    }

    private mutating func takeResponses(_ step: Step, _ attempts: [ExchangeView], isCutOff: Bool) -> StepState {
        var pages = PageJudge(step)
        let burst = burst(step, attempts)
        let ends = pages == nil ? [attempts.count - 1] : step.pageEnds(attempts.map(\.exchange))
        var together: [Int: AttemptSubject] = [:]
        var collected = AttemptFindings()
        var reason: NotRun.Reason? = isCutOff ? .stopped : nil
        var state = StepState.passed
        // The findings of the responses that redirected to the last one.
        var way: [Finding] = []
        for (index, view) in attempts.enumerated() {
            let isEnd = burst.map { $0.ends.contains(index) } ?? ends.contains(index)
            let isLast =
                isEnd && !(isCutOff && index == attempts.count - 1) && !RaceJudge.cameSecond(step, view.exchange)
            let page = pages.map { $0.count + 1 }
            guard let attempt = read(view, after: attempts[..<index], of: step) else {
                collected.add(findings(ofNoResponse: view.exchange, of: step, isLast: isLast), page: page)
                // The run was interrupted while it waited for the response.
                if view.exchange.outcome.failure?.class == .cancelled { reason = .stopped }
                if isLast {
                    state = state.worse(Self.state(afterNoResponse: view.exchange))
                    pages?.fail()
                }
                continue
            }
            if burst != nil { together[index] = attempt }
            let promises = promises(attempt, isLast: isLast, in: burst, at: index)
            let byRow = outcome(of: attempt, isLast: isLast)
            if view.exchange.hop == 0 { way = [] }
            if isLast { state = state.worse(Self.state(of: byRow, way: way)) }
            way += byRow.findings
            let outcome = promises.isEmpty ? byRow : outcome(of: attempt, isLast: isLast, promises: promises)
            collected.add(outcome.findings, page: page)
            if isLast { pages?.add(attempt.subject) }
            reason = outcome.unmet ?? reason
            subjects.append(attempt.subject)
            for law in outcome.appliedLaws { appliedLaws.insert(law) }
            // Later steps refer to one response of a burst.
            if let burst, !burst.isShown(index) { continue }
            earlier.scope.take(attempt.subject.view, of: step)
            if case .clock = step.call { watch.clockMoved() }
            earlier.note(outcome.broken, of: step.name)
        }
        if !isCutOff {
            let found = findings(of: step, burst, together) + (pages?.findings ?? [])
            collected.add(found)
            if found.contains(where: { $0.severity == .error }) { state = .failed }
        }
        let exchanges = attempts.map(\.exchange)
        for exchange in exchanges { symptoms.add(exchange) }
        if reason == nil, burst == nil, !collected.hasErrors {
            collected.add([TransportRules.flaky(attempts: exchanges, step, scenario)].compactMap { $0 })
        }
        taken[step.name] = TakenStep(
            exchanges: exchanges, findings: collected.findings(ofPages: pages?.count ?? 1), reason: reason)
        peeked = PeekedAttempts()
        if isCutOff { return collected.hasErrors ? .failed : .notRun(.stopped) }
        return state == .pending ? .failed : state
    }

    /// The scenario's verdict, step by step in the order of the plan.
    ///
    /// - Parameter notRun: The steps that were left out, with the reasons.
    func finish(notRun: [NotRun]) -> ScenarioVerdict {
        let reasons = Dictionary(notRun.map { ($0.step, $0.reason) }, uniquingKeysWith: { first, _ in first })
        let steps = scenario.steps.map { step in
            var verdict = StepVerdict(
                step,
                reason: taken[step.name].map(\.reason) ?? reasons[step.name],
                exchanges: taken[step.name]?.exchanges ?? [],
                findings: taken[step.name]?.findings ?? []
            )
            for count in counts where count.step.isSame(as: step.name) {
                verdict.findings.append(count.uncounted)
            }
            if taken[step.name] == nil, verdict.reason == nil, !step.isWait { verdict.reason = .stopped }
            if case .unbuildable(let why)? = verdict.reason {
                if let cause = earlier.cause(of: step) {
                    verdict.reason = cause
                } else {
                    verdict.findings.append(unbuildable(step, why))
                }
            }
            return verdict
        }
        return ScenarioVerdict(scenario, steps: steps)
    }

    // MARK: Deliveries

    /// Judges a step by the delivery that it took.
    private mutating func takeDelivery(
        _ step: Step, _ awaited: AwaitedDelivery, _ attempts: [ExchangeView]
    ) -> StepState {
        guard let view = attempts.first else { return .notRun(.stopped) }
        var findings: [Finding]
        var unmet: NotRun.Reason?
        if let subject = delivered(view, step) {
            (findings, unmet) = AwaitedDeliveryJudge(judge: judge, scope: earlier.scope)
                .result(subject, awaited, &deliveries)
            earlier.scope.exchanges[step.name] = subject.view
            earlier.note(BrokenPlaces(findings), of: step.name)
        } else {
            findings = [AwaitedDeliveryJudge.missing(view.exchange, step, awaited, scenario)]
        }
        taken[step.name] = TakenStep(exchanges: attempts.map(\.exchange), findings: findings, reason: unmet)
        if findings.contains(where: { $0.severity == .error }) { return .failed }
        return unmet.map { .notRun($0) } ?? .passed
    }

    /// Judges the deliveries that no step took, as further ones of `step`, the last one that awaited some.
    mutating func takeUnawaited(_ step: Step, _ views: [ExchangeView]) {
        guard let awaited = step.call.awaited else { return }
        for view in views {
            guard let subject = delivered(view, step) else { continue }
            let found = AwaitedDeliveryJudge(judge: judge, scope: earlier.scope)
                .unawaited(subject, awaited, &deliveries)
            var known = taken[step.name] ?? TakenStep(exchanges: [], findings: [], reason: nil)
            known.exchanges.append(view.exchange)
            known.findings += found
            taken[step.name] = known
        }
    }

    private func delivered(_ view: ExchangeView, _ step: Step) -> StepSubject? {
        view.exchange.received.map { StepSubject(view, $0, of: step, in: scenario, judge.contracts[step.contract]) }
    }

    // MARK: Parts of a step

    /// The findings of the contract, the row and the laws about a response.
    private func outcome(of attempt: AttemptSubject, isLast: Bool, promises: [Finding] = []) -> RowOutcome {
        if isLast, promises.isEmpty, let last = peeked.last, last.sequence == attempt.subject.exchange.sequence {
            return last.outcome
        }
        return RowJudge(judge: judge, earlier: earlier).outcome(of: attempt, isLast: isLast, promises: promises)
    }

    /// The promises that a response breaks, given those before it; the response is remembered.
    ///
    /// - Parameters:
    ///   - burst: The burst that it belongs to, at `index`; `nil` for other responses.
    private mutating func promises(
        _ attempt: AttemptSubject, isLast: Bool, in burst: BurstJudge?, at index: Int
    ) -> [Finding] {
        let subject = attempt.subject
        // An API makes promises about its responses, not about those of the URLs that it redirects to.
        guard subject.exchange.hop == 0, !DocumentRules.isWithoutValue(subject.message) else { return [] }
        if burst?.appliesPromises(at: index) == false || raceBefore(subject)?.areBothAccepted == true {
            return watch.messageFindings(subject, broken: attempt.broken)
        }
        let broken = !isLast && subject.isRetried ? BrokenPlaces() : attempt.broken
        return watch.findings(subject, isLast: isLast, isExpected: StatusRules.accepts(subject), broken: broken)
    }

    // MARK: Requests at once

    /// The judge of a burst; `nil` for other steps. Requests whose effect is unknown are noted first, because their
    /// order among the others is unknown.
    private mutating func burst(_ step: Step, _ attempts: [ExchangeView]) -> BurstJudge? {
        guard step.options.series != nil,
            let burst = BurstJudge(step, attempts, judge.policy.promises, isKnown: { watch.isKnown($0) })
        else { return nil }
        watch.apply(burst.expectation)
        for exchange in attempts.map(\.exchange) where exchange.response.map({ $0.status >= 500 }) ?? true {
            watch.failed(exchange)
        }
        return burst
    }

    /// The race that ends with `subject`; `nil` if it is not the second step of a race, or if the first one has no
    /// response.
    private func raceBefore(_ subject: StepSubject) -> RaceJudge? {
        guard let race = subject.step.options.race, race.isSecond,
            let first = subjects.last(where: { $0.step.name.isSame(as: race.other) })
        else { return nil }
        return RaceJudge(first, subject)
    }

    /// The findings about a burst, a race, and the effects of an earlier burst.
    private mutating func findings(
        of step: Step, _ burst: BurstJudge?, _ together: [Int: AttemptSubject]
    ) -> [Finding] {
        var found: [Finding] = []
        if !counts.isEmpty, let last = subjects.last, last.step.name.isSame(as: step.name) {
            for index in counts.indices.reversed() {
                switch counts[index].reading(last) {
                case .none: continue
                case .one: break
                case .other(let finding): found.append(finding)
                }
                counts.remove(at: index)
            }
        }
        if let burst {
            found += burst.findings(together, volatile: judge.policy.volatile)
            if let effect = burst.effect.flatMap({ together[$0] })?.subject,
                let count = EffectCount(burst.expectation, effect, requests: together.count)
            {
                counts.append(count)
            }
        }
        if step.options.race != nil, let last = subjects.last, let race = raceBefore(last), last.step === step {
            if race.areBothAccepted { watch.forgetStates() }
            if let finding = race.finding { found.append(finding) }
            for name in [last.step.name, last.step.options.race?.other ?? ""] { earlier.finals[name] = race.finals }
        }
        return found
    }

    /// The findings of an attempt without a response. If a later attempt got one, the failure counts as flakiness.
    private mutating func findings(ofNoResponse exchange: Exchange, of step: Step, isLast: Bool) -> [Finding] {
        guard let failure = exchange.outcome.failure, failure.class != .cancelled else { return [] }
        watch.failed(exchange)
        return isLast ? [TransportRules.failure(failure, exchange, step, scenario)] : []
    }

    private static func state(afterNoResponse exchange: Exchange) -> StepState {
        exchange.outcome.failure?.class == .cancelled ? .notRun(.stopped) : .failed
    }

    /// The state of a step by its last response, and by the findings of the responses that redirected to it.
    private static func state(of last: RowOutcome, way: [Finding]) -> StepState {
        let errors = (way + last.findings).filter { $0.severity == .error }
        if errors.isEmpty { return last.unmet.map { .notRun($0) } ?? .passed }
        return errors.allSatisfy(\.isExpectation) ? .pending : .failed
    }

    /// Whether the step should have followed the redirect of this response and did not: a refused redirect is a
    /// failure and no response.
    private func leadsOn(_ view: ExchangeView, of step: Step) -> Bool {
        step.options.follow != nil && view.exchange.response?.isRedirect == true
    }

    /// The response of an exchange, read once; `nil` when there was none.
    ///
    /// - Parameter before: The attempts of the step before it.
    private mutating func read(
        _ view: ExchangeView, after before: ArraySlice<ExchangeView>, of step: Step
    ) -> AttemptSubject? {
        guard let message = view.exchange.response else { return nil }
        if let known = peeked.read[view.exchange.sequence] { return known }
        let contract = judge.contracts[step.contract]
        func subject(_ view: ExchangeView) -> StepSubject {
            StepSubject(view, message, of: step, in: scenario, contract)
        }
        let first = before.last { $0.exchange.hop == 0 && $0.exchange.response != nil }
        let attempt =
            view.exchange.hop == 0
            ? AttemptSubject(subject(view))
            : first.map { AttemptSubject(subject(view.asked(by: $0.exchange.request)), wire: subject(view)) }
                ?? AttemptSubject(subject(view))
        peeked.read[view.exchange.sequence] = attempt
        return attempt
    }

    private func unbuildable(_ step: Step, _ why: String) -> Finding {
        Finding(
            .requestUnbuildable,
            "the request could not be built: \(why)",
            blame: .table,
            operation: step.call.operation?.name,
            contract: step.contract,
            scenario: scenario.id,
            step: step.name,
            table: step.location
        )
    }
}

extension ScenarioJudge {
    /// Takes every step of `exchanges`, in the order in which the steps were begun.
    ///
    /// That order differs from the plan's for setup and teardown rows, and later steps may use values of earlier ones.
    mutating func take(_ exchanges: [Exchange], notRun: [NotRun]) {
        let byStep = Dictionary(grouping: exchanges, by: \.step)
        func begin(_ step: Step) -> Int { byStep[step.name]?.first?.sequence ?? 0 }
        // As in a run, they are judged after all steps.
        var unawaited: (step: Step, views: [ExchangeView])?
        let stopped = Set(notRun.filter { $0.reason == .stopped }.map(\.step))
        for step in scenario.steps.filter({ byStep[$0.name] != nil }).sorted(by: { begin($0) < begin($1) }) {
            let attempts = (byStep[step.name] ?? []).map { ExchangeView.parsing($0, of: step) }
            guard step.call.awaited == nil else {
                _ = take(step, Array(attempts.prefix(1)), isCutOff: stopped.contains(step.name))
                unawaited = (step, Array(unawaited?.views ?? []) + attempts.dropFirst())
                continue
            }
            _ = take(step, attempts, isCutOff: stopped.contains(step.name))
        }
        if let unawaited { takeUnawaited(unawaited.step, unawaited.views) }
    }
}

extension ExchangeView {
    /// Whether redirects led from this exchange to `last`, an exchange of the same step.
    fileprivate func leads(to last: ExchangeView) -> Bool {
        exchange.hop < last.exchange.hop && exchange.attempt == last.exchange.attempt
    }
}

extension StepState {
    /// The state of a step with several pages: it passes if all of them pass.
    fileprivate func worse(_ other: StepState) -> StepState { self == .passed || other == .failed ? other : self }
}

extension Step {
    var isWait: Bool {
        if case .wait = call { true } else { false }
    }
}
