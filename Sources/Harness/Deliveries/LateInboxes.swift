import Exchanges
import Running
import Synchronization

/// The inboxes of a receiver whose URLs are known only once it listens.
final class LateInboxes: Sendable {
    private let inboxes = Mutex<DeliveryInboxes?>(nil)

    /// Accepts deliveries from now on.
    func open(_ inboxes: DeliveryInboxes) {
        self.inboxes.withLock { $0 = inboxes }
    }

    /// The response to a delivery; 503 before ``open(_:)``.
    func receive(_ request: RequestMessage) -> ResponseMessage {
        inboxes.withLock { $0 }?.receive(request) ?? ResponseMessage(status: 503)
    }
}
