/// A request that the API itself sends: a callback of an operation, or a webhook.
public struct OutgoingCall: Sendable {
    /// The name under `callbacks` or `webhooks`.
    public let name: String
    /// The request and its possible responses. The path is the expression of the callback, or the webhook's name.
    public let operation: Operation
}
