internal import AsyncHTTPClient
public import Exchanges
internal import NIOCore
internal import NIOHTTP1

/// Sends requests over the network, exactly as they are, and returns what came back, exactly as it was.
///
/// Nothing is followed, retried, decompressed or added but `host` and `content-length`. TLS certificates are verified.
/// The deadline covers the exchange to the last byte of the body. Must be shut down when the run is over.
public struct LiveTransport: Transport {
    private let client: HTTPClient
    private let bodyLimit: Int

    /// A transport with its own pool of connections.
    public init(settings: LiveTransportSettings = LiveTransportSettings()) {
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: settings.clientConfiguration())
        bodyLimit = settings.bodyLimit
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

    /// Closes every connection. A second call does nothing.
    public func shutdown() async {
        // The only error is that it is shut down already.
        try? await client.shutdown()
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
        let outcome = await withTaskGroup(of: ExchangeOutcome?.self) { group -> ExchangeOutcome? in
            group.addTask { await exchange(request, deadline: deadline) }
            group.addTask {
                try? await Task.sleep(for: deadline)
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
        if let outcome { return outcome }
        return Task.isCancelled
            ? .failure(Self.interrupted)
            : .failure(TransportFailure(.timedOut, "No complete answer came within \(deadline.shortText)."))
    }

    private static let interrupted = TransportFailure(.cancelled, "The run was interrupted.")

    private func exchange(_ request: RequestMessage, deadline: Duration) async -> ExchangeOutcome {
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
        var body: [UInt8] = []
        do {
            for try await part in incoming.body {
                guard body.count + part.readableBytes <= bodyLimit else {
                    return .failure(
                        TransportFailure(.tooLarge, "The body of the answer is larger than \(bodyLimit) bytes.")
                    )
                }
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
