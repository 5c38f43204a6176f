import Exchanges
public import Harness
import LiveTransport
import MockHTTP
public import Mocking

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
