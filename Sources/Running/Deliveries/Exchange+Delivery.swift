internal import Exchanges
internal import OpenAPI
internal import Primitives
internal import Scenarios

extension Exchange {
    /// The exchange of a delivery: the request is the target's, and the response ours.
    init(_ delivery: ReceivedDelivery, of step: Step, in scenario: Scenario, attempt: Int) {
        self.init(
            sequence: 0, scenario: scenario.id, step: step.name, attempt: attempt, operation: nil,
            contract: step.contract, request: delivery.request, outcome: .response(delivery.reply),
            startedAt: delivery.arrivedAt, duration: .zero)
    }

    /// The exchange of a delivery that did not arrive.
    init(
        missing step: Step, in scenario: Scenario, url: String, _ startedAt: Instant, after duration: Duration
    ) {
        let method = step.call.awaited?.webhook.operation.method ?? "POST"
        self.init(
            sequence: 0, scenario: scenario.id, step: step.name, operation: nil, contract: step.contract,
            request: RequestMessage(method: method, url: url, isReceived: true),
            outcome: .failure(TransportFailure(.undelivered, "no delivery arrived within \(step.deliveryLimit)")),
            startedAt: startedAt, duration: duration)
    }
}
