/// A request that the API itself makes: a callback of an operation, or a webhook.
public struct OutgoingCall: Sendable {
    /// The name under `callbacks` or `webhooks`.
    public let name: String
    /// What is sent, and what may be answered. Its path is the expression of the callback, or the webhook's name.
    public let operation: Operation
}
