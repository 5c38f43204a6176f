import NIOCore
import NIOHPACK
import NIOPosix
import NIOSSL
import Synchronization

/// A request as it arrived over HTTP/2.
struct FrameRequest: Sendable {
    var stream: UInt32
    /// Which connection it came by, from 1.
    var connection: Int
    /// All fields in the order in which they came, pseudo-fields too.
    var fields: [String]
    var body: [UInt8] = []

    var path: String { fields.first { $0.hasPrefix(":path: ") }.map { String($0.dropFirst(7)) } ?? "" }
}

/// A server that speaks HTTP/2 over TLS frame for frame as a test wants, on a free port of the loopback interface.
///
/// Preface, settings and pings are seen to; every request is handed to the test when it has ended.
final class FrameServer: Sendable {
    typealias Answering = @Sendable (FrameConnection, FrameRequest) -> Void

    let port: Int
    let certificate: TestCertificate
    private let channel: any Channel
    private let group: MultiThreadedEventLoopGroup
    private let state: Mutex<State>

    private struct State {
        var connections = 0
        var requests: [FrameRequest] = []
        var texts: [String] = []
    }

    var connections: Int { state.withLock { $0.connections } }
    var requests: [FrameRequest] { state.withLock { $0.requests } }
    /// What came by connections that do not speak HTTP/2.
    var texts: [String] { state.withLock { $0.texts } }

    func url(_ target: String = "/") -> String { "https://127.0.0.1:\(port)\(target)" }

    /// Serves with `settings` (the payload of its first frame; `nil` sends none), calling `begin` when a connection
    /// is there, `early` for every head that a body follows, and `answer` for every request.
    init(
        settings: [UInt8]? = [], protocols: [String] = ["h2"],
        begin: @escaping @Sendable (FrameConnection) -> Void = { _ in }, early: @escaping Answering = { _, _ in },
        _ answer: @escaping Answering
    ) async throws {
        guard let certificate = try await TestCertificate.good.value else { throw ChannelError.operationUnsupported }
        self.certificate = certificate
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(certificate.path).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: certificate.key, format: .pem)))
        configuration.applicationProtocols = protocols
        let context = try NIOSSLContext(configuration: configuration)
        group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        state = Mutex(State())
        let box = Box()
        channel = try await ServerBootstrap(group: group)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let number = box.server.withLock { $0?.accepted() } ?? 0
                    let connection = FrameConnection(
                        channel, number: number, settings: settings, begin: begin, early: early,
                        other: { text in box.server.withLock { $0 }?.state.withLock { $0.texts.append(text) } }
                    ) { connection, request in
                        box.server.withLock { $0 }?.note(request)
                        answer(connection, request)
                    }
                    try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
                    try channel.pipeline.syncOperations.addHandler(FrameHandler(connection))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = channel.localAddress?.port ?? 0
        box.server.withLock { $0 = self }
    }

    private final class Box: Sendable {
        let server = Mutex<FrameServer?>(nil)
    }

    private func accepted() -> Int {
        state.withLock { state in
            state.connections += 1
            return state.connections
        }
    }

    private func note(_ request: FrameRequest) {
        state.withLock { $0.requests.append(request) }
    }

    func stop() async {
        try? await channel.close().get()
        try? await group.shutdownGracefully()
    }
}

/// One connection, to be used on its event loop only.
final class FrameConnection: @unchecked Sendable {
    let number: Int
    private let channel: any Channel
    private let settings: [UInt8]?
    private let begin: @Sendable (FrameConnection) -> Void
    private let other: @Sendable (String) -> Void
    private let answer: FrameServer.Answering
    private let early: FrameServer.Answering
    private var received: [UInt8] = []
    private var decoder = HPACKDecoder(allocator: ByteBufferAllocator())
    /// The requests that have not come to their end.
    private(set) var open: [UInt32: FrameRequest] = [:]
    private var hasPreface = false
    /// How much may be sent: over all streams, which have the number 0, and over each.
    private var windows: [UInt32: Int] = [0: 65_535]
    private var initialWindow = 65_535
    private var floods: [UInt32: Int] = [:]

    init(
        _ channel: any Channel, number: Int, settings: [UInt8]?, begin: @escaping @Sendable (FrameConnection) -> Void,
        early: @escaping FrameServer.Answering, other: @escaping @Sendable (String) -> Void,
        answer: @escaping FrameServer.Answering
    ) {
        self.early = early
        self.other = other
        self.channel = channel
        self.number = number
        self.settings = settings
        self.begin = begin
        self.answer = answer
    }

    func start() {
        if let settings { frame(4, 0, 0, settings) }
        begin(self)
    }

    // MARK: What the test says

    func raw(_ bytes: [UInt8]) {
        channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
    }

    func frame(_ type: UInt8, _ flags: UInt8, _ stream: UInt32, _ payload: [UInt8] = []) {
        raw(big(UInt32(payload.count), 3) + [type, flags] + big(stream, 4) + payload)
    }

    /// Fields as literals without a name of the tables (RFC 7541, 6.2.2).
    func headers(_ stream: UInt32, _ fields: [(String, String)], end: Bool = false, flags: UInt8 = 4) {
        frame(1, flags | (end ? 1 : 0), stream, Self.block(fields))
    }

    /// Fields that need more than one frame.
    func long(_ stream: UInt32, _ fields: [(String, String)]) {
        let block = Self.block(fields)
        let starts = Array(stride(from: 0, to: block.count, by: 16_384))
        for start in starts {
            let isLast = start == starts.last
            frame(
                start == 0 ? 1 : 9, (start == 0 ? 1 : 0) | (isLast ? 4 : 0), stream,
                Array(block[start...].prefix(16_384)))
        }
    }

    func data(_ stream: UInt32, _ text: String, end: Bool = false) {
        frame(0, end ? 1 : 0, stream, Array(text.utf8))
    }

    func respond(_ stream: UInt32, _ body: String = "good") {
        headers(stream, [(":status", "200"), ("content-length", "\(body.utf8.count)")])
        data(stream, body, end: true)
    }

    func reset(_ stream: UInt32, _ code: UInt32) { frame(3, 0, stream, big(code, 4)) }

    func goAway(last: UInt32, _ code: UInt32) { frame(7, 0, 0, big(last, 4) + big(code, 4)) }

    func close() { channel.close(promise: nil) }

    func later(_ milliseconds: Int64, _ act: @escaping @Sendable () -> Void) {
        channel.eventLoop.scheduleTask(in: .milliseconds(milliseconds), act)
    }

    /// Sends so many bytes of a body as fast as the client takes them.
    func flood(_ stream: UInt32, bytes: Int) {
        floods[stream] = bytes
        pour()
    }

    static func block(_ fields: [(String, String)]) -> [UInt8] {
        fields.flatMap { name, value in [0] + text(name) + text(value) }
    }

    static func text(_ text: String) -> [UInt8] {
        var length = text.utf8.count
        guard length >= 127 else { return [UInt8(length)] + Array(text.utf8) }
        var bytes: [UInt8] = [127]
        length -= 127
        while length >= 128 {
            bytes.append(UInt8(length % 128 + 128))
            length /= 128
        }
        return bytes + [UInt8(length)] + Array(text.utf8)
    }

    // MARK: What the client says

    func receive(_ bytes: [UInt8]) {
        received += bytes
        if !hasPreface {
            let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
            guard received.count >= preface.count else { return }
            hasPreface = received.starts(with: preface)
            guard hasPreface else {
                other(String(decoding: received, as: UTF8.self))
                return close()
            }
            received.removeFirst(preface.count)
        }
        while received.count >= 9 {
            let length = Int(number(received[0..<3]))
            guard received.count >= 9 + length else { return }
            let stream = number(received[5..<9]) & 0x7FFF_FFFF
            let (type, flags) = (received[3], received[4])
            let payload = Array(received[9..<(9 + length)])
            received.removeFirst(9 + length)
            take(type, flags, stream, payload)
        }
    }

    private func take(_ type: UInt8, _ flags: UInt8, _ stream: UInt32, _ payload: [UInt8]) {
        switch type {
        case 0: open[stream]?.body += payload
        case 1:
            var block = ByteBuffer(bytes: flags & 0x20 == 0 ? payload : Array(payload.dropFirst(5)))
            let fields = (try? decoder.decodeHeaders(from: &block)) ?? HPACKHeaders()
            open[stream] = FrameRequest(
                stream: stream, connection: number, fields: fields.map { "\($0.name): \($0.value)" })
            windows[stream] = initialWindow
            if flags & 1 == 0, let request = open[stream] { early(self, request) }
        case 4 where flags & 1 == 0:
            for place in stride(from: 0, to: payload.count - 5, by: 6)
            where number(payload[place..<(place + 2)]) == 4 {
                initialWindow = Int(number(payload[(place + 2)..<(place + 6)]))
            }
            if settings != nil { frame(4, 1, 0) }
        case 6 where flags & 1 == 0: frame(6, 1, 0, payload)
        case 8:
            windows[stream, default: 0] += Int(number(payload[...]))
            pour()
        default: break
        }
        if type <= 1, flags & 1 == 1, let request = open.removeValue(forKey: stream) { answer(self, request) }
    }

    private func pour() {
        for stream in floods.keys.sorted() {
            while let rest = floods[stream], rest > 0 {
                let count = min(rest, 16_384, windows[stream] ?? 0, windows[0] ?? 0)
                guard count > 0 else { break }
                frame(0, count == rest ? 1 : 0, stream, [UInt8](repeating: 0x61, count: count))
                windows[stream, default: 0] -= count
                windows[0, default: 0] -= count
                floods[stream] = rest - count
            }
        }
    }

    private func number(_ bytes: ArraySlice<UInt8>) -> UInt32 { bytes.reduce(0) { $0 << 8 | UInt32($1) } }

    private func big(_ value: UInt32, _ count: Int) -> [UInt8] {
        (0..<count).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
    }
}

private final class FrameHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let connection: FrameConnection
    private var hasStarted = false

    init(_ connection: FrameConnection) {
        self.connection = connection
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // The client speaks first.
        start()
        connection.receive(Array(unwrapInboundIn(data).readableBytesView))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func start() {
        guard !hasStarted else { return }
        hasStarted = true
        connection.start()
    }
}
