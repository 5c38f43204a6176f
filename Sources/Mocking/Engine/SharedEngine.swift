package import Exchanges
package import Primitives
import Synchronization

/// The one engine of a server. Requests take turns, but only where they meet what is remembered: each is read and
/// judged by the thread that received it, beside the others.
package final class SharedEngine: Sendable {
    private let router: RequestRouter
    private let engine: Mutex<MockEngine>

    /// Shares `engine`.
    package init(_ engine: MockEngine) {
        router = engine.router
        self.engine = Mutex(engine)
    }

    /// The answer to a request, and the callbacks and webhooks that follow from it.
    package func respond(
        to message: RequestMessage, at now: Instant
    ) -> (reply: MockEngine.Reply, deliveries: [Delivery]) {
        let arrival = MockEngine.Arrival(message, router)
        return engine.withLock { engine in
            let reply = engine.respond(to: arrival, at: now)
            return (reply, engine.takeDeliveries())
        }
    }

    /// The operation that a request calls, by name.
    package func operation(of message: RequestMessage) -> String? { router.operation(of: message) }

    /// Whether a request addresses the mock itself.
    package func isReserved(_ message: RequestMessage) -> Bool { router.reservedPath(of: message) != nil }

    /// The methods that the contracts declare.
    package var methods: Set<String> { router.methods }

    /// The answers in which a rule was broken on purpose.
    var brokenAnswers: Int { engine.withLock { $0.brokenAnswers } }
}
