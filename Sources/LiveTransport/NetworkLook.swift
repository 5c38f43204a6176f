internal import NIOCore
internal import NIOPosix
internal import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Lets an event loop look once at what has come, by a byte that it sends to itself.
///
/// Who answers and sends again on the thread of the loop would never let it see that the server has closed a
/// connection meanwhile, and would send on that one (RFC 9112, section 9.5: a client has to expect that).
final class NetworkLook: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    private let state = Mutex(State())

    private struct State {
        /// `nil` before there is one, and once it is closed.
        var channel: (any Channel)?
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    /// Opens the way from `loop` to itself. Where none can be opened, nobody waits.
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

    /// Waits until the loop has looked; several who wait at a time share one look.
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

    /// Takes the way down.
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
