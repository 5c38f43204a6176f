internal import AsyncHTTPClient
package import Exchanges
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import Primitives
internal import Synchronization

/// Sends requests over the network without changes, and returns responses without changes.
///
/// Redirects are not followed. Bodies are decoded only from the codings of the settings. Only `host`, `content-length`
/// and, unless the request sets it, `accept-encoding` are added. Only two kinds of requests are sent again: those that the server did
/// not process, and those with a safe method on an idle connection that was just being closed. TLS certificates are
/// verified. The deadline covers the exchange up to the last byte of the body. The transport must be shut down after
/// the run.
package struct LiveTransport: Transport {
    /// Separate threads: those of the process serve the mock, which must not wait for judging.
    private let threads: MultiThreadedEventLoopGroup
    /// One lane per core, but not more than there are senders.
    private let lanes: [Lane]
    private let deadlines = DeadlineWatch()
    private let settings: LiveTransportSettings
    private let notes = WireNotes()

    /// Creates a transport with its own connection pool.
    package init(settings: LiveTransportSettings = LiveTransportSettings()) {
        self.settings = settings
        threads = MultiThreadedEventLoopGroup(numberOfThreads: min(settings.connections, System.coreCount))
        lanes = threads.makeIterator().map { [notes] in Lane($0, settings, notes) }
    }

    /// The threads of the connections: callers on them receive responses without a thread switch.
    package var executors: [any TaskExecutor] { lanes.map(\.executor) }

    /// Calls `body` with a transport and shuts it down afterwards, also if `body` throws.
    package static func withTransport<Result>(
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

    /// Closes every connection and waits at most a second for those being established. A second call does nothing.
    package func shutdown() async {
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

    /// Sends one request, if it can be sent without changes, and waits for the last byte of the response.
    ///
    /// A `deadline` of more than a day counts as a day.
    package func send(
        _ request: RequestMessage, deadline: Duration, meanwhile: () -> Void
    ) async -> ExchangeOutcome {
        await send(request, as: nil, deadline: deadline, meanwhile: meanwhile)
    }

    /// Sends the request of a step. Bytes after its response are reported with the name of the exchange.
    package func send(_ pending: PendingExchange, deadline: Duration, meanwhile: () -> Void) async -> ExchangeOutcome {
        await send(pending.request, named: pending.name, deadline: deadline, meanwhile: meanwhile)
    }

    /// Sends one request like ``send(_:deadline:meanwhile:)``. Bytes after its response are recorded with its name.
    package func send(
        _ request: RequestMessage, named name: ExchangeName, deadline: Duration, meanwhile: () -> Void
    ) async -> ExchangeOutcome {
        await send(request, as: name, deadline: deadline, meanwhile: meanwhile)
    }

    /// Sends several requests at once, each over a new HTTP/1.1 connection.
    ///
    /// The connections are opened first. Then all requests are written in one turn of the event loop, without waiting
    /// for a response. If a connection cannot be opened, or not within a few seconds, the other requests are sent
    /// without it. HTTP/2 is not offered, because it would use one connection for all.
    package func send(
        together requests: [PendingExchange], deadline: Duration,
        received: @escaping @Sendable (_ index: Int, ExchangeOutcome) -> Void
    ) async {
        var settings = settings
        settings.connections = max(1, requests.count)
        settings.connection.isHTTP1Only = true
        let loop = lanes.current.loop
        let patience = min(deadline / 2, Self.gatePatience)
        let gate = StartGate(requests.count, on: loop, patience: TimeAmount(patience))
        let lane = Lane(loop, settings, notes, gate: gate)
        await withTaskGroup(of: Void.self) { group in
            for (index, pending) in requests.enumerated() {
                group.addTask(executorPreference: lane.executor) {
                    let outcome = await send(
                        pending.request, as: pending.name, on: lane, deadline: deadline, meanwhile: {})
                    gate.ended()
                    received(index, outcome)
                }
            }
        }
        await lane.end()
    }

    /// How long requests wait for connections that are not ready yet.
    private static let gatePatience = Duration.seconds(3)

    /// The defects found after the responses of named exchanges.
    ///
    /// Idle HTTP/1.1 connections are ended first: bytes in transit arrive before the server closes its side, for which it
    /// has a tenth of a second. Later requests use new connections.
    package func takeLateDefects() async -> [LateDefect] {
        await withTaskGroup(of: Void.self) { group in
            for lane in lanes { group.addTask { await lane.endRequests(within: .milliseconds(100)) } }
        }
        for lane in lanes { await lane.settle() }
        return notes.take()
    }

    private func send(
        _ request: RequestMessage, as name: ExchangeName?, on lane: Lane? = nil, deadline: Duration,
        meanwhile: () -> Void
    ) async -> ExchangeOutcome {
        if let problem = requestProblem(request) {
            meanwhile()
            return .failure(TransportFailure(.invalidRequest, problem))
        }
        guard !Task.isCancelled else {
            meanwhile()
            return .failure(Self.interrupted)
        }
        // The maximum is a day; longer deadlines are pointless and could overflow a clock.
        let deadline = min(deadline, .seconds(86_400))
        let delivery = Delivery(
            request: request, name: name, lane: lane ?? lanes.current,
            route: Route(to: request.url, by: settings.connection.proxies), deadline: deadline,
            end: ContinuousClock.now + deadline)
        await delivery.lane.look()
        // A server that closes an HTTP/2 connection reports which requests it has not processed. That is not a failure,
        // but a server that never processes the request gets at most five attempts. Connections that turn out to be
        // unusable before anything is sent are not counted; there is at most one for each job.
        var attempts = 0
        for turn in 0... {
            let outcome = await exchange(delivery, mayGoAgain: attempts < 4, meanwhile: turn == 0 ? meanwhile : {})
            switch outcome {
            case .over(let outcome): return delivered(outcome, delivery)
            case .again(let isCounted): if isCounted || turn > 1_000 { attempts += 1 }
            }
        }
        return .failure(Self.interrupted)
    }

    /// The result of one attempt to send a request.
    private enum Try {
        case over(ExchangeOutcome)
        /// The server has not processed it; `isCounted` if the server said so.
        case again(isCounted: Bool)
    }

    /// A request, and how and until when it is sent.
    private struct Delivery {
        let request: RequestMessage
        let name: ExchangeName?
        let lane: Lane
        let route: Route
        /// The time from the first attempt to `end`.
        let deadline: Duration
        let end: ContinuousClock.Instant
    }

    /// The outcome as callers get it: with a decoded body, and without the responses of proxies.
    private func delivered(_ outcome: ExchangeOutcome, _ delivery: Delivery) -> ExchangeOutcome {
        guard let response = outcome.response else { return outcome }
        if case .forward(let proxy) = delivery.route, response.status == 407 {
            return .failure(.unauthorized(proxy))
        }
        guard delivery.request.header("accept-encoding").isEmpty else { return outcome }
        return ContentDecoder(codings: settings.connection.codings, limit: settings.bodyLimit).decoded(response)
    }

    private func exchange(_ delivery: Delivery, mayGoAgain: Bool, meanwhile: () -> Void) async -> Try {
        let (request, lane) = (delivery.request, delivery.lane)
        let answer = ResponseReceiver(
            to: request, named: delivery.name, bodyLimit: settings.bodyLimit, codings: settings.connection.codings,
            watch: lane.watch)
        let clients = lane.clients(on: delivery.route)
        let use = clients.begin()
        var isLost = false
        defer {
            answer.endSending()
            clients.end(use, isLost: isLost)
        }
        let task: HTTPClient.Task<ResponseMessage>
        do {
            task = use.client.execute(
                request: try HTTPClient.Request(
                    request, on: delivery.route, settings.connection.codings, answer, lane.loop),
                delegate: answer, eventLoop: .delegate(on: lane.loop))
            meanwhile()
        } catch {
            meanwhile()
            return .over(.failure(TransportFailure(error, inside: .nothing)))
        }
        let watched = deadlines.watch(until: delivery.end) {
            answer.endLate()
            task.cancel()
            // The client does not fail an exchange while it waits for the response to be received.
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
            if !(error is RefusedResponse), let response = answer.early { return .over(.response(response)) }
            if answer.isLate {
                isLost =
                    request.isSecure && (use.connections.isNone || use.connections.isAnyHTTP2)
                    && answer.part != .body
                let failure = late(by: delivery.deadline, answer.part, isConnected: !use.connections.isNone)
                return .over(.failure(delivery.route.proxy.map { failure.through($0, after: error) } ?? failure))
            }
            // A connection that cannot be used for the request may also be closed before it reports so.
            let error = answer.refusal ?? error
            if let fault = error as? HTTP2Fault { isLost = fault.isOfConnection }
            var failure = TransportFailure(error, inside: answer.part)
            if let proxy = delivery.route.proxy { failure = failure.through(proxy, after: error) }
            if mayGoAgain, let again = repetition(of: request, after: error, failure, answer) { return again }
            if failure.class == .connectTimedOut { isLost = request.isSecure }
            return .over(.failure(delivery.route == .direct ? await explained(failure, request) : failure))
        }
    }

    /// Whether a request may be sent again without having been processed twice; `nil` if it may not.
    private func repetition(
        of request: RequestMessage, after error: any Error, _ failure: TransportFailure, _ answer: ResponseReceiver
    ) -> Try? {
        if isUnsent(error, answer.part) { return .again(isCounted: false) }
        if isUnprocessed(error, answer.part) { return .again(isCounted: true) }
        // The server closed an idle connection while the request was being sent. A client may send a request with a safe
        // method again in this case (RFC 9110, section 9.2.2). For other methods, it is unknown whether the request had an
        // effect.
        let metClosing = failure.class == .reset && answer.isUnansweredOnReuse
        return metClosing && MethodSemantics.isSafe(request.method) ? .again(isCounted: true) : nil
    }

    /// Describes what was missing at the deadline.
    private func late(by deadline: Duration, _ part: ResponsePart, isConnected: Bool) -> TransportFailure {
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

    /// For an untrusted certificate, the certificate itself is read to give a better reason; for a socket, its file.
    private func explained(_ failure: TransportFailure, _ request: RequestMessage) async -> TransportFailure {
        if let socket = try? SocketAddress(url: request.url) { return failure.over(socket) }
        guard failure.class == .tlsUntrusted, let validity = await CertificateProbe.validity(of: request.url),
            !validity.isPresent
        else { return failure }
        return TransportFailure(.tlsExpired, validity.sentence)
    }

    private static let interrupted = TransportFailure(.cancelled, "the run was interrupted")
}

extension RequestMessage {
    /// Whether the request uses TLS, where HTTP/2 may be offered.
    fileprivate var isSecure: Bool { url.lowercased().utf8.starts(with: "https:".utf8) }
}

extension HTTPClient.Request {
    /// Converts a request for the client, with `answer` as its delegate.
    fileprivate init(
        _ message: RequestMessage, on route: Route, _ codings: [ContentCoding], _ answer: ResponseReceiver,
        _ loop: any EventLoop
    ) throws {
        let headers =
            message.headers.map { ($0.name, $0.value) } + message.negotiatedCoding(codings) + message.socketHost
        let addressed = route.addressed(message, headers)
        try self.init(
            url: addressed.url,
            method: HTTPMethod(rawValue: message.method),
            headers: HTTPHeaders(addressed.headers),
            body: message.body.map { .sent($0, answer, loop) }
        )
    }
}

extension RequestMessage {
    /// The field `host` of a request over a socket, which every request requires (RFC 9112, section 3.2). The URL has no
    /// host name, and the client would send none.
    fileprivate var socketHost: [(String, String)] {
        let isSocket = url.utf8.starts(with: SocketAddress.prefix.utf8)
        return isSocket && header("host").isEmpty ? [("host", "localhost")] : []
    }

    /// Without `accept-encoding`, a server may use any coding (RFC 9110, section 12.5.3).
    fileprivate func negotiatedCoding(_ codings: [ContentCoding]) -> [(String, String)] {
        guard header("accept-encoding").isEmpty else { return [] }
        let names = codings.map(\.rawValue)
        return [("accept-encoding", names.isEmpty ? "identity" : names.joined(separator: ", "))]
    }
}

extension HTTPClient.Body {
    /// A body whose sending may be stopped by a response.
    ///
    /// The client treats a body as sent once it has passed it to the connection. After an early response, it would
    /// reuse the connection although the server may never read the rest of the body. With HTTP/1.1, a body therefore
    /// ends only when it has been written.
    fileprivate static func sent(
        _ bytes: [UInt8], _ answer: ResponseReceiver, _ loop: any EventLoop
    ) -> HTTPClient.Body {
        let buffer = ByteBuffer(bytes: bytes)
        // Shorter bodies are written at once.
        guard bytes.count > 1 << 14 else { return .byteBuffer(buffer) }
        return .stream(contentLength: Int64(bytes.count)) { writer in
            writer.write(.byteBuffer(buffer)).flatMap { answer.bodySent(on: loop) }
        }
    }
}

/// The end of a shutdown, which can be reached in two ways but counts once.
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
