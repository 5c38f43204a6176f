package import Exchanges
internal import OpenAPI
package import Primitives
package import Scenarios
internal import Synchronization

/// Collects the deliveries of a run, in one inbox for each scenario that awaits some.
///
/// Our response to a delivery is known when it arrives: the n-th delivery of a webhook gets the status of the n-th step
/// that awaits it, and later ones get 200.
package final class DeliveryInboxes: DeliverySource {
    /// The most deliveries that one inbox contains, and that are kept for unknown paths.
    package static let mostDeliveries = 1_000

    /// The URLs of the scenarios.
    package let urls: ReceiverURLs

    private let reading: DeliveryReading
    private let now: @Sendable () -> Instant
    private let state: Mutex<State>

    private struct State {
        /// By the last segment of the URL.
        var inboxes: [String: Inbox] = [:]
        var strays = 0
    }

    private struct Inbox {
        var url: String
        /// The steps that await deliveries, in the order of running; the first ones are removed as deliveries arrive.
        var open: [AwaitedDelivery]
        var arrived: [Arrival] = []
        /// The ids of deliveries that were acknowledged, each with the name of its webhook.
        var acknowledged: Set<String> = []
        var isClosed = false
        /// When the last delivery arrived. Later ones get later times, so that times show the order of arrival.
        var lastArrival: Instant?
    }

    private struct Arrival {
        var delivery: ReceivedDelivery
        /// The webhook that it was counted for; `nil` for repetitions and deliveries that no step awaits.
        var awaited: AwaitedDelivery?
    }

    /// Inboxes for the scenarios of `plan` that await deliveries.
    package init(
        _ plan: Plan, _ urls: ReceiverURLs, _ reading: DeliveryReading, now: @escaping @Sendable () -> Instant
    ) {
        self.urls = urls
        self.reading = reading
        self.now = now
        var state = State()
        for scenario in plan.scenarios where scenario.awaitsDeliveries {
            state.inboxes[ReceiverURLs.token(of: scenario.id)] = Inbox(
                url: urls.url(of: scenario.id), open: scenario.stepsInRunningOrder.compactMap(\.call.awaited))
        }
        self.state = Mutex(state)
    }

    package var isWorthWaiting: Bool { true }

    /// The number of requests that belong to no scenario under way.
    package var strays: Int { state.withLock { $0.strays } }

    /// Accepts a request to the receiver, and returns our response.
    package func receive(_ request: RequestMessage) -> ResponseMessage {
        let token = request.path.utf8.split(separator: UInt8(ascii: "/")).last.map {
            String(decoding: $0, as: UTF8.self)
        }
        return state.withLock { state in
            guard let token, let inbox = state.inboxes[token], !inbox.isClosed else {
                state.strays += 1
                return Self.reply(404)
            }
            guard inbox.arrived.count < Self.mostDeliveries else { return Self.reply(503) }
            return accept(request, in: &state.inboxes[token, default: inbox])
        }
    }

    private func accept(_ request: RequestMessage, in inbox: inout Inbox) -> ResponseMessage {
        var request = request
        request.isReceived = true
        request.url = inbox.url + (request.query.map { "?\($0)" } ?? "")
        let place = inbox.open.firstIndex { reading.isNamed(request, $0) }
        let awaited = place.map { inbox.open[$0] }
        let id = awaited.flatMap { awaited in
            reading.id(request, awaited).map { "\(awaited.webhook.name)\n\($0)" }
        }
        // A repetition of an acknowledged delivery is not the next one.
        let isRepetition = id.map { inbox.acknowledged.contains($0) } ?? false
        let reply = Self.reply(isRepetition ? 200 : awaited?.reply ?? 200)
        if !isRepetition, let place {
            inbox.open.remove(at: place)
            if let id, (200...299).contains(reply.status) { inbox.acknowledged.insert(id) }
        }
        let time = max(now(), inbox.lastArrival?.advanced(by: .microseconds(1)) ?? now())
        inbox.lastArrival = time
        inbox.arrived.append(
            Arrival(
                delivery: ReceivedDelivery(request: request, reply: reply, arrivedAt: time),
                awaited: isRepetition ? nil : awaited))
        return reply
    }

    private static func reply(_ status: Int) -> ResponseMessage { ResponseMessage(status: status) }

    package func take(_ step: Step, _ awaited: AwaitedDelivery, in scenario: Scenario) -> ReceivedDelivery? {
        let token = ReceiverURLs.token(of: scenario.id)
        return state.withLock { state in
            guard let arrived = state.inboxes[token]?.arrived,
                let place = arrived.firstIndex(where: { $0.awaited.map { $0.isSame(as: awaited) } ?? false })
            else { return nil }
            return state.inboxes[token]?.arrived.remove(at: place).delivery
        }
    }

    package func takeRest(of scenario: Scenario) -> [ReceivedDelivery] {
        let token = ReceiverURLs.token(of: scenario.id)
        return state.withLock { state in
            defer {
                state.inboxes[token]?.arrived = []
                state.inboxes[token]?.isClosed = true
            }
            return state.inboxes[token]?.arrived.map(\.delivery) ?? []
        }
    }
}

extension AwaitedDelivery {
    /// Whether both await the same webhook.
    fileprivate func isSame(as other: AwaitedDelivery) -> Bool {
        webhook.name.isSame(as: other.webhook.name)
            && contract.isSame(as: other.contract)
    }
}
