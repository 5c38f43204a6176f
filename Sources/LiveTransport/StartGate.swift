internal import NIOCore
internal import NIOHTTP1

/// Delays requests on several connections until every connection is ready, then releases them in one turn of the
/// event loop.
///
/// Connecting and the TLS handshake take longer than the race between two requests on the server. So the connections
/// are opened first, and the requests are written one right after the other.
final class StartGate: Sendable {
    private struct State {
        /// The number of connections whose request is not ready yet.
        var missing: Int
        var isOpen = false
        /// Writes the request of a connection.
        var releases: [() -> Void] = []
        var timer: Scheduled<Void>?
    }

    private let loop: any EventLoop
    private let state: NIOLoopBoundBox<State>
    private let patience: TimeAmount

    /// A gate for `count` requests on `loop`, which opens after `patience` if some connections are never ready.
    init(_ count: Int, on loop: any EventLoop, patience: TimeAmount) {
        self.loop = loop
        self.patience = patience
        state = .makeBoxSendingValue(State(missing: count), eventLoop: loop)
    }

    /// Adds the gate to a connection whose client handlers are in place.
    static func add(_ gate: StartGate?, to channel: any Channel) -> EventLoopFuture<Void> {
        guard let gate else { return channel.eventLoop.makeSucceededVoidFuture() }
        return channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            let encoder = try pipeline.handler(type: HTTPRequestEncoder.self)
            try pipeline.addHandler(GatedRequest(gate), position: .before(encoder))
        }
    }

    /// A connection is ready to write its request, and does so with `release`. Called on the loop.
    fileprivate func arrive(_ release: @escaping () -> Void) {
        guard !state.value.isOpen else { return release() }
        state.value.missing -= 1
        state.value.releases.append(release)
        if state.value.missing == 0 { return open() }
        if state.value.timer == nil {
            state.value.timer = loop.scheduleTask(in: patience) { self.open() }
        }
    }

    /// Opens the gate, because a request has ended before all of them were ready: it could not be sent.
    func ended() {
        loop.execute { self.open() }
    }

    private func open() {
        guard !state.value.isOpen else { return }
        state.value.isOpen = true
        state.value.timer?.cancel()
        let releases = state.value.releases
        state.value.releases = []
        for release in releases { release() }
    }
}

/// Delays the first flush of a connection until the gate is open. Everything before it stays in the buffer.
private final class GatedRequest: ChannelOutboundHandler {
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    private let gate: StartGate
    private var hasArrived = false
    private var isReleased = false

    init(_ gate: StartGate) {
        self.gate = gate
    }

    func flush(context: ChannelHandlerContext) {
        if isReleased { return context.flush() }
        guard !hasArrived else { return }
        hasArrived = true
        gate.arrive { [self] in
            isReleased = true
            context.flush()
        }
    }
}

@available(*, unavailable)
extension GatedRequest: Sendable {}
