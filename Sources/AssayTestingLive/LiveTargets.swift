public import AssayTesting
import Sockets

extension Target {
    /// A server at a URL.
    ///
    /// Profiles and secrets are those of `assay.yaml`. As with `assay run --base-url`, only safe methods are sent to a
    /// production server.
    ///
    /// - Parameter url: The base URL for the paths of the contract, such as `http://127.0.0.1:8080/v1`.
    public static func baseURL(_ url: String) -> Target {
        Target(.live(LiveTarget(.url(url), network: SocketNetwork())))
    }

    /// A server that the test starts.
    ///
    /// - Parameter start: Starts the server and returns its base URL. It is called once for each collection of
    ///   scenarios, before the first scenario runs.
    public static func server(_ start: @escaping @Sendable () async throws -> String) -> Target {
        Target(.live(LiveTarget(.started(ServerStart(start)), network: SocketNetwork())))
    }

    /// A target of `assay.yaml`, with its rate, timeout and profile.
    public static func named(_ name: String) -> Target {
        Target(.live(LiveTarget(.name(name), network: SocketNetwork())))
    }
}
