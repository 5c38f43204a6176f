internal import NIOCore
internal import NIOPosix
internal import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Makes an event loop poll the network once, by sending itself a byte.
///
/// A caller that receives and sends on the loop's thread without a pause would prevent the loop from detecting that the
/// server has closed a connection, and would send on that connection (RFC 9112, section 9.5, requires clients to expect
/// this).
final class NetworkPoll: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    private let state = Mutex(State())

    private struct State {
        /// `nil` before the channel is opened, and after it is closed.
        var channel: (any Channel)?
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    /// Opens a channel from `loop` to itself. If that fails, `once()` returns immediately.
    init(_ loop: any EventLoop) {
        var ends: (Int32, Int32) = (0, 0)
        guard withUnsafeMutableBytes(of: &ends, { pipe($0.assumingMemoryBound(to: Int32.self).baseAddress) }) == 0
        else { return }
        let (input, output) = ends
        NIOPipeBootstrap(group: loop)
            .channelInitializer { [self] channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(self) }
            }
            .takingOwnershipOfDescriptors(input: input, output: output)
            .whenFailure { _ in
                close(input)
                close(output)
            }
    }

    /// Waits until the loop has polled; concurrent callers share one poll.
    func once() async {
        await withCheckedContinuation { continuation in
            let (channel, isFirst) = state.withLock { state in
                if state.channel != nil { state.waiting.append(continuation) }
                return (state.channel, state.waiting.count == 1)
            }
            guard let channel else { return continuation.resume() }
            if isFirst { channel.writeAndFlush(ByteBuffer(bytes: [0]), promise: nil) }
        }
    }

    /// Closes the channel.
    func end() async {
        try? await state.withLock { $0.channel }?.close()
    }

    func channelActive(context: ChannelHandlerContext) {
        state.withLock { $0.channel = context.channel }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        resume()
    }

    func channelInactive(context: ChannelHandlerContext) {
        state.withLock { $0.channel = nil }
        resume()
    }

    private func resume() {
        let waiting = state.withLock { state in
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}
