internal import Exchanges
internal import JSONDocument
internal import OpenAPI
internal import Scenarios

/// One scenario under way: its steps in order, and the values that they have received.
struct ScenarioRun {
    let scenario: Scenario
    let settings: RunSettings
    let transport: any Transport
    let executor: (any TaskExecutor)?
    let clock: RunClock
    let log: RunLog
    let pacer: Pacer
    let judge: StepJudge
    let end: ScenarioEnd
    let progress: @Sendable (RunEvent) -> Void

    private(set) var scope: ValueScope
    private(set) var views: [ExchangeView] = []
    private(set) var notRun: [NotRun] = []
    /// How many of the exchanges the judge was given.
    private var given = 0
    /// The step before, judged once the next request is on its way.
    private var unjudged: (step: Step, views: [ExchangeView])?
    /// The judging of the last step, and of those before it: whether all of them held.
    private var judging: Task<Bool, Never>?
    private var wasStopped = false

    init(
        _ scenario: Scenario,
        settings: RunSettings,
        transport: any Transport,
        executor: (any TaskExecutor)?,
        clock: RunClock,
        log: RunLog,
        pacer: Pacer,
        judge: @escaping StepJudge,
        end: @escaping ScenarioEnd,
        progress: @escaping @Sendable (RunEvent) -> Void
    ) {
        self.scenario = scenario
        self.settings = settings
        self.transport = transport
        self.executor = executor
        self.clock = clock
        self.log = log
        self.pacer = pacer
        self.judge = judge
        self.end = end
        self.progress = progress
        scope = ValueScope(
            seed: scenario.origin?.seed ?? settings.seed,
            table: scenario.file,
            scenario: scenario.name,
            dataCase: scenario.dataCase,
            now: scenario.origin?.startedAt ?? settings.startedAt,
            environment: settings.environment,
            secrets: settings.secrets,
            variables: settings.variables,
            row: scenario.row,
            firstCases: ValueScope.firstCases(of: scenario.steps)
        )
    }

    /// What became of a step.
    enum StepResult {
        case judged(StepState)
        /// Whether it holds is found out beside the next exchange, which goes out in any case.
        case answered
        case leftOut(NotRun.Reason)
    }

    /// Runs setup rows, the other rows, and teardown rows, last first.
    mutating func run() async {
        guard !isStopping else {
            for step in scenario.steps { leaveOut(step, reasonWhenStopped(step)) }
            end(scenario, views, notRun)
            return
        }
        var held = true
        var failedSetup: String?
        let steps = scenario.steps.filter { !$0.options.isTeardown }
        for step in steps.filter(\.options.isSetup) + steps.filter({ !$0.options.isSetup }) {
            if let failedSetup {
                leaveOut(step, .setupFailed(step: failedSetup))
                continue
            }
            let isGood = await runUnlessStopped(step)
            held = held && isGood
            if !isGood {
                if step.options.isSetup { failedSetup = step.name }
                if settings.failFast { log.stop() }
            }
        }
        held = await judgedAll() && held
        if scenario.steps.contains(where: \.options.isTeardown) {
            let rest = self
            // A task of its own is not cancelled with the run, so what was made is cleared away after an interrupt too.
            self = await Task(executorPreference: executor) {
                var rest = rest
                await rest.tearDown()
                _ = await rest.judgedAll()
                return rest
            }.value
        }
        end(scenario, views, notRun)
        if !wasStopped { log.end(scenario.id) }
        progress(.scenarioFinished(scenario, held: held))
    }

    private mutating func tearDown() async {
        for step in scenario.steps.reversed() where step.options.isTeardown {
            if log.isUnreachable {
                leaveOut(step, reasonWhenStopped(step))
            } else {
                _ = await run(step)
            }
        }
    }

    /// Whether the scenario can still be said to hold: it does when a step was skipped.
    private mutating func runUnlessStopped(_ step: Step) async -> Bool {
        if isStopping {
            leaveOut(step, reasonWhenStopped(step))
            return true
        }
        switch await run(step) {
        case .judged(let state): return state == .held
        case .answered: return true
        case .leftOut(.skipped), .leftOut(.stopped): return true
        case .leftOut: return false
        }
    }

    /// A row that is not meant for this run would not have been sent anyway.
    private func reasonWhenStopped(_ step: Step) -> NotRun.Reason {
        if let reason = SkipRules.reason(step, of: scenario, isMock: settings.isMock) { return .skipped(reason) }
        if case .failure(let missing) = settings.credentials.credentials(for: step) { return .skipped(missing.message) }
        return .stopped
    }

    private var isStopping: Bool { Task.isCancelled || log.isStopping }

    private mutating func run(_ step: Step) async -> StepResult {
        let result = await result(of: step)
        switch result {
        case .judged(let state): progress(.finished(scenario, step, state))
        case .answered: break
        case .leftOut(let reason): leaveOut(step, reason)
        }
        return result
    }

    private mutating func result(of step: Step) async -> StepResult {
        if let reason = SkipRules.reason(step, of: scenario, isMock: settings.isMock) {
            return .leftOut(.skipped(reason))
        }
        if case .wait(let duration) = step.call {
            do {
                try await clock.sleep(duration)
                return .judged(.held)
            } catch {
                return .leftOut(.stopped)
            }
        }
        let credentials: Credentials
        switch settings.credentials.credentials(for: step) {
        case .success(let found): credentials = found
        case .failure(let missing): return .leftOut(.skipped(missing.message))
        }
        let request: RequestMessage
        do throws(ValueFailure) {
            request = try RequestBuilder.build(
                step,
                scope: scope,
                credentials: credentials,
                baseURL: settings.baseURL,
                userAgent: settings.userAgent
            ).message
        } catch {
            return .leftOut(error.reason)
        }
        return await send(request, for: step, with: credentials)
    }

    /// Sends until the step holds, cannot hold any more, or may not be tried again.
    private mutating func send(
        _ request: RequestMessage, for step: Step, with credentials: Credentials
    ) async -> StepResult {
        let start = clock.uptime()
        var waited = Duration.zero
        var retries = step.options.retry?.count ?? 0
        var attempt = 0
        while true {
            attempt += 1
            var chain = step.options.follow.map {
                RedirectChain(most: $0, limits: settings.redirects, credentials: credentials)
            }
            let begun = views.count
            guard let exchange = await follow(request, for: step, attempt: attempt, &chain) else {
                return .leftOut(.stopped)
            }
            if exchange.outcome.failure?.class == .cancelled { return .leftOut(.stopped) }
            let pause: Duration
            let isRepeatable = transport.hasAttempt(attempt + 1, ofStep: step.name, in: scenario.id)
            if retries > 0, isRepeatable, let wait = retryPause(after: views[begun...].map(\.exchange), of: step),
                log.takeRetry()
            {
                retries -= 1
                pause = wait
            } else {
                guard mustKnow(step) else {
                    judgeBesides(step)
                    if let failure = exchange.outcome.failure { log.giveUp(failure) }
                    return .answered
                }
                let state = await judgeNow(step)
                let elapsed = clock.countsOnlyWaits ? waited : clock.uptime() - start
                guard state == .notYet, isRepeatable, let poll = step.options.poll,
                    let wait = RetryRules.pause(
                        after: exchange.outcome, interval: poll.interval, now: clock.now()),
                    elapsed + wait <= poll.limit
                else {
                    if let failure = exchange.outcome.failure { log.giveUp(failure) }
                    return .judged(state)
                }
                pause = wait
            }
            waited += pause
            do {
                try await clock.sleep(pause)
            } catch {
                return .leftOut(.stopped)
            }
        }
    }

    /// Whether what comes next depends on how the step comes out.
    private func mustKnow(_ step: Step) -> Bool {
        step.options.isSetup || step.options.poll != nil || settings.failFast
    }

    private mutating func judgeNow(_ step: Step) async -> StepState {
        _ = await judgedAll()
        return judge(scenario, step, newViews())
    }

    /// Lets a step be judged while the next exchange is under way.
    private mutating func judgeBesides(_ step: Step) {
        beginJudging()
        unjudged = (step, newViews())
    }

    /// Judges on the same thread, when this task waits there.
    private mutating func beginJudging() {
        guard let (step, views) = unjudged else { return }
        unjudged = nil
        let before = judging
        judging = Task(executorPreference: views.contains { isLarge($0.exchange) } ? nil : executor) {
            [scenario, judge, progress] in
            let held = await before?.value ?? true
            let state = judge(scenario, step, views)
            progress(.finished(scenario, step, state))
            return held && state == .held
        }
    }

    /// Whether reading an answer takes so long that others on the same thread should not wait for it: they would lie
    /// there unread and be taken for late.
    private func isLarge(_ exchange: Exchange) -> Bool {
        exchange.response.map { $0.body.count > 1 << 16 } ?? false
    }

    /// Waits until every step so far is judged; whether all of them held.
    private mutating func judgedAll() async -> Bool {
        beginJudging()
        return await judging?.value ?? true
    }

    private mutating func newViews() -> [ExchangeView] {
        defer { given = views.count }
        return Array(views[given...])
    }

    /// How long to wait before a try is made once more; `nil` when its end is no fault, or it may not be repeated:
    /// neither the request of the step nor one that a redirect led to.
    private func retryPause(after chain: [Exchange], of step: Step) -> Duration? {
        guard let retry = step.options.retry, let last = chain.last, RetryRules.isFault(last.outcome),
            chain.allSatisfy({ RetryRules.isSafe($0.request, after: $0.outcome) })
        else { return nil }
        return RetryRules.pause(after: last.outcome, interval: retry.interval, now: clock.now())
    }

    /// Makes one try, and goes where its answers lead as far as the row asks for that.
    ///
    /// The deadline covers the whole way, waits between requests left out.
    private mutating func follow(
        _ request: RequestMessage, for step: Step, attempt: Int, _ chain: inout RedirectChain?
    ) async -> Exchange? {
        var request = request
        var rest = step.options.timeout ?? settings.timeout
        var hop = 0
        let own = views.count
        while true {
            guard
                let (exchange, next) = await exchange(
                    request, for: step, attempt: attempt, hop: hop, within: rest, &chain)
            else { return nil }
            await keep(exchange, of: step, asked: hop == 0 ? nil : views[own].exchange.request)
            guard let next else { return exchange }
            request = next
            rest = max(.milliseconds(1), rest - exchange.duration)
            hop += 1
        }
    }

    /// Makes one exchange; with the request that its answer leads to, where that is to be followed.
    private mutating func exchange(
        _ request: RequestMessage, for step: Step, attempt: Int, hop: Int, within deadline: Duration,
        _ chain: inout RedirectChain?
    ) async -> (Exchange, next: RequestMessage?)? {
        do {
            try await pacer.turn()
        } catch {
            return nil
        }
        // Those who waited for their turn are too late for a run that was given up.
        guard !log.isUnreachable else { return nil }
        let begin = clock.uptime()
        let pending = log.begin(
            PendingExchange(
                sequence: 0,
                scenario: scenario.id,
                step: step.name,
                attempt: attempt,
                hop: hop,
                operation: step.call.operation?.name,
                contract: step.contract,
                request: request,
                startedAt: clock.now()
            )
        )
        guard let pending else { return nil }
        progress(.sent(scenario, step))
        var outcome = await transport.send(pending, deadline: deadline) { beginJudging() }
        let duration = clock.uptime() - begin
        var next: RequestMessage?
        if let response = outcome.response {
            // What another origin says of its load is not the target's.
            if !settings.isMock, hop == 0 || isOfTarget(request) { pacer.heed(response) }
            switch chain?.next(after: response, to: request) {
            case nil: break
            case .success(let request): next = request
            case .failure(let failure): outcome = .failure(failure)
            }
        }
        let exchange = pending.finished(outcome, after: duration)
        log.finish(exchange)
        return (exchange, next)
    }

    private func isOfTarget(_ request: RequestMessage) -> Bool {
        let origins = [request.url, settings.baseURL].map { URIReference(url: $0).flatMap(URLOrigin.init) }
        return origins[0] != nil && origins[0] == origins[1]
    }

    /// Keeps an exchange; what later rows ask of the step is the last answer, and the request that it `asked` with.
    private mutating func keep(_ exchange: Exchange, of step: Step, asked: RequestMessage?) async {
        let view =
            isLarge(exchange)
            ? await Task(executorPreference: nil) { ExchangeView.parsing(exchange, of: step) }.value
            : ExchangeView.parsing(exchange, of: step)
        views.append(view)
        scope.exchanges[step.name] = asked.map { view.asked(by: $0) } ?? view
    }

    private mutating func leaveOut(_ step: Step, _ reason: NotRun.Reason) {
        if reason == .stopped { wasStopped = true }
        let entry = NotRun(scenario: scenario.id, step: step.name, reason: reason)
        notRun.append(entry)
        log.leaveOut(entry)
        progress(.notRun(scenario, step, reason))
    }
}

extension ValueFailure {
    /// Why a step whose value could not be had is not run.
    fileprivate var reason: NotRun.Reason {
        switch self {
        case .missing(let step, let path): .missingValue(step: step, path: path)
        case .environment(let name): .unbuildable("the environment variable '\(name)' is not set")
        case .secret(let name): .unbuildable("unknown secret '\(name)'")
        case .invalid(let message): .unbuildable(message)
        }
    }
}
