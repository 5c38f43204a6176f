import Exchanges
import Mocking
import NIOCore
import NIOHTTP1

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension ConnectionHandler {
    /// The number of pieces of a dripping body, and the pause between two of them.
    private static let drops = 20
    private static let pause = TimeAmount.milliseconds(100)

    /// Sends a response with a fault.
    func write(_ head: HTTPResponseHead, _ body: [UInt8], with fault: TransportFault, _ context: ChannelHandlerContext)
    {
        let channel = context.channel
        switch fault {
        case .close: channel.close(promise: nil)
        case .reset:
            let closing = NIOLoopBound(context, eventLoop: context.eventLoop)
            guard let options = channel as? any SocketOptionProvider else { return channel.close(promise: nil) }
            options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in
                closing.value.close(promise: nil)
            }
        case .truncate:
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            let half = ByteBuffer(bytes: body.prefix(body.count / 2))
            context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(half)))).whenComplete { _ in
                channel.close(promise: nil)
            }
        case .garbage:
            // Before the encoder, so nothing is added.
            let encoder = try? channel.pipeline.syncOperations.context(handlerType: HTTPResponseEncoder.self)
            let bytes = channel.allocator.buffer(string: "\u{1}\u{2} this is not HTTP\r\n\r\n")
            (encoder ?? context).writeAndFlush(NIOAny(bytes)).whenComplete { _ in channel.close(promise: nil) }
        case .drip:
            context.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
            drip(
                body[...], max(1, (body.count + Self.drops - 1) / Self.drops),
                NIOLoopBound(context, eventLoop: context.eventLoop))
        case .hang: break
        }
    }

    private func drip(_ rest: ArraySlice<UInt8>, _ size: Int, _ context: NIOLoopBound<ChannelHandlerContext>) {
        guard context.value.channel.isActive else { return }
        guard !rest.isEmpty else { return context.value.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil) }
        let part = wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: rest.prefix(size)))))
        context.value.writeAndFlush(part, promise: nil)
        let handler = NIOLoopBound(self, eventLoop: context.value.eventLoop)
        context.value.eventLoop.scheduleTask(in: Self.pause) {
            handler.value.drip(rest.dropFirst(size), size, context)
        }
    }
}
