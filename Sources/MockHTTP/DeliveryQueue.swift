import Mocking
import Synchronization

/// The deliveries of a server that wait for their first attempt, by URL. A delivery begins when the one before it has its
/// first result, so that a receiver gets them in order.
final class DeliveryQueue: Sendable {
    private let waiting = Mutex<[String: [Delivery]]>([:])

    /// Adds a delivery; true if it may begin now.
    func add(_ delivery: Delivery, to url: String) -> Bool {
        waiting.withLock { waiting in
            guard waiting[url] == nil else {
                waiting[url]?.append(delivery)
                return false
            }
            waiting[url] = []
            return true
        }
    }

    /// The next delivery to a URL, after the first result of the one before it.
    func next(to url: String) -> Delivery? {
        waiting.withLock { waiting in
            guard waiting[url]?.isEmpty == false else {
                waiting[url] = nil
                return nil
            }
            return waiting[url]?.removeFirst()
        }
    }
}
