public import Diagnostics
import Exchanges
import Mocking
import OpenAPI
import Project
import Scenarios

/// A mock that is ready to be served.
public struct MockSession: Sendable {
    /// Warnings and notes about the input.
    public let diagnostics: Diagnostics

    /// What callers must send, with made-up values where nobody has given one: lines to show to the user.
    public let madeUpCredentials: [(scheme: String, value: String)]

    private let versions: [MockVersion]
    private let accepted: [String: Set<String>]

    /// Loads contracts and behaviour files.
    ///
    /// - Throws: `HarnessError` (exit 2) with every problem found.
    public init(
        _ workspace: Workspace,
        _ choice: ContractChoice,
        environment: [String: String]
    ) throws(HarnessError) {
        let loaded = try workspace.contracts(choice)
        // The contract under test comes first: its server's path is the mock's.
        let name = loaded.contracts.defaultName
        let served = try workspace.mockVersions(loaded)
        versions = served.filter { $0.contract.name == name } + served.filter { $0.contract.name != name }
        let secrets = SecretValues(names: workspace.project.secretNames, environment: environment, isMock: true)
        let credentials = try workspace.credentials(
            for: .mock, contracts: loaded.contracts, secrets: secrets, environment: environment)
        diagnostics = Diagnostics(loaded.diagnostics.entries + credentials.diagnostics)
        accepted = credentials.accepted
        let given = Set(secrets.real.map(\.value))
        madeUpCredentials =
            accepted
            .flatMap { scheme, values in values.sorted().map { (scheme, $0) } }
            .filter { _, value in !given.contains { value.utf8.count >= $0.utf8.count && value.contains($0) } }
            .sorted { ($0.0, $0.1) < ($1.0, $1.1) }
    }

    /// Serves until `until` returns, then lets requests that are under way end.
    ///
    /// - Throws: `HarnessError` (exit 3) when the address cannot be had.
    public func serve(
        host: String,
        port: Int,
        seed: String,
        ready: (String) -> Void,
        until: () async -> Void
    ) async throws(HarnessError) {
        let server: MockServer
        do {
            server = try await MockServer.start(
                versions: versions,
                settings: MockSettings(host: host, port: port, seed: seed, credentials: accepted)
            )
        } catch {
            throw .notPossible("mock.start", "\(error)")
        }
        ready(server.baseURL)
        await until()
        try? await server.stop()
    }
}
