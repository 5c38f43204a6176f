package import Harness
package import Running

extension RunSession {
    /// Makes the run over the network of this machine; see ``RunSession/execute(over:progress:)``.
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
