package import Exchanges
package import Primitives
import Synchronization

/// Responds to the requests that a server receives.
package protocol RequestResponder: Sendable {
    /// Responds to a request.
    func respond(to message: RequestMessage, at now: Instant) -> SharedEngine.ServedResponse

    /// The methods that are known.
    var methods: Set<String> { get }

    /// Ends a gap in the check of keys, when the response to its first request is sent.
    func close(_ gap: KeyGap.Closing)

    /// Logs the result of an attempt to deliver.
    func note(_ attempt: DeliveryAttempt, of delivery: Delivery)
}

/// The one engine of a server. Requests take turns only where they need the state. The thread that received a request
/// routes it and checks it against the contract, in parallel with the others.
package final class SharedEngine: RequestResponder {
    private let router: RequestRouter
    private let engine: Mutex<MockEngine>

    /// Shares `engine`.
    package init(_ engine: MockEngine) {
        router = engine.router
        self.engine = Mutex(engine)
    }

    /// The result of one request to a server.
    package struct ServedResponse: Sendable {
        /// The response, and its entry in the log.
        package let reply: MockEngine.Reply
        /// The callbacks and webhooks that follow.
        package let deliveries: [Delivery]
        /// Whether the request was for the mock itself.
        package let isControl: Bool

        init(reply: MockEngine.Reply, deliveries: [Delivery], isControl: Bool) {
            self.reply = reply
            self.deliveries = deliveries
            self.isControl = isControl
        }

        /// A response without consequences.
        package init(_ response: ResponseMessage) {
            self.init(reply: MockEngine.Reply(response: response), deliveries: [], isControl: false)
        }
    }

    /// Responds to a request.
    package func respond(to message: RequestMessage, at now: Instant) -> ServedResponse {
        let request = router.route(message)
        return engine.withLock { engine in
            let reply = engine.respond(to: request, at: now)
            return ServedResponse(reply: reply, deliveries: engine.takeDeliveries(), isControl: request.isControl)
        }
    }

    /// Ends a gap in the check of keys.
    package func close(_ gap: KeyGap.Closing) {
        engine.withLock { $0.close(gap) }
    }

    /// Logs the result of an attempt to deliver.
    package func note(_ attempt: DeliveryAttempt, of delivery: Delivery) {
        engine.withLock { $0.note(attempt, of: delivery) }
    }

    /// The methods that the contracts declare.
    package var methods: Set<String> { router.methods }

    /// The number of responses with a rule broken on purpose.
    var brokenAnswers: Int { engine.withLock { $0.brokenAnswers } }
}

/// A mock without a socket, for runs inside of one process.
package struct MockTransport: Transport {
    /// The base URL of the first contract's paths.
    package let baseURL: String

    private let engine: SharedEngine
    private let now: @Sendable () -> Instant
    private let observer: (@Sendable (MockEngine.Reply) -> Void)?
    /// The sum of the delays of responses, by which the time of the mock is ahead.
    private let ahead = SharedDuration()

    /// A mock with a fresh state.
    ///
    /// - Parameter observer: Receives each reply before it is returned; `nil` for none.
    package init(
        versions: [MockVersion], settings: MockSettings, observer: (@Sendable (MockEngine.Reply) -> Void)? = nil
    ) {
        self.observer = observer
        engine = SharedEngine(MockEngine(versions: versions, settings: settings))
        now = settings.now
        baseURL = "http://mock" + (versions.first.map { MockEngine.basePath(of: $0.contract) } ?? "")
    }

    /// The number of responses with a rule broken on purpose.
    package var brokenAnswers: Int { engine.brokenAnswers }

    /// Responds immediately.
    package func send(
        _ request: RequestMessage, deadline: Duration, meanwhile: () -> Void
    ) async -> ExchangeOutcome {
        meanwhile()
        let reply = respond(to: request)
        if reply.delay > .zero { ahead.add(reply.delay) }
        if let gap = reply.gap { engine.close(gap) }
        return .response(reply.response)
    }

    /// Responds to the requests in their order, all at the same time of the mock.
    package func send(
        together requests: [PendingExchange], deadline: Duration,
        received: @escaping @Sendable (_ index: Int, ExchangeOutcome) -> Void
    ) async {
        var longest = Duration.zero
        var gaps: [KeyGap.Closing] = []
        for (index, pending) in requests.enumerated() {
            let reply = respond(to: pending.request)
            longest = max(longest, reply.delay)
            if let gap = reply.gap { gaps.append(gap) }
            received(index, .response(reply.response))
        }
        if longest > .zero { ahead.add(longest) }
        for gap in gaps { engine.close(gap) }
    }

    private func respond(to request: RequestMessage) -> MockEngine.Reply {
        let (now, ahead) = (now, ahead)
        let time: @Sendable () -> Instant = { now().advanced(by: ahead.value) }
        let served = engine.respond(to: request, at: time())
        // Without sockets and pauses, a late delivery never arrives, and nothing outside of the process is reached.
        for delivery in served.deliveries where delivery.delay == .zero {
            _ = delivery.deliveredInside(at: time) { engine.note($0, of: delivery) }
        }
        observer?(served.reply)
        return served.reply
    }
}

/// A duration that tasks share.
private final class SharedDuration: Sendable {
    private let sum = Mutex(Duration.zero)

    var value: Duration { sum.withLock { $0 } }

    func add(_ duration: Duration) {
        sum.withLock { $0 += duration }
    }
}
