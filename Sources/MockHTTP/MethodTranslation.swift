import NIOCore
import NIOHTTP1

/// Translates methods that contracts declare and the HTTP parser does not know (OpenAPI 3.2.0, section 4.9.1,
/// `additionalOperations`). Each connection has its own.
///
/// The parser reads such a request as `POST`, and the handler after it, ``MethodRestorer``, restores the method.
final class MethodTranslation {
    /// The methods of the parser; it closes the connection for any other.
    private static let parsed: Set<String> = [
        "ACL", "BIND", "CHECKOUT", "CONNECT", "COPY", "DELETE", "GET", "HEAD", "LINK", "LOCK", "M-SEARCH", "MERGE",
        "MKACTIVITY", "MKCALENDAR", "MKCOL", "MOVE", "NOTIFY", "OPTIONS", "PATCH", "POST", "PROPFIND", "PROPPATCH",
        "PURGE", "PUT", "REBIND", "REPORT", "SEARCH", "SOURCE", "SUBSCRIBE", "TRACE", "UNBIND", "UNLINK", "UNLOCK",
        "UNSUBSCRIBE",
    ]
    /// The method that replaces an unknown one.
    fileprivate static let substitute = "POST"

    /// The methods, each with a trailing space.
    private let lines: [(method: String, bytes: [UInt8])]
    /// The first bytes of the methods.
    private let firstBytes: Set<UInt8>
    /// Whether the next byte is the first of a request.
    fileprivate var isBetweenRequests = true
    fileprivate var method: String?

    init(_ methods: Set<String>) {
        lines = methods.sorted().map { ($0, Array("\($0) ".utf8)) }
        firstBytes = Set(lines.compactMap(\.bytes.first))
    }

    /// The methods that the parser does not know.
    static func unknown(among methods: Set<String>) -> Set<String> { methods.subtracting(parsed) }

    /// Whether bytes begin with one of the methods.
    fileprivate enum Match {
        case none
        case whole(String)
        /// The bytes end before the method does.
        case partial
    }

    fileprivate func method(at bytes: ByteBufferView) -> Match {
        guard let first = bytes.first, firstBytes.contains(first) else { return .none }
        for line in lines {
            if bytes.starts(with: line.bytes) { return .whole(line.method) }
            if bytes.count < line.bytes.count, line.bytes.starts(with: bytes) { return .partial }
        }
        return .none
    }

    /// Begins a request; returns its own method if it was translated.
    func begin() -> String? {
        isBetweenRequests = false
        defer { method = nil }
        return method
    }

    /// Ends a request.
    func end() { isBetweenRequests = true }
}

/// Replaces the method at the beginning of a request; precedes the parser in the pipeline.
///
/// Only the parser knows where a request ends. So bytes are passed on up to the next place where a method can begin.
/// The bytes after that place are examined when the parser has read the earlier ones.
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
        while bytes.readableBytes > 0 {
            var prefix = 0
            if translation.isBetweenRequests, translation.method == nil {
                switch translation.method(at: bytes.readableBytesView) {
                case .partial:
                    start = bytes
                    return
                case .whole(let method):
                    translation.method = method
                    prefix = method.utf8.count
                    bytes.moveReaderIndex(forwardBy: prefix)
                    var substitute = context.channel.allocator.buffer(capacity: 8)
                    substitute.writeString(MethodTranslation.substitute)
                    context.fireChannelRead(wrapInboundOut(substitute))
                case .none: break
                }
            }
            let view = bytes.readableBytesView
            let next = view.indices.dropFirst().first { index in
                if case .none = translation.method(at: view[index...]) { false } else { true }
            }
            guard let part = bytes.readSlice(length: (next ?? view.endIndex) - view.startIndex) else { return }
            context.fireChannelRead(wrapInboundOut(part))
        }
    }
}

/// Restores the methods of translated requests. It follows the parser directly, where requests never wait for each
/// other.
final class MethodRestorer: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    private let translation: MethodTranslation

    init(_ translation: MethodTranslation) {
        self.translation = translation
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var part = unwrapInboundIn(data)
        switch part {
        case .head(var head):
            if let method = translation.begin() { head.method = HTTPMethod(rawValue: method) }
            part = .head(head)
        case .end: translation.end()
        case .body: break
        }
        context.fireChannelRead(wrapInboundOut(part))
    }
}
