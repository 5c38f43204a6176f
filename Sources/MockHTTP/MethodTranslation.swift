import NIOCore

/// Methods that contracts declare and that the HTTP parser does not know (OpenAPI 3.2.0, section 4.9.1,
/// `additionalOperations`). One for each connection.
///
/// The parser reads such a request as `POST`, and the handler behind it restores the method.
final class MethodTranslation {
    /// The methods of the parser; it closes the connection for any other.
    private static let parsed: Set<String> = [
        "ACL", "BIND", "CHECKOUT", "CONNECT", "COPY", "DELETE", "GET", "HEAD", "LINK", "LOCK", "M-SEARCH", "MERGE",
        "MKACTIVITY", "MKCALENDAR", "MKCOL", "MOVE", "NOTIFY", "OPTIONS", "PATCH", "POST", "PROPFIND", "PROPPATCH",
        "PURGE", "PUT", "REBIND", "REPORT", "SEARCH", "SOURCE", "SUBSCRIBE", "TRACE", "UNBIND", "UNLINK", "UNLOCK",
        "UNSUBSCRIBE",
    ]
    /// What the parser reads instead.
    fileprivate static let substitute = "POST"

    fileprivate let methods: [String]
    /// The longest method; more bytes need not be waited for.
    fileprivate let longest: Int
    /// Whether the next byte begins a request.
    fileprivate var isBetweenRequests = true
    fileprivate var method: String?

    init(_ methods: Set<String>) {
        self.methods = methods.sorted()
        longest = methods.map(\.utf8.count).max() ?? 0
    }

    /// Those of the methods that the parser does not know.
    static func unknown(among methods: Set<String>) -> Set<String> { methods.subtracting(parsed) }

    /// A request has begun: its own method where it was translated.
    func begin() -> String? {
        isBetweenRequests = false
        defer { method = nil }
        return method
    }

    /// A request has ended.
    func end() { isBetweenRequests = true }
}

/// Replaces the method at the beginning of a request; stands in front of the parser.
final class MethodTranslator: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let translation: MethodTranslation
    /// A method of which only the beginning has arrived.
    private var start: ByteBuffer?

    init(_ translation: MethodTranslation) {
        self.translation = translation
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        if var earlier = start {
            earlier.writeBuffer(&bytes)
            bytes = earlier
            start = nil
        }
        guard translation.isBetweenRequests, translation.method == nil else {
            return context.fireChannelRead(wrapInboundOut(bytes))
        }
        let view = bytes.readableBytesView
        for method in translation.methods {
            let line = Array((method + " ").utf8)
            if view.starts(with: line) {
                translation.method = method
                var changed = context.channel.allocator.buffer(capacity: bytes.readableBytes + 8)
                changed.writeString(MethodTranslation.substitute + " ")
                changed.writeBytes(view.dropFirst(line.count))
                return context.fireChannelRead(wrapInboundOut(changed))
            }
            if view.count < line.count, line.starts(with: view) {
                start = bytes
                return
            }
        }
        context.fireChannelRead(wrapInboundOut(bytes))
    }
}
