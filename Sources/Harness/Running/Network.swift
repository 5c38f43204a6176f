import Diagnostics
package import Exchanges
package import Mocking
import Running

/// Uses sockets on behalf of a session: the HTTP client of live targets and the server around the mock.
///
/// `Harness` imports no network library, so packages without sockets need not build one. `Sockets` has the real one.
package protocol Network: Sendable {
    /// Makes the client of a run.
    ///
    /// - Parameters:
    ///   - connections: The maximum number of connections to one host at a time.
    ///   - settings: Proxies, certificates and codings, without problems.
    func client(connections: Int, _ settings: ConnectionSettings) -> any NetworkClient

    /// The problems with the files that `settings` name.
    func problems(with settings: ConnectionSettings) -> [ConnectionProblem]

    /// Serves a mock until it is stopped.
    ///
    /// - Throws: `HarnessError` (exit 3) when the mock cannot listen on the address.
    func serve(_ versions: [MockVersion], _ settings: MockSettings) async throws(HarnessError) -> any ServedMock

    /// Receives deliveries until the receiver is stopped.
    ///
    /// - Parameters:
    ///   - port: The port; 0 uses any free one.
    ///   - respond: Returns the response to a delivery.
    /// - Throws: `HarnessError` (exit 3) when the receiver cannot listen on the address.
    func receive(
        host: String, port: Int, _ respond: @escaping @Sendable (RequestMessage) -> ResponseMessage
    ) async throws(HarnessError) -> any ServedMock
}

/// A transport that keeps connections open.
package protocol NetworkClient: Transport {
    /// Closes every connection.
    func shutdown() async
}

/// A mock that listens on a socket.
package protocol ServedMock: Sendable {
    /// The URL that the paths of the first contract are appended to.
    var baseURL: String { get }
    /// Stops listening, finishes the requests in progress, and closes every connection.
    func stop() async throws
}

extension Network {
    /// Fails, for networks without receivers.
    package func receive(
        host: String, port: Int, _ respond: @escaping @Sendable (RequestMessage) -> ResponseMessage
    ) async throws(HarnessError) -> any ServedMock {
        throw .notPossible("receiver.start", "this network has no receiver for deliveries", help: "use `assay run`")
    }

    /// Finds no problems, for networks that read no files.
    package func problems(with settings: ConnectionSettings) -> [ConnectionProblem] { [] }

    /// Rejects settings with problems.
    ///
    /// - Throws: `HarnessError` (exit 2) with every problem.
    func check(_ settings: ConnectionSettings) throws(HarnessError) {
        let problems = problems(with: settings)
        guard problems.isEmpty else {
            throw HarnessError(
                .wrongInput,
                Diagnostics(problems.map { Diagnostic("target.tls", .error, $0.message, help: $0.help) }))
        }
    }
}

extension Network {
    /// Makes a client that sends requests with the tokens of `tokens`.
    func client(connections: Int, _ delivery: TargetDelivery, _ tokens: TokenStore) -> any NetworkClient {
        let client = client(connections: connections, delivery.connection)
        return delivery.tokens.isEmpty ? client : AuthorizedClient(client: client, tokens: tokens)
    }
}

/// A client that sends requests with tokens.
private struct AuthorizedClient: NetworkClient {
    private let client: any NetworkClient
    private let transport: AuthorizingTransport

    init(client: any NetworkClient, tokens: TokenStore) {
        self.client = client
        transport = AuthorizingTransport(client, tokens)
    }

    var executors: [any TaskExecutor] { transport.executors }

    func send(_ request: RequestMessage, deadline: Duration, meanwhile: () -> Void) async -> ExchangeOutcome {
        await transport.send(request, deadline: deadline, meanwhile: meanwhile)
    }

    func send(_ pending: PendingExchange, deadline: Duration, meanwhile: () -> Void) async -> ExchangeOutcome {
        await transport.send(pending, deadline: deadline, meanwhile: meanwhile)
    }

    func send(
        together requests: [PendingExchange], deadline: Duration,
        received: @escaping @Sendable (_ index: Int, ExchangeOutcome) -> Void
    ) async {
        await transport.send(together: requests, deadline: deadline, received: received)
    }

    func takeLateDefects() async -> [LateDefect] { await transport.takeLateDefects() }

    func shutdown() async { await client.shutdown() }
}
