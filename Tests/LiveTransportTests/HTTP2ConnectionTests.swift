import NIOCore
import NIOEmbedded
import NIOHTTP2
import Testing

@testable import LiveTransport

@Suite("Failures of a connection")
struct HTTP2ConnectionTests {
    /// Whether a connection is still open after `error`.
    private func isOpen(after error: any Error) throws -> Bool {
        let channel = EmbeddedChannel(handler: HTTP2Connection())
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        channel.pipeline.fireErrorCaught(error)
        channel.embeddedEventLoop.run()
        _ = try? channel.throwIfErrorCaught()
        return channel.isActive
    }

    @Test("a frame that could not be sent does not affect other responses of the connection")
    func own() throws {
        #expect(try isOpen(after: NIOHTTP2Errors.createdStreamAfterGoaway()))
        #expect(try isOpen(after: NIOHTTP2Errors.noStreamIDAvailable()))
        #expect(try isOpen(after: NIOHTTP2Errors.ioOnClosedConnection()))
    }

    @Test("a stream error does not affect other responses, and a connection error closes the connection")
    func broken() throws {
        #expect(try isOpen(after: NIOHTTP2Errors.contentLengthViolated()))
        #expect(try !isOpen(after: NIOHTTP2Errors.unableToParseFrame()))
        #expect(try !isOpen(after: NIOHTTP2Errors.excessivelyLargeHeaderBlock()))
    }
}
