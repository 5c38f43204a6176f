internal import AsyncHTTPClient
public import Exchanges
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import Primitives
internal import Synchronization

/// Sends requests over the network, exactly as they are, and returns what came back, exactly as it was.
///
/// Nothing is followed, decompressed or added but `host`, `content-length` and, where the request does not choose,
/// `accept-encoding: identity`. Nothing is retried but what no server has processed, and a request of a safe method that
/// met an idle connection just being closed. TLS certificates are verified.
/// The deadline covers the exchange to the last byte of the body. Must be shut down when the run is over.
public struct LiveTransport: Transport {
    /// Threads of the transport's own: those of the process serve the mock, which must not wait for judging.
    private let threads: MultiThreadedEventLoopGroup
    /// As many as there are cores, and no more than there are senders.
    private let lanes: [Lane]
    private let deadlines = DeadlineWatch()
    private let settings: LiveTransportSettings
    private let notes = WireNotes()

    /// A transport with its own pool of connections.
    public init(settings: LiveTransportSettings = LiveTransportSettings()) {
        self.settings = settings
        threads = MultiThreadedEventLoopGroup(numberOfThreads: min(settings.connections, System.coreCount))
        lanes = threads.makeIterator().map { [notes] in Lane($0, settings, notes) }
    }

    /// The threads of the connections: an answer is at once with those who wait for it there.
    public var executors: [any TaskExecutor] { lanes.map(\.executor) }

    /// Hands a transport to `body` and shuts it down afterwards, also when `body` throws.
    public static func withTransport<Result>(
        settings: LiveTransportSettings = LiveTransportSettings(),
        _ body: (LiveTransport) async throws -> Result
    ) async rethrows -> Result {
        let transport = LiveTransport(settings: settings)
        do {
            let result = try await body(transport)
            await transport.shutdown()
            return result
        } catch {
            await transport.shutdown()
            throw error
        }
    }

    /// Closes every connection, waiting a second at most for those that are still coming about. A second call does
    /// nothing.
    public func shutdown() async {
        deadlines.stop()
        await withCheckedContinuation { continuation in
            let over = ShutdownEnd(continuation)
            Task { [lanes, threads] in
                for lane in lanes { await lane.end() }
                over.reach()
                try? await threads.shutdownGracefully()
            }
            Task {
                try? await Task.sleep(for: .seconds(1))
                over.reach()
            }
        }
    }

    /// Sends one request, unless it would be changed on the way, and waits for the last byte of the answer.
    ///
    /// A `deadline` of more than a day is taken as a day.
    public func send(
        _ request: RequestMessage, deadline: Duration, meanwhile: () -> Void
    ) async -> ExchangeOutcome {
        await send(request, as: nil, deadline: deadline, meanwhile: meanwhile)
    }

    /// Sends the request of a step; what arrives after its response is reported by the name of the exchange.
    public func send(_ pending: PendingExchange, deadline: Duration, meanwhile: () -> Void) async -> ExchangeOutcome {
        await send(pending.request, named: pending.name, deadline: deadline, meanwhile: meanwhile)
    }

    /// Sends one request like ``send(_:deadline:meanwhile:)``; what follows its response is kept under its name.
    public func send(
        _ request: RequestMessage, named name: ExchangeName, deadline: Duration, meanwhile: () -> Void
    ) async -> ExchangeOutcome {
        await send(request, as: name, deadline: deadline, meanwhile: meanwhile)
    }

    /// What came after the responses of named exchanges.
    ///
    /// Where connections of HTTP/1.1 are still open, waits a tenth of a second for what may be on its way over them.
    public func takeLateDefects() async -> [LateDefect] {
        if lanes.contains(where: \.clients.hasHTTP1) { try? await Task.sleep(for: .milliseconds(100)) }
        for lane in lanes { await lane.settle() }
        return notes.take()
    }

    private func send(
        _ request: RequestMessage, as name: ExchangeName?, deadline: Duration, meanwhile: () -> Void
    ) async -> ExchangeOutcome {
        if let problem = requestProblem(request) {
            meanwhile()
            return .failure(TransportFailure(.invalidRequest, problem))
        }
        guard !Task.isCancelled else {
            meanwhile()
            return .failure(Self.interrupted)
        }
        // A day at most: longer ones mean nothing and could overflow a clock.
        let deadline = min(deadline, .seconds(86_400))
        let end = ContinuousClock.now + deadline
        let lane = lanes.current
        await lane.look()
        // A server that gives a connection of HTTP/2 up says which requests it has not looked at. That is no fault, and
        // one that never looks at any gets no more than five. Connections that turn out to be unusable before anything
        // is sent cost nothing; there is one for each job at most.
        var attempts = 0
        for turn in 0... {
            let outcome = await exchange(
                request, as: name, on: lane, until: end, within: deadline, mayGoAgain: attempts < 4,
                meanwhile: turn == 0 ? meanwhile : {})
            switch outcome {
            case .over(let outcome): return outcome
            case .again(let isCounted): if isCounted || turn > 1_000 { attempts += 1 }
            }
        }
        return .failure(Self.interrupted)
    }

    /// What came of one try to send a request.
    private enum Try {
        case over(ExchangeOutcome)
        /// The server has not looked at it; `isCounted` when it said so.
        case again(isCounted: Bool)
    }

    private func exchange(
        _ request: RequestMessage, as name: ExchangeName?, on lane: Lane, until end: ContinuousClock.Instant,
        within deadline: Duration,
        mayGoAgain: Bool, meanwhile: () -> Void
    ) async -> Try {
        let answer = AnswerReceiving(to: request, named: name, bodyLimit: settings.bodyLimit, watch: lane.watch)
        let use = lane.clients.begin()
        var isLost = false
        defer {
            answer.endSending()
            lane.clients.end(use, isLost: isLost)
        }
        let task: HTTPClient.Task<ResponseMessage>
        do {
            task = use.client.execute(
                request: try HTTPClient.Request(request, answer, lane.loop), delegate: answer,
                eventLoop: .delegate(on: lane.loop))
            meanwhile()
        } catch {
            meanwhile()
            return .over(.failure(TransportFailure(error, inside: .nothing)))
        }
        let watched = deadlines.watch(until: end) {
            answer.endLate()
            task.cancel()
            // The client fails no exchange while it waits for the answer to be taken in.
            answer.endSending()
        }
        defer { deadlines.forget(watched) }
        do {
            return try await withTaskCancellationHandler {
                .over(.response(try await task.get()))
            } onCancel: {
                task.cancel()
                answer.endSending()
            }
        } catch {
            if Task.isCancelled { return .over(.failure(Self.interrupted)) }
            if !(error is RefusedAnswer), let response = answer.early { return .over(.response(response)) }
            if answer.isLate {
                isLost =
                    request.isSecure && (use.connections.isNone || use.connections.isAnyHTTP2)
                    && answer.part != .body
                return .over(.failure(late(by: deadline, answer.part, isConnected: !use.connections.isNone)))
            }
            // A connection that cannot carry the request may also be closed before it says so.
            let error = answer.refusal ?? error
            if let fault = error as? HTTP2Fault { isLost = fault.isOfConnection }
            if mayGoAgain, isUnsent(error, answer.part) { return .again(isCounted: false) }
            if mayGoAgain, isUnprocessed(error, answer.part) { return .again(isCounted: true) }
            let failure = TransportFailure(error, inside: answer.part)
            // The server closed an idle connection while the request was on its way. A client may send a request of a safe
            // method again then (RFC 9110, section 9.2.2); of another one nobody knows whether it had an effect.
            if mayGoAgain, MethodSemantics.isSafe(request.method), failure.class == .reset, answer.isUnansweredOnReuse {
                return .again(isCounted: true)
            }
            if failure.class == .connectTimedOut { isLost = request.isSecure }
            return .over(.failure(await explained(failure, request)))
        }
    }

    /// What was missing when the deadline passed.
    private func late(by deadline: Duration, _ part: AnswerPart, isConnected: Bool) -> TransportFailure {
        let time = deadline.shortText
        switch part {
        case .body:
            return TransportFailure(.bodyTimedOut, "the response body was not complete within \(time)")
        case .nothing where !isConnected:
            return TransportFailure(.connectTimedOut, "no connection was established within \(time)")
        case .nothing, .head:
            return TransportFailure(.timedOut, "no response was received within \(time)")
        }
    }

    /// A distrusted certificate says more when it is looked at.
    private func explained(_ failure: TransportFailure, _ request: RequestMessage) async -> TransportFailure {
        guard failure.class == .tlsUntrusted, let validity = await CertificateLook.validity(of: request.url),
            !validity.isPresent
        else { return failure }
        return TransportFailure(.tlsExpired, validity.sentence)
    }

    private static let interrupted = TransportFailure(.cancelled, "the run was interrupted")
}

extension RequestMessage {
    /// Whether it goes over TLS, where HTTP/2 may be offered.
    fileprivate var isSecure: Bool { url.lowercased().utf8.starts(with: "https:".utf8) }
}

extension HTTPClient.Request {
    /// The request as the client takes it, with `answer` as its delegate.
    fileprivate init(_ message: RequestMessage, _ answer: AnswerReceiving, _ loop: any EventLoop) throws {
        try self.init(
            url: message.url,
            method: HTTPMethod(rawValue: message.method),
            headers: HTTPHeaders(message.headers.map { ($0.name, $0.value) } + message.negotiatedCoding),
            body: message.body.map { .sent($0, answer, loop) }
        )
    }
}

extension RequestMessage {
    /// Without `accept-encoding` a server may use any coding, and none is decoded here (RFC 9110, section 12.5.3).
    fileprivate var negotiatedCoding: [(String, String)] {
        header("accept-encoding").isEmpty ? [("accept-encoding", "identity")] : []
    }
}

extension HTTPClient.Body {
    /// A body whose sending a response may cut short.
    ///
    /// The client takes a body for sent once it has handed it to the connection, and would use the connection again
    /// after an early response, behind what the server may never read. So over HTTP/1.1 a body ends when it is written.
    fileprivate static func sent(
        _ bytes: [UInt8], _ answer: AnswerReceiving, _ loop: any EventLoop
    ) -> HTTPClient.Body {
        let buffer = ByteBuffer(bytes: bytes)
        // Shorter ones are written at once.
        guard bytes.count > 1 << 14 else { return .byteBuffer(buffer) }
        return .stream(contentLength: Int64(bytes.count)) { writer in
            writer.write(.byteBuffer(buffer)).flatMap { answer.bodySent(on: loop) }
        }
    }
}

/// The end of a shutdown, which comes in one of two ways and once.
private final class ShutdownEnd: Sendable {
    private let continuation: CheckedContinuation<Void, Never>
    private let isReached = Atomic(false)

    init(_ continuation: CheckedContinuation<Void, Never>) {
        self.continuation = continuation
    }

    func reach() {
        if !isReached.exchange(true, ordering: .relaxed) { continuation.resume() }
    }
}

extension Duration {
    /// Seconds with at most three fraction digits: `20 s`, `0.5 s`.
    var shortText: String {
        let (seconds, attoseconds) = components
        let milliseconds = attoseconds / 1_000_000_000_000_000
        guard milliseconds != 0 else { return "\(seconds) s" }
        var digits = String(1_000 + milliseconds.magnitude).dropFirst()
        while digits.utf8.last == UInt8(ascii: "0") { digits.removeLast() }
        return "\(seconds).\(digits) s"
    }
}
