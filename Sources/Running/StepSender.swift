internal import Exchanges
internal import JSONDocument
internal import OpenAPI
import Primitives
internal import Scenarios

/// Sends the attempts of one step and follows their redirects.
struct StepSender {
    private let scenario: Scenario
    private let step: Step
    private let context: RunContext
    private let credentials: Credentials
    /// The time by which cookies expire.
    private let time: ScenarioTime
    /// The cookies of the scenario so far; `nil` if they are not kept.
    private(set) var cookies: CookieJar?
    /// Every exchange of the step, in the order of sending.
    private(set) var attempts: [ExchangeView] = []
    /// The index of the first exchange of the last attempt.
    private var begin = 0
    private var count = 0
    private var retries: Int

    init(
        _ scenario: Scenario, _ step: Step, _ context: RunContext, _ credentials: Credentials, _ cookies: CookieJar?,
        _ time: ScenarioTime
    ) {
        self.scenario = scenario
        self.step = step
        self.context = context
        self.credentials = credentials
        self.cookies = cookies
        self.time = time
        retries = step.options.retry?.count ?? 0
    }

    /// Begins with another page, which may be retried as often as the first one.
    mutating func beginPage() {
        retries = step.options.retry?.count ?? 0
    }

    /// Makes one attempt, and follows its redirects as far as the row allows.
    ///
    /// The deadline covers all requests of the attempt, without the waits between them.
    ///
    /// - Parameter meanwhile: Called once a request is on its way.
    /// - Returns: The last exchange; `nil` if the run stopped before.
    mutating func attempt(_ request: RequestMessage, meanwhile: () -> Void) async -> Exchange? {
        count += 1
        begin = attempts.count
        var chain = step.options.follow.map {
            RedirectChain(most: $0, limits: context.settings.redirects, credentials: credentials)
        }
        var request = request
        var rest = step.options.timeout ?? context.settings.pace.timeout
        while true {
            guard let (exchange, next) = await exchange(request, within: rest, &chain, meanwhile) else { return nil }
            await keep(exchange)
            guard let next else { return exchange }
            request = next
            rest = max(.milliseconds(1), rest - exchange.duration)
        }
    }

    /// Makes one exchange; `next` is the request that its response leads to.
    ///
    /// Cookies are added to the request that is sent, and not to `next`, which may have another origin.
    private mutating func exchange(
        _ request: RequestMessage, within deadline: Duration, _ chain: inout RedirectChain?, _ meanwhile: () -> Void
    ) async -> (Exchange, next: RequestMessage?)? {
        do {
            try await context.pacer.turn()
        } catch {
            return nil
        }
        // The run may have ended while this request waited for its turn.
        guard !context.log.isUnreachable else { return nil }
        let hop = attempts.count - begin
        let start = context.clock.uptime()
        let pending = context.log.begin(
            PendingExchange(
                sequence: 0,
                scenario: scenario.id,
                step: step.name,
                attempt: count,
                hop: hop,
                operation: step.call.operation?.name,
                contract: step.contract,
                request: cookies?.applied(to: request, now: time.time(at: context.clock.now())) ?? request,
                startedAt: context.clock.now()
            )
        )
        guard let pending else { return nil }
        context.progress(.sent(scenario, step))
        var outcome = await context.transport.send(pending, deadline: deadline, meanwhile: meanwhile)
        let duration = context.clock.uptime() - start
        var next: RequestMessage?
        if let response = outcome.response {
            let now = time.time(at: context.clock.now())
            cookies?.store(response, from: request.url, now: now)
            // A response of another origin describes the load of that origin, not of the target.
            if !context.settings.target.isMock, hop == 0 || isOfTarget(request) { context.pacer.heed(response) }
            switch chain?.next(after: response, to: request) {
            case nil: break
            case .success(let request): next = request
            case .failure(let failure): outcome = .failure(failure)
            }
        }
        let exchange = pending.finished(outcome, after: duration)
        context.settings.sessionSecrets?.learn(exchange, of: step, in: scenario)
        context.log.finish(exchange)
        return (exchange, next)
    }

    private func isOfTarget(_ request: RequestMessage) -> Bool {
        let origins = [request.url, context.settings.target.baseURL].map {
            URIReference(url: $0).flatMap(URLOrigin.init)
        }
        return origins[0] != nil && origins[0] == origins[1]
    }

    /// The exchange to which later rows refer: the last response, with the first request of its attempt. `nil` if the
    /// last attempt was not sent.
    var last: ExchangeView? {
        guard attempts.count > begin, let last = attempts.last else { return nil }
        return attempts.count == begin + 1 ? last : last.asked(by: attempts[begin].exchange.request)
    }

    private mutating func keep(_ exchange: Exchange) async {
        let view =
            exchange.isLarge
            ? await Task(executorPreference: nil) { [step] in ExchangeView.parsing(exchange, of: step) }.value
            : ExchangeView.parsing(exchange, of: step)
        attempts.append(view)
    }

    // MARK: Attempts that are made again

    /// Whether the transport can respond to one more attempt: recordings may have no more.
    var isRepeatable: Bool { context.transport.hasAttempt(count + 1, ofStep: step.name, in: scenario.id) }

    /// The time to wait before the last attempt is retried, which uses up one retry; `nil` if it is not retried.
    ///
    /// An attempt is retried only after a failure, and only if all of its requests may be repeated, including those of
    /// redirects.
    mutating func retryPause() -> Duration? {
        let chain = attempts[begin...].map(\.exchange)
        guard retries > 0, isRepeatable, let retry = step.options.retry, let last = chain.last,
            RetryRules.isFault(last.outcome),
            chain.allSatisfy({ RetryRules.isSafe($0.request, after: $0.outcome) }),
            let wait = pause(atLeast: retry.interval), context.log.takeRetry()
        else { return nil }
        retries -= 1
        return wait
    }

    /// The time to wait before the next attempt; `nil` if the response requires a longer wait than is allowed.
    func pause(atLeast interval: Duration) -> Duration? {
        attempts.last.flatMap {
            RetryRules.pause(after: $0.exchange.outcome, interval: interval, now: context.clock.now())
        }
    }
}

extension Exchange {
    /// Whether parsing the response takes too long to do on the thread of other scenarios. Their responses would wait
    /// unread and be counted as late.
    var isLarge: Bool {
        response.map { $0.body.count > 1 << 16 } ?? false
    }
}
