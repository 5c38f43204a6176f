package import Exchanges
package import Harness
import LiveTransport
import MockHTTP
package import Mocking
package import Running

/// The network of this machine: the only type that connects sessions with the network libraries.
package struct SocketNetwork: Network {
    /// Creates the network; it has no settings.
    package init() {}

    /// Returns an HTTP client with its own connections.
    package func client(connections: Int, _ settings: ConnectionSettings) -> any NetworkClient {
        LiveTransport(settings: LiveTransportSettings(connections: connections, connection: settings))
    }

    /// Reads the certificates and keys that `settings` name.
    package func problems(with settings: ConnectionSettings) -> [ConnectionProblem] {
        LiveTransport.problems(with: settings)
    }

    /// Serves a mock on a socket.
    package func serve(
        _ versions: [MockVersion], _ settings: MockSettings
    ) async throws(HarnessError) -> any ServedMock {
        do {
            return try await MockServer.start(versions: versions, settings: settings)
        } catch {
            throw .notPossible("mock.start", error.message, help: error.help)
        }
    }

    /// Receives deliveries on a socket.
    package func receive(
        host: String, port: Int, _ respond: @escaping @Sendable (RequestMessage) -> ResponseMessage
    ) async throws(HarnessError) -> any ServedMock {
        do {
            return try await MockServer.receiver(host: host, port: port, respond)
        } catch {
            throw .notPossible("receiver.start", error.message, help: error.help)
        }
    }
}

extension LiveTransport: NetworkClient {}

extension MockServer: ServedMock {}

extension RunSession {
    /// Runs over the network of this machine; see ``RunSession/execute(over:progress:)``.
    package func execute(progress: @escaping @Sendable (RunEvent) -> Void) async throws(HarnessError) -> RunResult {
        try await execute(over: SocketNetwork(), progress: progress)
    }
}

extension MockSession {
    /// Serves on this machine; see ``MockSession/serve(_:over:ready:until:)``.
    package func serve(
        _ options: MockOptions, ready: (String) -> Void, until: () async -> Void
    ) async throws(HarnessError) {
        try await serve(options, over: SocketNetwork(), ready: ready, until: until)
    }
}
