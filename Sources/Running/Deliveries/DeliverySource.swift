package import Exchanges
package import Primitives
package import Scenarios

/// A delivery that arrived, with our response to it.
package struct ReceivedDelivery: Sendable, Hashable {
    /// The request as received; its URL is that of the scenario.
    package var request: RequestMessage
    /// Our response.
    package var reply: ResponseMessage
    /// When it arrived.
    package var arrivedAt: Instant

    /// A delivery with our response.
    package init(request: RequestMessage, reply: ResponseMessage, arrivedAt: Instant) {
        self.request = request
        self.reply = reply
        self.arrivedAt = arrivedAt
    }
}

/// Provides the deliveries of a run: those that arrive, or recorded ones.
package protocol DeliverySource: Sendable {
    /// Takes the next delivery that a step awaits; `nil` if none has arrived so far.
    func take(_ step: Step, _ awaited: AwaitedDelivery, in scenario: Scenario) -> ReceivedDelivery?

    /// Takes the deliveries of a scenario that no step took, in the order of arrival. Later ones are not kept.
    func takeRest(of scenario: Scenario) -> [ReceivedDelivery]

    /// Whether later deliveries are possible.
    var isWorthWaiting: Bool { get }
}

/// How the names and ids of deliveries are read.
package struct DeliveryReading: Sendable {
    /// Whether a received request is a delivery of the awaited webhook.
    package var isNamed: @Sendable (RequestMessage, AwaitedDelivery) -> Bool
    /// The id of a delivery, the same in each repetition of it; `nil` if it has none.
    package var id: @Sendable (RequestMessage, AwaitedDelivery) -> String?

    /// Reads deliveries with both functions.
    package init(
        isNamed: @escaping @Sendable (RequestMessage, AwaitedDelivery) -> Bool,
        id: @escaping @Sendable (RequestMessage, AwaitedDelivery) -> String?
    ) {
        self.isNamed = isNamed
        self.id = id
    }
}

/// The deliveries of a run, and what the run does without them.
package struct RunDeliveries: Sendable {
    /// Where the deliveries come from; `nil` if the run receives none.
    package var source: (any DeliverySource)?
    /// Why steps that need a receiver are skipped, if the run receives no deliveries.
    package var reason: String

    /// The deliveries of `source`.
    package init(_ source: any DeliverySource) {
        self.source = source
        reason = ""
    }

    /// No deliveries, for a reason in a few words.
    package init(none reason: String) {
        self.reason = reason
    }
}
