internal import AsyncHTTPClient
internal import Exchanges
internal import NIOCore

/// An event loop with its own clients. Requests sent from its thread and their responses stay on it, so no thread has
/// to be woken up.
struct Lane: Sendable {
    let loop: any EventLoop
    private let clients: [Route: Clients]
    private let direct: Clients
    let executor: any TaskExecutor
    let watch: WireWatch
    private let look: NetworkPoll

    /// Creates a lane on `loop`, which records the defects found by its connections.
    ///
    /// - Parameter gate: Delays the first request of each connection; `nil` to send requests immediately.
    init(_ loop: any EventLoop, _ settings: LiveTransportSettings, _ notes: WireNotes, gate: StartGate? = nil) {
        self.loop = loop
        let watch = WireWatch(loop, notes)
        self.watch = watch
        func clients(on route: Route) -> Clients {
            Clients { connections in
                HTTPClient(
                    eventLoopGroupProvider: .shared(loop),
                    configuration: settings.clientConfiguration(
                        on: route, counting: connections, watch: watch, gate: gate))
            }
        }
        direct = clients(on: .direct)
        self.clients = Dictionary(
            Route.all(settings.connection.proxies).dropFirst().map { ($0, clients(on: $0)) },
            uniquingKeysWith: { first, _ in first })
        executor = LoopExecutor(loop)
        look = NetworkPoll(loop)
    }

    /// The clients for requests on a route.
    func clients(on route: Route) -> Clients { clients[route] ?? direct }

    /// Lets the loop detect closed connections, if the caller has kept it busy.
    func look() async {
        if loop.inEventLoop { await look.once() }
    }

    /// Lets the loop read the received bytes, and waits until it has.
    func settle() async {
        await look.once()
    }

    /// Ends the requests of the idle HTTP/1.1 connections, and reads what their servers send before they close them.
    ///
    /// - Parameter patience: How long a server may take.
    func endRequests(within patience: TimeAmount) async {
        try? await loop.flatSubmit { [loop, watch] in
            let timer = loop.scheduleTask(in: patience) { watch.closeEnded() }
            return watch.endRequests().always { _ in timer.cancel() }
        }.get()
    }

    /// Closes every connection.
    func end() async {
        await direct.shutdown()
        for clients in clients.values { await clients.shutdown() }
        await look.end()
    }
}

extension [Lane] {
    /// The lane on whose thread the caller runs, otherwise the first one.
    var current: Lane { first { $0.loop.inEventLoop } ?? self[0] }
}

/// Runs tasks on the thread of an event loop.
private final class LoopExecutor: TaskExecutor {
    private let loop: any EventLoop

    init(_ loop: any EventLoop) {
        self.loop = loop
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { [self] in job.runSynchronously(on: asUnownedTaskExecutor()) }
    }
}
