package import Exchanges
package import Mocking

/// Uses sockets on behalf of a session: the HTTP client of live targets and the server around the mock.
///
/// `Harness` imports no network library, so packages without sockets need not build one. `Sockets` has the real one.
package protocol Network: Sendable {
    /// Makes the client of a run.
    ///
    /// - Parameters:
    ///   - connections: The maximum number of connections to one host at a time.
    ///   - isHTTP1Only: Whether HTTP/1.1 is used even where HTTP/2 is offered.
    func client(connections: Int, isHTTP1Only: Bool) -> any NetworkClient

    /// Serves a mock until it is stopped.
    ///
    /// - Throws: `HarnessError` (exit 3) when the mock cannot listen on the address.
    func serve(_ versions: [MockVersion], _ settings: MockSettings) async throws(HarnessError) -> any ServedMock
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
