import NIOCore
import NIOEmbedded
import NIOHTTP2
import Testing

@testable import LiveTransport

@Suite("Faults of a connection")
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

    @Test("what could not be sent any more leaves the other answers of the connection alone")
    func own() throws {
        #expect(try isOpen(after: NIOHTTP2Errors.createdStreamAfterGoaway()))
        #expect(try isOpen(after: NIOHTTP2Errors.noStreamIDAvailable()))
        #expect(try isOpen(after: NIOHTTP2Errors.ioOnClosedConnection()))
    }

    @Test("so does what is wrong with one stream, and what breaks the connection closes it")
    func broken() throws {
        #expect(try isOpen(after: NIOHTTP2Errors.contentLengthViolated()))
        #expect(try !isOpen(after: NIOHTTP2Errors.unableToParseFrame()))
        #expect(try !isOpen(after: NIOHTTP2Errors.excessivelyLargeHeaderBlock()))
    }
}
