import Exchanges
public import Harness
import LiveTransport
import MockHTTP
public import Mocking
public import Running

/// The network of this machine: the only type that connects sessions with the network libraries.
public struct SocketNetwork: Network {
    /// Creates the network; it has no settings.
    public init() {}

    /// Returns an HTTP client with its own connections.
    public func client(connections: Int, isHTTP1Only: Bool) -> any NetworkClient {
        LiveTransport(settings: LiveTransportSettings(connections: connections, isHTTP1Only: isHTTP1Only))
    }

    /// Serves a mock on a socket.
    public func serve(
        _ versions: [MockVersion], _ settings: MockSettings
    ) async throws(HarnessError) -> any ServedMock {
        do {
            return try await MockServer.start(versions: versions, settings: settings)
        } catch {
            throw .notPossible("mock.start", error.message, help: error.help)
        }
    }
}

extension LiveTransport: NetworkClient {}

extension MockServer: ServedMock {}

extension RunSession {
    /// Runs over the network of this machine; see ``RunSession/execute(over:progress:)``.
    public func execute(progress: @escaping @Sendable (RunEvent) -> Void) async throws(HarnessError) -> RunResult {
        try await execute(over: SocketNetwork(), progress: progress)
    }
}

extension MockSession {
    /// Serves on this machine; see ``MockSession/serve(_:over:ready:until:)``.
    public func serve(
        _ options: MockOptions, ready: (String) -> Void, until: () async -> Void
    ) async throws(HarnessError) {
        try await serve(options, over: SocketNetwork(), ready: ready, until: until)
    }
}
