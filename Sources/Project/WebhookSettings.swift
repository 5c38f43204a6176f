import Primitives
package import Scenarios
package import Webhooks

/// One entry of `webhooks`: how deliveries are signed, and how they name their event.
package struct WebhookSettings: Sendable, Equatable {
    /// The name of the entry.
    package var name: String
    /// The content and the form of signatures.
    package var scheme: SignatureScheme
    /// The secrets that are valid at present, at least one. Deliveries are signed with the first one.
    package var secrets: [Template] = []
    /// The path of the delivery's id if it is a member of the body; a header belongs to the scheme.
    package var bodyID: String?
    /// The path of the member or header that names the event; `nil` if deliveries name none.
    package var event: String?
    /// The webhook or callback of each event, in the order of the file. An event without an entry is a webhook's name.
    package var events: [Event] = []
    /// The webhooks and callbacks that are signed so; empty for all.
    package var names: [String] = []

    /// Settings without secrets.
    package init(name: String, scheme: SignatureScheme) {
        self.name = name
        self.scheme = scheme
    }

    /// An event and the webhook or callback that describes it.
    package struct Event: Sendable, Equatable {
        /// The value of the member.
        package var value: String
        /// The name under `webhooks` or `callbacks` of the document.
        package var webhook: String

        /// An event.
        package init(value: String, webhook: String) {
            self.value = value
            self.webhook = webhook
        }
    }

    /// The name of the webhook or callback that describes an event.
    package func webhook(of event: String) -> String {
        events.first { $0.value.isSame(as: event) }?.webhook ?? event
    }
}

extension [WebhookSettings] {
    /// The settings for a webhook or callback: those that name it, otherwise the first that name none.
    package func settings(for webhook: String) -> WebhookSettings? {
        first { $0.names.contains { $0.isSame(as: webhook) } } ?? first { $0.names.isEmpty }
    }
}
