package import Exchanges
import Mocking
import Primitives

/// Responds to the deliveries that a receiver gets.
struct ReceiverResponder: RequestResponder {
    let receive: @Sendable (RequestMessage) -> ResponseMessage

    var methods: Set<String> { ["POST", "PUT", "PATCH", "GET", "DELETE"] }

    func respond(to message: RequestMessage, at now: Instant) -> SharedEngine.ServedResponse {
        SharedEngine.ServedResponse(receive(message))
    }

    func note(_ attempt: DeliveryAttempt, of delivery: Delivery) {}

    func close(_ gap: KeyGap.Closing) {}
}

extension MockServer {
    /// Receives deliveries until `stop()`, with the same bounds as a mock.
    ///
    /// - Parameters:
    ///   - port: The port to listen on; 0 selects a free port.
    ///   - receive: Returns the response to a delivery.
    /// - Throws: ``MockServerError`` if the receiver cannot listen on the address.
    package static func receiver(
        host: String, port: Int, _ receive: @escaping @Sendable (RequestMessage) -> ResponseMessage
    ) async throws(MockServerError) -> MockServer {
        var settings = MockSettings(host: host, port: port)
        settings.limits.bodyBytes = 1_024 * 1_024
        return try await start(ReceiverResponder(receive: receive), settings, path: "")
    }
}
