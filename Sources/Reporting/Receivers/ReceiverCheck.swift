package import Conformance
package import Exchanges

/// The result of `assay webhook-check`: the verdicts on the responses of a receiver.
package struct ReceiverCheck: Sendable {
    /// The URL of the receiver.
    package var url: String
    /// The entry under `webhooks` whose scheme and secret the deliveries have.
    package var scheme: String
    /// The webhook or callback of the contract; `nil` if the body was given without a contract.
    package var webhook: String?
    /// The verdicts, in the order of sending.
    package var results: [ReceiverResult]
    /// Whether the check was interrupted, so that the last cases are missing.
    package var wasInterrupted: Bool
    /// Masks secrets in everything that is shown.
    package var redactor: Redactor

    /// A result.
    package init(
        url: String, scheme: String, webhook: String?, results: [ReceiverResult], wasInterrupted: Bool,
        redactor: Redactor
    ) {
        self.url = url
        self.scheme = scheme
        self.webhook = webhook
        self.results = results
        self.wasInterrupted = wasInterrupted
        self.redactor = redactor
    }

    /// The number of cases with a result.
    package func count(_ outcome: ReceiverResult.Outcome) -> Int { results.count { $0.outcome == outcome } }

    /// The limit of the check.
    static let limit =
        "Only responses are judged. Whether the receiver did the work of a delivery, and how often, is not visible."
}

extension ReceiverResult {
    /// The statuses of the responses, or the failures, in the order of sending: `204, 409`.
    var received: String {
        trial.exchanges.map { exchange in
            exchange.response.map { String($0.status) } ?? exchange.outcome.failure?.class.rawValue ?? "none"
        }.joined(separator: ", ")
    }

    /// The time of all exchanges.
    var duration: Duration { trial.exchanges.reduce(.zero) { $0 + $1.duration } }
}
