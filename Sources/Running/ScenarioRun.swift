internal import Exchanges
internal import OpenAPI
internal import Primitives
internal import Scenarios

/// One scenario under way: its steps in order, and the values that they have received.
struct ScenarioRun {
    let scenario: Scenario
    let context: RunContext
    let executor: (any TaskExecutor)?

    var scope: ValueScope
    /// The credentials of the run, with the values of the sessions that the scenario uses.
    private let credentials: CredentialSet
    /// The reason why no step can be sent: a session that the scenario uses has no values.
    private let sessionProblem: NotRun.Reason?
    /// The cookies that the scenario has received; `nil` if the target keeps none.
    var cookies: CookieJar?
    private var notRun: [NotRun] = []
    /// The step before, judged once the next request is on its way.
    private var unjudged: JudgedLater?
    /// The task that judges the last step after those before it: whether all of them passed.
    private var judging: Task<Bool, Never>?
    private var wasStopped = false

    /// A step that is over and not judged yet.
    struct JudgedLater {
        var step: Step
        var attempts: [ExchangeView]
    }

    /// - Parameter sessions: The session scenarios that have ended, by identity.
    init(
        _ scenario: Scenario, _ context: RunContext, sessions: [String: SessionEnd] = [:],
        on executor: (any TaskExecutor)?
    ) {
        self.scenario = scenario
        self.context = context
        self.executor = executor
        var scope = ValueScope(
            of: scenario, seed: context.settings.seed, now: context.settings.startedAt, context.settings.values)
        sessionProblem = scope.take(sessions, usedBy: scenario)
        self.scope = scope
        credentials = context.settings.credentials(in: scope)
        cookies = context.settings.target.keepsCookies ? CookieJar() : nil
    }

    /// Runs setup rows, the other rows, and teardown rows, last first. Returns whether every step passed or was skipped.
    mutating func run() async -> Bool {
        guard !isStopping else {
            for step in scenario.steps { leaveOut(step, reasonWhenStopped(step)) }
            context.judge.finish(scenario, notRun: notRun)
            return false
        }
        if let sessionProblem {
            for step in scenario.steps { leaveOut(step, skipReason(step).map { .skipped($0) } ?? sessionProblem) }
            return end(passed: false)
        }
        var passed = true
        var failedSetup: String?
        let steps = scenario.steps.filter { !$0.options.isTeardown }
        let ordered = steps.filter(\.options.isSetup) + steps.filter { !$0.options.isSetup }
        for (index, step) in ordered.enumerated() {
            // The first of two steps that race sends both.
            if let race = step.options.race, race.isSecond, failedSetup.map({ $0 == race.other }) ?? true { continue }
            if let failedSetup {
                leaveOut(step, .setupFailed(step: failedSetup))
                continue
            }
            let isGood: Bool
            if step.options.race != nil {
                guard index + 1 < ordered.count else { continue }
                isGood = await self.race(step, ordered[index + 1])
            } else {
                isGood = await runUnlessStopped(step)
            }
            passed = passed && isGood
            if !isGood {
                if step.options.isSetup { failedSetup = step.name }
                if context.settings.failFast { context.log.stop() }
            }
        }
        passed = await judgedAll() && passed
        if scenario.steps.contains(where: \.options.isTeardown) {
            let rest = self
            // A task of its own is not cancelled with the run, so teardown rows are sent after an interrupt too.
            self = await Task(executorPreference: executor) {
                var rest = rest
                await rest.tearDown()
                _ = await rest.judgedAll()
                return rest
            }.value
        }
        return end(passed: passed)
    }

    private func end(passed: Bool) -> Bool {
        if context.settings.deliveries != nil { takeUnawaited() }
        context.judge.finish(scenario, notRun: notRun)
        if !wasStopped { context.log.end(scenario.id) }
        context.progress(.scenarioFinished(scenario, passed: passed))
        return passed
    }

    /// How the scenario ended, for those that use its values; `nil` if it is not a session scenario.
    func sessionEnd(passed: Bool) -> SessionEnd? {
        guard scenario.options.isSession else { return nil }
        guard passed, !wasStopped else { return .failed }
        let reasons = notRun.map(\.reason)
        if reasons.count == scenario.steps.count, case .skipped(let why)? = reasons.first { return .skipped(why) }
        return .passed(SessionValues(scenario, scope.exchanges))
    }

    private mutating func tearDown() async {
        for step in scenario.teardownSteps {
            if context.log.isUnreachable {
                leaveOut(step, reasonWhenStopped(step))
            } else {
                _ = await run(step)
            }
        }
    }

    /// Whether the scenario can still pass: it can when a step was skipped.
    private mutating func runUnlessStopped(_ step: Step) async -> Bool {
        if isStopping {
            leaveOut(step, reasonWhenStopped(step))
            return true
        }
        return switch await run(step) {
        case nil, .passed?, .notRun(.skipped)?, .notRun(.stopped)?: true
        default: false
        }
    }

    /// The reason why a step was not sent when the run stopped. A skipped step keeps its own reason.
    func reasonWhenStopped(_ step: Step) -> NotRun.Reason { skipReason(step).map { .skipped($0) } ?? .stopped }

    private func skipReason(_ step: Step) -> String? {
        if let reason = SkipRules.reason(step, of: scenario, isMock: context.settings.target.isMock) { return reason }
        if case .failure(let missing) = credentials.credentials(for: step) { return missing.message }
        return nil
    }

    var isStopping: Bool { Task.isCancelled || context.log.isStopping }

    // MARK: One step

    /// Runs a step; `nil` when it is judged while the next exchange is under way.
    private mutating func run(_ step: Step) async -> StepState? {
        if case .wait(let duration) = step.call {
            if let reason = SkipRules.reason(step, of: scenario, isMock: context.settings.target.isMock) {
                return leaveOut(step, .skipped(reason))
            }
            return await pause(step, duration)
        }
        if let awaited = step.call.awaited { return await receive(step, awaited) }
        switch prepared(step) {
        case .leftOut(let reason): return leaveOut(step, reason)
        case .ready(let request, let credentials):
            if let burst = step.options.burst { return await send(burst, of: step, request) }
            return await send(request, for: step, with: credentials)
        }
    }

    /// The request of a step, or the reason why it is not sent.
    func prepared(_ step: Step) -> PreparedStep {
        if let reason = SkipRules.reason(step, of: scenario, isMock: context.settings.target.isMock) {
            return .leftOut(.skipped(reason))
        }
        if let deliveries = context.settings.deliveries, deliveries.source == nil, step.needsReceiver {
            return .leftOut(.skipped(deliveries.reason))
        }
        let own: Credentials
        switch credentials.credentials(for: step) {
        case .success(let found): own = found
        case .failure(let missing): return .leftOut(.skipped(missing.message))
        }
        if context.settings.sessionSecrets != nil, let missing = credentials.loginValues(of: step).first?.reference {
            return .leftOut(.missingValue(step: missing.source, path: missing.path.text))
        }
        do throws(ValueFailure) {
            return .ready(try request(of: step, with: own), own)
        } catch {
            return .leftOut(error.reason)
        }
    }

    private func request(of step: Step, with credentials: Credentials) throws(ValueFailure) -> RequestMessage {
        try RequestBuilder.build(
            step,
            scope: scope,
            credentials: credentials,
            baseURL: context.settings.target.baseURL,
            userAgent: context.settings.userAgent,
            common: context.settings.target.headers
        ).message
    }

    /// The request for the page after the last one; `nil` if the walk is over. The judge reports a walk that ends early.
    private func nextPage(
        _ walk: inout PageWalk?, after view: ExchangeView?, of step: Step, with credentials: Credentials
    ) -> RequestMessage? {
        guard let view, let move = walk?.move(after: view) else { return nil }
        // The status may be one that the row does not expect, and a row that fails has no next page.
        guard step.expected.status.accepts(view.exchange.response?.status ?? 0) else { return nil }
        switch move {
        case .end, .stop: return nil
        case .value(let value, let path): return try? request(of: step.setting(value, at: path), with: credentials)
        case .url(let url):
            var request = try? request(of: step, with: credentials)
            request?.url = credentials.completing(url)
            return request
        }
    }

    private mutating func pause(_ step: Step, _ duration: Duration) async -> StepState {
        do {
            try await context.clock.sleep(duration)
            return finish(step, .passed)
        } catch {
            return leaveOut(step, .stopped)
        }
    }

    /// Sends attempts until the step passes, fails for good, or may not be tried again, page by page.
    private mutating func send(
        _ first: RequestMessage, for step: Step, with credentials: Credentials
    ) async -> StepState? {
        var request = first
        var walk = step.options.paging.map { PageWalk($0) }
        var sender = StepSender(scenario, step, context, credentials, cookies, scope.time)
        let start = context.clock.uptime()
        var waited = Duration.zero
        while true {
            let last = await sender.attempt(request) { beginJudging() }
            cookies = sender.cookies
            if let view = sender.last { scope.take(view, of: step) }
            guard let last, last.outcome.failure?.class != .cancelled else { return await cutOff(step, sender) }
            var pause = sender.retryPause()
            if pause == nil, let next = nextPage(&walk, after: sender.last, of: step, with: credentials) {
                // A list with many pages must not delay the end of a run that stops.
                if isStopping, !step.options.isTeardown { return await cutOff(step, sender) }
                request = next
                sender.beginPage()
                continue
            }
            if pause == nil {
                guard mustKnow(step) else {
                    beginJudging()
                    unjudged = JudgedLater(step: step, attempts: sender.attempts)
                    if let failure = last.outcome.failure { context.log.giveUp(failure) }
                    return nil
                }
                _ = await judgedAll()
                pause = pollPause(step, sender) {
                    context.clock.countsOnlyWaits ? waited : context.clock.uptime() - start
                }
            }
            guard let pause else {
                let state = context.judge.take(scenario, step, sender.attempts, isCutOff: false)
                if let failure = last.outcome.failure { context.log.giveUp(failure) }
                return finish(step, state)
            }
            waited += pause
            do {
                try await context.clock.sleep(pause)
            } catch {
                return await cutOff(step, sender)
            }
        }
    }

    /// How long to wait before a polled step is tried again; `nil` when its last attempt is over.
    ///
    /// - Parameter elapsed: The time since the step began.
    private func pollPause(_ step: Step, _ sender: StepSender, after elapsed: () -> Duration) -> Duration? {
        guard let poll = step.options.poll, sender.isRepeatable,
            context.judge.peek(scenario, step, sender.attempts) == .pending,
            let wait = sender.pause(atLeast: poll.interval), elapsed() + wait <= poll.limit
        else { return nil }
        return wait
    }

    /// Whether the next step depends on the state of this one.
    private func mustKnow(_ step: Step) -> Bool {
        step.options.isSetup || step.options.poll != nil || context.settings.failFast
    }

    /// Ends a step that was interrupted. Its attempts are judged nevertheless.
    private mutating func cutOff(_ step: Step, _ sender: StepSender) async -> StepState {
        if !sender.attempts.isEmpty {
            _ = await judgedAll()
            _ = context.judge.take(scenario, step, sender.attempts, isCutOff: true)
        }
        return leaveOut(step, .stopped)
    }

    func finish(_ step: Step, _ state: StepState) -> StepState {
        context.progress(.finished(scenario, step, state))
        return state
    }

    @discardableResult
    mutating func leaveOut(_ step: Step, _ reason: NotRun.Reason) -> StepState {
        if reason == .stopped { wasStopped = true }
        let entry = NotRun(scenario: scenario.id, step: step.name, reason: reason)
        notRun.append(entry)
        context.log.leaveOut(entry)
        return finish(step, .notRun(reason))
    }

    // MARK: Steps that are judged during the next exchange

    /// Judges on the same thread, when this task waits there.
    private mutating func beginJudging() {
        guard let later = unjudged else { return }
        unjudged = nil
        let before = judging
        let isLarge = later.attempts.contains { $0.exchange.isLarge }
        judging = Task(executorPreference: isLarge ? nil : executor) { [scenario, context] in
            let passed = await before?.value ?? true
            let state = context.judge.take(scenario, later.step, later.attempts, isCutOff: false)
            context.progress(.finished(scenario, later.step, state))
            return passed && state == .passed
        }
    }

    /// Waits until every step so far is judged. Returns whether all of them passed.
    mutating func judgedAll() async -> Bool {
        beginJudging()
        return await judging?.value ?? true
    }
}

extension ValueFailure {
    /// The reason why a step with a missing value is not run.
    fileprivate var reason: NotRun.Reason {
        switch self {
        case .missing(let step, let path): .missingValue(step: step, path: path)
        case .environment(let name): .unbuildable("the environment variable '\(name)' is not set")
        case .secret(let name): .unbuildable("unknown secret '\(name)'")
        case .invalid(let message): .unbuildable(message)
        }
    }
}
