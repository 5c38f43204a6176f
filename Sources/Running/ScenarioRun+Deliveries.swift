internal import Exchanges
internal import OpenAPI
internal import Primitives
internal import Scenarios

/// Steps that await deliveries of webhooks.
extension ScenarioRun {
    /// Waits for the next delivery, as long as the row allows.
    mutating func receive(
        _ step: Step, _ awaited: AwaitedDelivery
    ) async -> StepState {
        if let reason = SkipRules.reason(step, of: scenario, isMock: context.settings.target.isMock) {
            return leaveOut(step, .skipped(reason))
        }
        let deliveries = context.settings.deliveries
        guard let source = deliveries?.source else {
            return leaveOut(step, .skipped(deliveries?.reason ?? "this command receives no deliveries"))
        }
        _ = await judgedAll()
        let start = context.clock.uptime()
        let startedAt = context.clock.now()
        var pause = Duration.milliseconds(5)
        var delivery = source.take(step, awaited, in: scenario)
        while delivery == nil, source.isWorthWaiting, context.clock.uptime() - start < step.deliveryLimit {
            do {
                try await context.clock.sleep(min(pause, step.deliveryLimit))
            } catch {
                return leaveOut(step, .stopped)
            }
            pause = min(pause * 2, .milliseconds(100))
            delivery = source.take(step, awaited, in: scenario)
        }
        let exchange =
            delivery.map { Exchange($0, of: step, in: scenario, attempt: 1) }
            ?? Exchange(
                missing: step, in: scenario, url: scope.sources.receiver?.url(of: scenario.id) ?? "", startedAt,
                after: context.clock.uptime() - start)
        guard let logged = log(exchange) else { return leaveOut(step, .stopped) }
        let view = ExchangeView.parsing(logged, of: step)
        if delivery != nil { scope.exchanges[step.name] = view }
        context.progress(.sent(scenario, step))
        return finish(step, context.judge.take(scenario, step, [view], isCutOff: false))
    }

    /// Writes a delivery to the journal; `nil` if that was not possible.
    private func log(_ exchange: Exchange) -> Exchange? {
        let pending = PendingExchange(
            sequence: 0, scenario: exchange.scenario, step: exchange.step, attempt: exchange.attempt, operation: nil,
            contract: exchange.contract, request: exchange.request, startedAt: exchange.startedAt)
        guard let numbered = context.log.begin(pending) else { return nil }
        let finished = numbered.finished(exchange.outcome, after: exchange.duration)
        context.log.finish(finished)
        return finished
    }

    /// Judges the deliveries that no step awaited, as further ones of the last step that awaited some.
    func takeUnawaited() {
        guard let source = context.settings.deliveries?.source,
            let last = scenario.stepsInRunningOrder.last(where: { $0.call.awaited != nil })
        else { return }
        let rest = source.takeRest(of: scenario).enumerated().compactMap { index, delivery in
            log(Exchange(delivery, of: last, in: scenario, attempt: index + 2))
        }
        guard !rest.isEmpty else { return }
        context.judge.takeUnawaited(scenario, last, rest.map { ExchangeView.parsing($0, of: last) })
    }
}
