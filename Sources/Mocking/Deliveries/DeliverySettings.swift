package import Exchanges
package import Webhooks

/// How a mock sends the callbacks and webhooks of one contract.
package struct DeliverySettings: Sendable {
    /// How they are signed, by name; others are not signed.
    package var signers: [String: DeliverySigner] = [:]
    /// The URL of deliveries whose rule gives none; `nil` if they are not sent.
    package var url: String?
    /// The receiver inside of this process.
    package var receiver: InnerReceiver?
    /// Sends deliveries to ``url`` if it is not on this machine. No other address outside of it is ever called.
    package var client: (@Sendable (RequestMessage) async -> ExchangeOutcome)?

    /// Unsigned deliveries to this machine.
    package init() {}
}

/// A receiver inside of this process, which needs no socket.
package struct InnerReceiver: Sendable {
    /// The URL below which it receives, without a slash at its end.
    package var base: String
    /// Accepts a delivery and returns the response.
    package var receive: @Sendable (RequestMessage) -> ResponseMessage

    /// A receiver below `base`.
    package init(base: String, receive: @escaping @Sendable (RequestMessage) -> ResponseMessage) {
        self.base = base
        self.receive = receive
    }

    func accepts(_ url: String) -> Bool { url.utf8.starts(with: "\(base)/".utf8) }
}

/// When a delivery is sent again.
package enum DeliverySchedule {
    /// The pauses between the attempts of a delivery that gets no 2xx response. After the last one it is not sent again.
    package static let pauses: [Duration] = [.seconds(1), .seconds(4), .seconds(15)]
    /// The delay of a delivery that is late on purpose: longer than any step waits by default.
    static let late = Duration.seconds(60)
}
