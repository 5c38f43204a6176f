public import Exchanges
package import Primitives
import Synchronization

/// The one engine of a server. Requests take turns, but only where they need what is remembered: the thread that
/// received a request routes it and judges it by the contract, in parallel with the others.
package final class SharedEngine: Sendable {
    private let router: RequestRouter
    private let engine: Mutex<MockEngine>

    /// Shares `engine`.
    package init(_ engine: MockEngine) {
        router = engine.router
        self.engine = Mutex(engine)
    }

    /// What a server does with one request.
    package struct ServedResponse: Sendable {
        /// The response, and what a log says about it.
        package let reply: MockEngine.Reply
        /// The callbacks and webhooks that follow.
        package let deliveries: [Delivery]
        /// Whether the request addressed the mock itself.
        package let isControl: Bool
    }

    /// Responds to a request.
    package func respond(to message: RequestMessage, at now: Instant) -> ServedResponse {
        let request = router.route(message)
        return engine.withLock { engine in
            let reply = engine.respond(to: request, at: now)
            return ServedResponse(reply: reply, deliveries: engine.takeDeliveries(), isControl: request.isControl)
        }
    }

    /// The methods that the contracts declare.
    package var methods: Set<String> { router.methods }

    /// The responses in which a rule was broken on purpose.
    var brokenAnswers: Int { engine.withLock { $0.brokenAnswers } }
}

/// A mock without a socket, for runs inside of one process.
public struct MockTransport: Transport {
    /// What the paths of the first contract are appended to.
    public let baseURL: String

    private let engine: SharedEngine
    private let now: @Sendable () -> Instant

    /// A fresh mock.
    public init(versions: [MockVersion], settings: MockSettings) {
        engine = SharedEngine(MockEngine(versions: versions, settings: settings))
        now = settings.now
        baseURL = "http://mock" + (versions.first.map { MockEngine.basePath(of: $0.contract) } ?? "")
    }

    /// The responses in which a rule was broken on purpose.
    public var brokenAnswers: Int { engine.brokenAnswers }

    /// Responds at once.
    public func send(
        _ request: RequestMessage, deadline: Duration, meanwhile: () -> Void
    ) async -> ExchangeOutcome {
        meanwhile()
        return .response(engine.respond(to: request, at: now()).reply.response)
    }
}
