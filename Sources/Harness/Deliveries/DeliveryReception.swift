import Exchanges
import Primitives
import Project
import Running
import Scenarios

/// Where a run receives deliveries.
package struct ReceiverChoice: Sendable {
    /// The loopback address and port to listen on; `nil` for any free port.
    package var listen: (host: String, port: Int)?
    /// The URL by which the target reaches that address, such as that of a tunnel.
    package var publicURL: String?

    /// Any free port of this machine.
    package init() {}
}

/// The deliveries of one run under way, and the receiver on a socket, if it has one.
struct DeliveryReception: Sendable {
    /// The base of URLs of deliveries inside of this process (RFC 6761, section 6.3).
    static let innerBase = "http://receiver.localhost"

    let deliveries: RunDeliveries
    /// The URLs of the scenarios; `nil` if nothing can be received.
    let urls: ReceiverURLs?
    private(set) var inboxes: DeliveryInboxes?
    private(set) var server: (any ServedMock)?

    /// Deliveries inside of this process.
    init(_ inboxes: DeliveryInboxes, _ server: (any ServedMock)? = nil) {
        deliveries = RunDeliveries(inboxes)
        urls = inboxes.urls
        self.inboxes = inboxes
        self.server = server
    }

    /// Deliveries of recordings.
    init(_ recorded: RecordedDeliveries) {
        deliveries = RunDeliveries(recorded)
        urls = recorded.urls
    }

    /// No deliveries, for a reason in a few words.
    init(none reason: String) {
        deliveries = RunDeliveries(none: reason)
        urls = nil
    }

    /// The settings of the run with these deliveries.
    func applied(to settings: RunSettings) -> RunSettings {
        var settings = settings
        settings.deliveries = deliveries
        settings.values.receiver = urls
        settings.record.judging.receiver = urls?.base
        return settings
    }
}

extension RunSession {
    /// Prepares for the deliveries of the run; `nil` if no step awaits one.
    func reception(
        _ waits: WaitClock?, over network: any Network
    ) async throws(HarnessError) -> DeliveryReception? {
        guard planned.plan.awaitsDeliveries else { return nil }
        let now: @Sendable () -> Instant = { waits?.now ?? Instant.now }
        switch planned.target.kind {
        case .mock: return planned.inboxes(planned.plan, now: now).map { DeliveryReception($0) }
        case .fixtures: return DeliveryReception(RecordedDeliveries(planned.fixtures?.recordings ?? []))
        case .live(let address): return try await liveReception(address, now, network)
        }
    }

    private func liveReception(
        _ address: String, _ now: @escaping @Sendable () -> Instant, _ network: any Network
    ) async throws(HarnessError) -> DeliveryReception {
        let choice = request.receiver
        guard choice.publicURL != nil || choice.listen != nil || Self.isOnThisMachine(address) else {
            return DeliveryReception(
                none: "the target cannot reach a receiver on this machine; pass --public-url for a tunnel to --listen")
        }
        let box = LateInboxes()
        let server = try await network.receive(
            host: choice.listen?.host ?? "127.0.0.1", port: choice.listen?.port ?? 0
        ) { box.receive($0) }
        // Other programs on this machine, and the other end of a tunnel, must not guess the URL.
        let base = (choice.publicURL ?? server.baseURL) + "/" + Seed.fresh() + Seed.fresh()
        guard let inboxes = planned.inboxes(planned.plan, base: base, now: now) else {
            return DeliveryReception(none: "no step awaits a delivery")
        }
        box.open(inboxes)
        return DeliveryReception(inboxes, server)
    }

    private static func isOnThisMachine(_ address: String) -> Bool {
        guard let host = URIReference(url: address).flatMap(URLOrigin.init)?.host else { return false }
        return host == "localhost" || host == "::1" || host == "[::1]" || host.utf8.starts(with: "127.".utf8)
    }
}
