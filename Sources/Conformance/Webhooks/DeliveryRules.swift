package import Scenarios
package import Webhooks

/// The declarations of the configuration about deliveries of webhooks, ready to be applied.
package struct DeliveryRules: Sendable {
    /// How deliveries are signed; `nil` if their signatures are not judged.
    package var scheme: SignatureScheme?
    /// The keys of all secrets that are valid at present.
    package var keys: [[UInt8]] = []
    /// The place of the delivery's id in the body; `nil` if the scheme has a header for it, or if deliveries have none.
    package var bodyID: ItemPath?
    /// The place of the event's name; `nil` if deliveries name none.
    package var event: ItemPath?
    /// The webhook or callback of each event; an event without an entry has the name of its webhook.
    package var webhooks: [String: String] = [:]

    /// Rules that judge only the contract.
    package init() {}
}
