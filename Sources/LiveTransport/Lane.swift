internal import AsyncHTTPClient
internal import NIOCore

/// An event loop with clients of its own: what is sent from its thread stays on it, there and back, and nobody has to
/// be woken for an answer.
struct Lane: Sendable {
    let loop: any EventLoop
    let clients: Clients
    let executor: any TaskExecutor
    let watch: WireWatch
    private let look: NetworkLook

    /// A lane on `loop`, which notes what its connections notice.
    init(_ loop: any EventLoop, _ settings: LiveTransportSettings, _ notes: WireNotes) {
        self.loop = loop
        let watch = WireWatch(loop, notes)
        self.watch = watch
        clients = Clients { connections in
            HTTPClient(
                eventLoopGroupProvider: .shared(loop),
                configuration: settings.clientConfiguration(counting: connections, watch: watch))
        }
        executor = LoopExecutor(loop)
        look = NetworkLook(loop)
    }

    /// Lets the loop see which connections are closed, where the caller has kept it from looking.
    func look() async {
        if loop.inEventLoop { await look.once() }
    }

    /// Lets the loop see what has come, and waits until it has.
    func settle() async {
        await look.once()
    }

    /// Closes every connection.
    func end() async {
        await clients.shutdown()
        await look.end()
    }
}

extension [Lane] {
    /// The lane that the caller runs on, else the first one.
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
