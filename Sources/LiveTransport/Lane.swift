internal import AsyncHTTPClient
internal import NIOCore

/// An event loop with clients of its own: what is sent from its thread stays on it, there and back, and nobody has to
/// be woken for an answer.
struct Lane: Sendable {
    let loop: any EventLoop
    let clients: Clients
    let executor: any TaskExecutor
    private let look: NetworkLook

    /// A lane on `loop`.
    init(_ loop: any EventLoop, _ settings: LiveTransportSettings) {
        self.loop = loop
        clients = Clients { connections in
            HTTPClient(
                eventLoopGroupProvider: .shared(loop),
                configuration: settings.clientConfiguration(counting: connections))
        }
        executor = LoopExecutor(loop)
        look = NetworkLook(loop)
    }

    /// Lets the loop see which connections are closed, where the caller has kept it from looking.
    func look() async {
        if loop.inEventLoop { await look.once() }
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
