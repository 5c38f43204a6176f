internal import AsyncHTTPClient
public import Exchanges
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import Synchronization

/// Sends requests over the network, exactly as they are, and returns what came back, exactly as it was.
///
/// Nothing is followed, retried, decompressed or added but `host` and `content-length`. TLS certificates are verified.
/// The deadline covers the exchange to the last byte of the body. Must be shut down when the run is over.
public struct LiveTransport: Transport {
    private let client: HTTPClient
    /// Connections and answers share one loop, so that nothing is handed from thread to thread on its way in.
    private let loop: any EventLoop
    private let connections = ConnectionCount()
    private let deadlines = DeadlineWatch()
    private let settings: LiveTransportSettings

    /// A transport with its own pool of connections.
    public init(settings: LiveTransportSettings = LiveTransportSettings()) {
        self.settings = settings
        loop = MultiThreadedEventLoopGroup.singleton.next()
        client = HTTPClient(
            eventLoopGroupProvider: .shared(loop), configuration: settings.clientConfiguration(counting: connections))
    }

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
            // The only error is that it is shut down already.
            Task { [client] in
                try? await client.shutdown()
                over.reach()
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
    public func send(_ request: RequestMessage, deadline: Duration) async -> ExchangeOutcome {
        if let problem = requestProblem(request) {
            return .failure(TransportFailure(.invalidRequest, problem))
        }
        guard !Task.isCancelled else { return .failure(Self.interrupted) }
        // A day at most: longer ones mean nothing and could overflow a clock.
        let deadline = min(deadline, .seconds(86_400))
        let answer = AnswerReceiving(to: request, bodyLimit: settings.bodyLimit)
        let task: HTTPClient.Task<ResponseMessage>
        do {
            task = client.execute(
                request: try HTTPClient.Request(request), delegate: answer, eventLoop: .delegate(on: loop))
        } catch {
            return .failure(TransportFailure(error, inside: .nothing))
        }
        let watched = deadlines.watch(until: .now + deadline) {
            answer.endLate()
            task.cancel()
        }
        defer { deadlines.forget(watched) }
        do {
            return try await withTaskCancellationHandler {
                .response(try await task.get())
            } onCancel: {
                task.cancel()
            }
        } catch {
            if Task.isCancelled { return .failure(Self.interrupted) }
            if answer.isLate { return .failure(late(by: deadline, answer.part)) }
            return .failure(await explained(TransportFailure(error, inside: answer.part), request))
        }
    }

    /// What was missing when the deadline passed.
    private func late(by deadline: Duration, _ part: AnswerPart) -> TransportFailure {
        let time = deadline.shortText
        switch part {
        case .body:
            return TransportFailure(.bodyTimedOut, "The body of the answer was not complete within \(time).")
        case .nothing where connections.isNone:
            return TransportFailure(.connectTimedOut, "No connection came about within \(time).")
        case .nothing, .head:
            return TransportFailure(.timedOut, "No answer came within \(time).")
        }
    }

    /// A distrusted certificate says more when it is looked at.
    private func explained(_ failure: TransportFailure, _ request: RequestMessage) async -> TransportFailure {
        guard failure.class == .tlsUntrusted, let validity = await CertificateLook.validity(of: request.url),
            !validity.isPresent
        else { return failure }
        return TransportFailure(.tlsExpired, validity.sentence)
    }

    private static let interrupted = TransportFailure(.cancelled, "The run was interrupted.")
}

extension HTTPClient.Request {
    /// The request as the client takes it.
    fileprivate init(_ message: RequestMessage) throws {
        try self.init(
            url: message.url,
            method: HTTPMethod(rawValue: message.method),
            headers: HTTPHeaders(message.headers.map { ($0.name, $0.value) }),
            body: message.body.map { .byteBuffer(ByteBuffer(bytes: $0)) }
        )
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
