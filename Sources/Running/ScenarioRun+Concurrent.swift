internal import Exchanges
internal import Scenarios

/// Steps whose requests are sent at once.
extension ScenarioRun {
    /// Sends the requests of a burst and judges them together.
    ///
    /// The steps before are judged first, so that the thread of the connections is free.
    mutating func send(_ burst: Burst, of step: Step, _ request: RequestMessage) async -> StepState {
        _ = await judgedAll()
        var sender = ConcurrentSender(scenario, context, cookies)
        let requests = burst.requests(request).enumerated().map { index, message in
            ConcurrentSender.Request(step: step, number: index + 1, message: message)
        }
        guard let views = await sender.send(requests) else { return leaveOut(step, .stopped) }
        cookies = sender.cookies
        let exchanges = views.map(\.exchange)
        let shown = burst.effect(in: exchanges) ?? exchanges.firstIndex { $0.response != nil } ?? 0
        scope.exchanges[step.name] = views[shown]
        return judge(step, views)
    }

    /// Sends the requests of two steps at once. Returns whether both passed or were skipped.
    ///
    /// If one of them cannot be sent, neither is: one request alone is not a race.
    mutating func race(_ first: Step, _ second: Step) async -> Bool {
        let steps = [first, second]
        guard !isStopping else {
            for step in steps { leaveOut(step, reasonWhenStopped(step)) }
            return true
        }
        let found = steps.map { prepared($0) }
        var requests: [ConcurrentSender.Request] = []
        for (step, prepared) in zip(steps, found) {
            guard case .ready(let message, _) = prepared else { continue }
            requests.append(ConcurrentSender.Request(step: step, number: 1, message: message))
        }
        guard requests.count == steps.count else {
            var isGood = true
            for (step, prepared) in zip(steps, found) where !leaveOut(step, of: steps, prepared) { isGood = false }
            return isGood
        }
        _ = await judgedAll()
        var sender = ConcurrentSender(scenario, context, cookies)
        guard let views = await sender.send(requests) else {
            for step in steps { leaveOut(step, .stopped) }
            return true
        }
        cookies = sender.cookies
        for (step, view) in zip(steps, views) { scope.exchanges[step.name] = view }
        var states: [StepState] = []
        for (step, view) in zip(steps, views) { states.append(judge(step, [view])) }
        return states.allSatisfy { $0 == .passed || $0 == .notRun(.stopped) }
    }

    /// Leaves out a step of a race that is not sent; returns whether it was skipped.
    private mutating func leaveOut(_ step: Step, of steps: [Step], _ prepared: PreparedStep) -> Bool {
        guard case .leftOut(let reason) = prepared else {
            let other = steps.first { $0.name != step.name }?.name ?? ""
            leaveOut(step, .skipped("the step '\(other)', which it races against, is not sent"))
            return true
        }
        leaveOut(step, reason)
        if case .skipped = reason { return true }
        return false
    }

    private mutating func judge(_ step: Step, _ views: [ExchangeView]) -> StepState {
        let failures = views.compactMap(\.exchange.outcome.failure)
        let isCutOff = failures.contains { $0.class == .cancelled }
        let state = context.judge.take(scenario, step, views, isCutOff: isCutOff)
        if isCutOff { return leaveOut(step, .stopped) }
        if failures.count == views.count, let failure = failures.first { context.log.giveUp(failure) }
        return finish(step, state)
    }
}

/// A step before it is sent.
enum PreparedStep {
    /// Its request, and the credentials that it contains.
    case ready(RequestMessage, Credentials)
    /// Why it is not sent.
    case leftOut(NotRun.Reason)
}
