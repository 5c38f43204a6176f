public import OpenAPI

/// A delivery that a step awaits, and our response to it.
public struct AwaitedDelivery: Sendable {
    /// The longest wait unless the row sets `poll=`.
    package static let usualLimit = Duration.seconds(30)

    /// The webhook or callback, as the contract declares it.
    public var webhook: OutgoingCall
    /// The name of the contract.
    public var contract: String
    /// The status of the response to the delivery, from 200 to 599.
    public var reply = 200

    /// Awaits a delivery of `webhook`.
    public init(_ webhook: OutgoingCall, contract: String) {
        self.webhook = webhook
        self.contract = contract
    }
}

extension Plan {
    /// Whether some step awaits a delivery.
    package var awaitsDeliveries: Bool { scenarios.asWritten.contains(where: \.awaitsDeliveries) }
}

extension Scenario {
    /// Whether some step awaits a delivery.
    package var awaitsDeliveries: Bool { steps.contains { $0.call.awaited != nil } }
}

extension Step {
    /// Whether the step awaits a delivery, or sends the URL for deliveries.
    package var needsReceiver: Bool {
        call.awaited != nil || request.templates.contains { $0.references.contains(.receiver) }
    }

    /// The longest wait of a step that awaits a delivery.
    package var deliveryLimit: Duration { options.poll?.limit ?? AwaitedDelivery.usualLimit }
}
