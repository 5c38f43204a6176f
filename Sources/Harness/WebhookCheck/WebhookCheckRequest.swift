package import Exchanges
import Primitives
import Scenarios

/// The input of `assay webhook-check`: a receiver and its deliveries.
package struct WebhookCheckRequest: Sendable {
    /// The URL of the receiver.
    package var url: String
    /// The document with the webhook.
    package var contracts = ContractChoice()
    /// The content of the deliveries.
    package var delivery = Delivery()
    /// The longest duration of one exchange.
    package var timeout = Duration.seconds(10)
    /// The time from which a response is slow.
    package var slow = Duration.seconds(5)
    /// How the receiver is reached, and whether it may be production. It has no name and no address.
    package var target = TargetChoice()
    /// The environment that secrets come from.
    package var environment: [String: String] = [:]
    /// A file of secrets, which take precedence over the environment; `nil` for none.
    package var secretsFile: String?
    /// The seed of generated values and ids; `nil` for a new one.
    package var seed: String?

    /// A request with all cases.
    package init(url: String) {
        self.url = url
    }

    /// The content of the deliveries.
    package struct Delivery: Sendable {
        /// The entry under `webhooks` in assay.yaml; `nil` for the one of the webhook, or the first one.
        package var scheme: String?
        /// The webhook or callback of the contract; `nil` for that of the event, or the only one.
        package var webhook: String?
        /// The event that deliveries name; `nil` for that of the webhook.
        package var event: String?
        /// The body; `nil` for the contract's example, or a value of its schema.
        package var body: [UInt8]?
        /// Further headers.
        package var headers: [HeaderField] = []
        /// The names of the cases to send; empty for all. The correct delivery is always sent.
        package var cases: [String] = []

        /// A delivery of the contract.
        package init() {}
    }

    /// Header lines `name: value` of the command line.
    ///
    /// - Throws: `HarnessError` (exit 2) when a line is not valid, or cannot be sent.
    package static func headers(_ lines: [String]) throws(HarnessError) -> [HeaderField] {
        var headers: [HeaderField] = []
        for line in lines {
            guard let field = HeaderField(line: Array(line.utf8)), field.name.isToken,
                FieldRules.problem(value: field.value) == nil
            else {
                throw .wrongInput(
                    "usage.header", "'\(line)' is not a valid header line", help: "write --header 'name: value'")
            }
            headers.append(field)
        }
        return headers
    }
}
