internal import AsyncHTTPClient
internal import Exchanges
internal import NIOCore
internal import NIOHTTP1
internal import Primitives
internal import Synchronization

/// Receives the response to one request on the event loop of its connection.
final class ResponseReceiver: HTTPClientResponseDelegate {
    private let request: RequestMessage
    private let bodyLimit: Int
    private let codings: [ContentCoding]
    private let watch: WireWatch?
    private let state = Mutex(State())

    private struct State {
        var part = ResponsePart.nothing
        var isLate = false
        var response = ResponseMessage(status: 0)
        var defects: [TransportDefect] = []
        /// The length of the body once all of it has been received.
        var wholeLength: Int?
        /// Why nothing of the request was sent.
        var refusal: HTTP1Fault?
        var isUnansweredOnReuse = false
        var sending = SendState.unobserved

        var whole: ResponseMessage {
            var whole = response
            whole.defects = defects
            return whole
        }
    }

    /// The progress of sending the request body.
    private enum SendState {
        /// The connection does not report when the body has been written.
        case unobserved
        case underway
        case awaited(EventLoopPromise<Void>)
        case sent
        /// The exchange has finished.
        case over
    }

    /// The exchange, for defects that are found after it has finished.
    let name: ExchangeName?

    /// Receives the response to `request`, whose body may have up to `bodyLimit` bytes and one of `codings`.
    init(
        to request: RequestMessage, named name: ExchangeName?, bodyLimit: Int, codings: [ContentCoding] = [],
        watch: WireWatch?
    ) {
        self.request = request
        self.name = name
        self.bodyLimit = bodyLimit
        self.codings = codings
        self.watch = watch
    }

    /// The progress of the exchange.
    var part: ResponsePart { state.withLock { $0.part } }

    /// Whether the deadline passed before the response was complete.
    var isLate: Bool { state.withLock { $0.isLate } }

    /// Records that the deadline has passed.
    func endLate() {
        state.withLock { $0.isLate = true }
    }

    /// Records that nothing of the request was sent, and why.
    func refuse(_ fault: HTTP1Fault) {
        state.withLock { $0.refusal = fault }
    }

    /// Why no part of the request was sent; `nil` if some was sent, or if that is unknown.
    var refusal: HTTP1Fault? { state.withLock { $0.refusal } }

    /// Whether the request was sent on a reused connection and no byte of a response has been received.
    var isUnansweredOnReuse: Bool { state.withLock { $0.isUnansweredOnReuse } }

    /// Records the first byte of a response to a request on a reused connection.
    func answerBegins() {
        state.withLock { $0.isUnansweredOnReuse = false }
    }

    /// Records that sending begins on an HTTP/1.1 connection, which handles one request after the other.
    func beginSending(isReused: Bool) {
        state.withLock { state in
            state.isUnansweredOnReuse = isReused
            guard request.body?.isEmpty == false else { return }
            if case .unobserved = state.sending { state.sending = .underway }
        }
    }

    /// Succeeds once the request body is written to the socket; fails if the exchange finishes before.
    ///
    /// With HTTP/2, it succeeds immediately. A stream that stops does not block other streams, and the client cannot
    /// handle a reset of a stream that is still sending although its response is complete.
    func bodySent(on loop: any EventLoop) -> EventLoopFuture<Void> {
        state.withLock { state in
            switch state.sending {
            case .underway:
                let promise = loop.makePromise(of: Void.self)
                state.sending = .awaited(promise)
                return promise.futureResult
            case .awaited(let promise): return promise.futureResult
            case .sent, .unobserved: return loop.makeSucceededVoidFuture()
            case .over: return loop.makeFailedFuture(HTTPClientError.requestStreamCancelled)
            }
        }
    }

    /// Records that the exchange has finished, so waiting for its body is unnecessary.
    func endSending() {
        let promise = endSending(as: .over)
        promise?.fail(HTTPClientError.requestStreamCancelled)
    }

    /// Returns the promise of a waiting caller, if there is one.
    private func endSending(as end: SendState) -> EventLoopPromise<Void>? {
        state.withLock { state in
            defer { state.sending = end }
            if case .awaited(let promise) = state.sending { return promise }
            return nil
        }
    }

    /// Adds a defect of the response.
    func note(_ defect: TransportDefect) {
        state.withLock { $0.defects.append(defect) }
    }

    /// Records the last byte of the response, before the client has processed it.
    func complete(bodyLength: Int) {
        state.withLock { $0.wholeLength = bodyLength }
    }

    /// The complete response of an exchange that failed afterwards. A response can be complete while its request is
    /// still being sent (RFC 9112, section 9.5).
    var early: ResponseMessage? {
        state.withLock { state in
            state.part == .body && state.wholeLength == state.response.body.count ? state.whole : nil
        }
    }

    func didSendRequestHead(task: HTTPClient.Task<ResponseMessage>, _ head: HTTPRequestHead) {
        state.withLock { $0.part = .head }
        watch?.hasLeft(self)
    }

    func didSendRequestPart(task: HTTPClient.Task<ResponseMessage>, _ part: IOData) {
        // The body is sent in one piece.
        endSending(as: .sent)?.succeed(())
    }

    func didReceiveHead(task: HTTPClient.Task<ResponseMessage>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        let loop = task.eventLoop
        state.withLock { state in
            state.part = .body
            state.response = ResponseMessage(
                status: Int(head.status.code),
                version: head.version.major == 2 ? "HTTP/2" : "HTTP/\(head.version.major).\(head.version.minor)",
                headers: head.headers.map { HeaderField(name: $0.name, value: trimmed($0.value)) }
            )
        }
        if let coding = unaskedCoding(head.headers) {
            return loop.makeFailedFuture(
                RefusedResponse(
                    .badEncoding,
                    "the response body has the encoding \(coding), which the request did not accept, "
                        + "so the response was not judged"))
        }
        let length = head.headers.first(name: "content-length").flatMap { Int($0) }
        if let length, length > bodyLimit, request.method != "HEAD", head.status != .noContent,
            head.status != .notModified
        {
            return loop.makeFailedFuture(tooLarge)
        }
        return loop.makeSucceededVoidFuture()
    }

    func didReceiveBodyPart(task: HTTPClient.Task<ResponseMessage>, _ buffer: ByteBuffer) -> EventLoopFuture<Void> {
        let isWithinLimit = state.withLock { state in
            guard state.response.body.count + buffer.readableBytes <= bodyLimit else { return false }
            state.response.body.append(contentsOf: buffer.readableBytesView)
            return true
        }
        guard isWithinLimit else { return task.eventLoop.makeFailedFuture(tooLarge) }
        return isAheadOfRequest ? bodySent(on: task.eventLoop) : task.eventLoop.makeSucceededVoidFuture()
    }

    func didFinishRequest(task: HTTPClient.Task<ResponseMessage>) -> ResponseMessage {
        state.withLock { $0.whole }
    }

    /// Whether a complete success response arrived before the request was written.
    ///
    /// The client would treat the exchange as finished and never write the end of the request. The server may still
    /// read the rest of it; only an error response means that it will not (RFC 9112, section 9.5).
    private var isAheadOfRequest: Bool {
        state.withLock { state in
            guard state.response.status < 300, state.wholeLength == state.response.body.count else { return false }
            return switch state.sending {
            case .underway, .awaited: true
            case .unobserved, .sent, .over: false
            }
        }
    }

    private var tooLarge: RefusedResponse {
        RefusedResponse(.tooLarge, "the response body is larger than \(bodyLimit) bytes")
    }

    /// The content coding of a response that its request does not allow (RFC 9110, section 8.4); `nil` for no coding.
    private func unaskedCoding(_ headers: HTTPHeaders) -> String? {
        guard headers.contains(name: "content-encoding"), request.header("accept-encoding").isEmpty else { return nil }
        let coding = headers[canonicalForm: "content-encoding"].first { name in
            name.lowercased() != "identity" && !name.isEmpty
                && !(ContentCoding(name: String(name)).map(codings.contains) ?? false)
        }
        guard let coding else { return nil }
        // Names of codings are tokens; other text is not repeated.
        let isToken = coding.utf8.allSatisfy {
            $0.isASCIIDigit || (0x61...0x7A).contains($0 | 0x20) || $0 == 0x2D
        }
        return isToken && coding.utf8.count <= 20 ? String(coding) : "something else"
    }
}

/// The progress of an exchange.
enum ResponsePart {
    /// The request waits for a connection.
    case nothing
    /// The request was sent; nothing was received.
    case head
    /// Status and headers were received.
    case body
}

/// Why receiving a response was stopped.
struct RefusedResponse: Error {
    let failure: TransportFailure

    init(_ class: TransportFailure.Class, _ message: String) {
        failure = TransportFailure(`class`, message)
    }
}

/// `value` without surrounding whitespace, which is not part of it (RFC 9110, section 5.5).
private func trimmed(_ value: String) -> String {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    guard value.utf8.first.map(isBlank) == true || value.utf8.last.map(isBlank) == true else { return value }
    let end = value.utf8.reversed().drop(while: isBlank).count
    return String(decoding: value.utf8.prefix(end).drop(while: isBlank), as: UTF8.self)
}
