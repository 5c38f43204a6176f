import Diagnostics
package import Exchanges
package import OpenAPI
import Primitives
package import Scenarios

/// The rules of the configuration for deliveries of webhooks and callbacks.
package struct DeliveryPolicy: Sendable {
    /// The rules of each webhook or callback, by its name; others are judged by the contract alone.
    package var rules: [String: DeliveryRules]
    /// The URLs at which the run received deliveries.
    package var receiver: ReceiverURLs?

    /// Rules by the names of webhooks.
    package init(_ rules: [String: DeliveryRules] = [:]) {
        self.rules = rules
    }

    /// The judge of the deliveries of a webhook.
    func judge(_ awaited: AwaitedDelivery, _ contract: Contract) -> DeliveryJudge {
        DeliveryJudge(contract, rules[awaited.webhook.name] ?? DeliveryRules())
    }

    /// The id of a delivery, the same in each repetition of it; `nil` if it has none.
    package func id(of request: RequestMessage, _ awaited: AwaitedDelivery, _ contract: Contract) -> String? {
        judge(awaited, contract).id(of: request)
    }

    /// Whether a request is a delivery of the awaited webhook.
    ///
    /// Its event decides. If the configuration does not name the place of events, a delivery belongs to the webhook whose
    /// description it satisfies; one that satisfies none can belong to any, and its judge reports the mistake.
    package func isNamed(_ request: RequestMessage, _ awaited: AwaitedDelivery, _ contract: Contract) -> Bool {
        let name = awaited.webhook.name
        if let event = judge(awaited, contract).webhook(of: request) { return event.isSame(as: name) }
        let names = Set(contract.outgoing.map(\.name))
        // Without the event that it should name, it is broken and can be any.
        guard names.count > 1, rules[name]?.event == nil else { return true }
        let judge = DeliveryJudge(contract)
        let time = Instant(microsecondsSinceEpoch: 0)
        func fits(_ name: String) -> Bool {
            !judge.findings(request, at: time, as: name).contains { $0.severity == .error }
        }
        return fits(name) || !names.contains { fits($0) }
    }
}
