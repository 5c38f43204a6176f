internal import Exchanges
internal import OpenAPI
import Primitives
internal import Scenarios
internal import Synchronization

/// Sends several requests of a scenario at once: those of a burst, or of two steps that race.
struct ConcurrentSender {
    /// A request, and the step that it belongs to.
    struct Request: Sendable {
        var step: Step
        /// The number of the request in its step, from 1.
        var number: Int
        var message: RequestMessage
    }

    let scenario: Scenario
    let context: RunContext
    /// The cookies of the scenario so far; `nil` if they are not kept.
    private(set) var cookies: CookieJar?

    init(_ scenario: Scenario, _ context: RunContext, _ cookies: CookieJar?) {
        self.scenario = scenario
        self.context = context
        self.cookies = cookies
    }

    /// Sends the requests, and returns their exchanges in the same order; `nil` if the run stopped before.
    ///
    /// Each request waits for its turn in the rate of the run before the first one is sent.
    mutating func send(_ requests: [Request]) async -> [ExchangeView]? {
        do {
            for _ in requests { try await context.pacer.turn() }
        } catch {
            return nil
        }
        guard !context.log.isUnreachable, let pending = begin(requests) else { return nil }
        let finished = Mutex<[Int: Exchange]>([:])
        let start = context.clock.uptime()
        let received: @Sendable (Int, ExchangeOutcome) -> Void = { [scenario, context] index, outcome in
            let exchange = pending[index].finished(outcome, after: context.clock.uptime() - start)
            if let response = outcome.response, !context.settings.target.isMock { context.pacer.heed(response) }
            context.settings.sessionSecrets?.learn(exchange, of: requests[index].step, in: scenario)
            context.log.finish(exchange)
            finished.withLock { $0[index] = exchange }
        }
        let deadline = requests.compactMap(\.step.options.timeout).max() ?? context.settings.pace.timeout
        if context.settings.target.isMock, context.clock.countsOnlyWaits {
            // A recording of the mock is the same every time, so the order of its requests must be too.
            await context.transport.send(inOrder: pending, deadline: deadline, received: received)
        } else {
            await context.transport.send(together: pending, deadline: deadline, received: received)
        }
        let exchanges = finished.withLock { finished in requests.indices.compactMap { finished[$0] } }
        let now = context.clock.now()
        for (exchange, request) in zip(exchanges, requests) {
            guard let response = exchange.response else { continue }
            cookies?.store(response, from: request.message.url, now: now)
        }
        return zip(exchanges, requests).map { ExchangeView.parsing($0, of: $1.step) }
    }

    /// Logs that the requests are about to be sent; `nil` if the log could not be written.
    private func begin(_ requests: [Request]) -> [PendingExchange]? {
        var pending: [PendingExchange] = []
        for request in requests {
            let step = request.step
            let begun = context.log.begin(
                PendingExchange(
                    sequence: 0,
                    scenario: scenario.id,
                    step: step.name,
                    attempt: request.number,
                    isConcurrent: true,
                    operation: step.call.operation?.name,
                    contract: step.contract,
                    request: cookies?.applied(to: request.message, now: context.clock.now()) ?? request.message,
                    startedAt: context.clock.now()
                ))
            guard let begun else { return nil }
            pending.append(begun)
            context.progress(.sent(scenario, step))
        }
        return pending
    }
}
