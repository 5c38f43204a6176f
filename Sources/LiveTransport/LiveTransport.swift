internal import AsyncHTTPClient
public import Exchanges
internal import NIOCore
internal import NIOHTTP1
internal import Synchronization

/// Sends requests over the network, exactly as they are, and returns what came back, exactly as it was.
///
/// Nothing is followed, retried, decompressed or added but `host` and `content-length`. TLS certificates are verified.
/// The deadline covers the exchange to the last byte of the body. Must be shut down when the run is over.
public struct LiveTransport: Transport {
    private let client: HTTPClient
    private let connections = ConnectionCount()
    private let settings: LiveTransportSettings

    /// A transport with its own pool of connections.
    public init(settings: LiveTransportSettings = LiveTransportSettings()) {
        self.settings = settings
        client = HTTPClient(
            eventLoopGroupProvider: .singleton, configuration: settings.clientConfiguration(counting: connections))
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
        // A day at most: longer ones overflow the client's clock.
        let deadline = min(deadline, .seconds(86_400))
        let progress = AnswerProgress()
        let outcome = await withTaskGroup(of: ExchangeOutcome?.self) { group -> ExchangeOutcome? in
            group.addTask { await exchange(request, deadline: deadline, progress) }
            group.addTask {
                guard (try? await Task.sleep(for: deadline)) != nil else { return nil }
                // Before the exchange is cancelled, which closes its connection.
                progress.deadlinePassed(isConnected: !connections.isNone)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            if first == nil, Task.isCancelled, case .some(.some(.response(let response))) = await group.next() {
                // It arrived before the interrupt did.
                return .response(response)
            }
            return first
        }
        if let outcome { return await explained(outcome, request) }
        return .failure(Task.isCancelled ? Self.interrupted : late(by: deadline, progress))
    }

    /// What was missing when the deadline passed.
    private func late(by deadline: Duration, _ progress: AnswerProgress) -> TransportFailure {
        let time = deadline.shortText
        if progress.hasHead {
            return TransportFailure(.bodyTimedOut, "The body of the answer was not complete within \(time).")
        }
        if progress.wasUnconnected {
            return TransportFailure(.connectTimedOut, "No connection came about within \(time).")
        }
        return TransportFailure(.timedOut, "No answer came within \(time).")
    }

    /// A distrusted certificate says more when it is looked at.
    private func explained(_ outcome: ExchangeOutcome, _ request: RequestMessage) async -> ExchangeOutcome {
        guard outcome.failure?.class == .tlsUntrusted,
            let validity = await CertificateLook.validity(of: request.url), !validity.isPresent
        else { return outcome }
        return .failure(TransportFailure(.tlsExpired, validity.sentence))
    }

    private static let interrupted = TransportFailure(.cancelled, "The run was interrupted.")

    private func exchange(
        _ request: RequestMessage, deadline: Duration, _ progress: AnswerProgress
    ) async -> ExchangeOutcome {
        var outgoing = HTTPClientRequest(url: request.url)
        outgoing.method = HTTPMethod(rawValue: request.method)
        outgoing.headers = HTTPHeaders(request.headers.map { ($0.name, $0.value) })
        if let body = request.body { outgoing.body = .bytes(ByteBuffer(bytes: body)) }
        let incoming: HTTPClientResponse
        do {
            // The caller's deadline comes first; the client needs one of its own and stops at the head.
            incoming = try await client.execute(outgoing, timeout: TimeAmount(deadline) + .seconds(5))
        } catch {
            return .failure(TransportFailure(error, inside: .head, request: request))
        }
        progress.tookHead()
        if let coding = unaskedCoding(incoming.headers, request) {
            return .failure(
                TransportFailure(
                    .badEncoding, "The body of the answer is encoded as \(coding), which was not asked for."))
        }
        let bodyLimit = settings.bodyLimit
        let tooLarge = TransportFailure(.tooLarge, "The body of the answer is larger than \(bodyLimit) bytes.")
        if let length = incoming.headers.first(name: "content-length").flatMap({ Int($0) }), length > bodyLimit,
            request.method != "HEAD", incoming.status != .noContent, incoming.status != .notModified
        {
            return .failure(tooLarge)
        }
        var body: [UInt8] = []
        do {
            for try await part in incoming.body {
                guard body.count + part.readableBytes <= bodyLimit else { return .failure(tooLarge) }
                body.append(contentsOf: part.readableBytesView)
            }
        } catch {
            return .failure(TransportFailure(error, inside: .body, request: request))
        }
        return .response(
            ResponseMessage(
                status: Int(incoming.status.code),
                version: "HTTP/\(incoming.version.major).\(incoming.version.minor)",
                headers: incoming.headers.map { HeaderField(name: $0.name, value: trimmed($0.value)) },
                body: body
            )
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

/// The content coding of an answer to a request that asks for none (RFC 9110, 8.4); `nil` for no coding.
private func unaskedCoding(_ headers: HTTPHeaders, _ request: RequestMessage) -> String? {
    guard request.header("accept-encoding").isEmpty else { return nil }
    let coding = headers[canonicalForm: "content-encoding"].first { $0.lowercased() != "identity" && !$0.isEmpty }
    guard let coding else { return nil }
    // Names of codings are tokens; anything else is not repeated.
    let isToken = coding.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || $0 == 0x2D
    }
    return isToken && coding.utf8.count <= 20 ? String(coding) : "something else"
}

/// `value` without the blanks around it, which are no part of it (RFC 9110, 5.5).
private func trimmed(_ value: String) -> String {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    guard value.utf8.first.map(isBlank) == true || value.utf8.last.map(isBlank) == true else { return value }
    let end = value.utf8.reversed().drop(while: isBlank).count
    return String(decoding: value.utf8.prefix(end).drop(while: isBlank), as: UTF8.self)
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
