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
        let given = secrets.real + workspace.credentialVariables(environment)
        let real = Redactor(
            secrets: given
                + workspace.derivedSecrets(plan: nil, secrets, environment).filter { derived in
                    given.contains { $0.name == derived.name }
                })
        madeUpCredentials =
            accepted
            .flatMap { scheme, values in values.sorted().map { (scheme, $0) } }
            .filter { _, value in
                real.redact(value).utf8.elementsEqual(value.utf8)
                    && !given.contains { value.utf8.count >= $0.value.utf8.count && value.contains($0.value) }
            }
            .sorted { ($0.0, $0.1) < ($1.0, $1.1) }
    }

    /// Serves until `until` returns, then lets requests that are under way end.
    ///
    /// - Throws: `HarnessError`: exit 3 when the address cannot be had, 2 when there is no such rule to break.
    public func serve(
        _ options: MockOptions,
        ready: (String) -> Void,
        until: () async -> Void
    ) async throws(HarnessError) {
        var settings = MockSettings(
            host: options.host, port: options.port, seed: options.seed, credentials: accepted)
        settings.breaches = try breaches(options.breaking)
        settings.latency = options.latency
        settings.faults = options.faults
        settings.isOpenToOrigins = options.isOpenToOrigins
        let server: MockServer
        do {
            server = try await MockServer.start(versions: versions, settings: settings)
        } catch {
            throw .notPossible("mock.start", error.message, help: error.help)
        }
        ready(server.baseURL)
        await until()
        try? await server.stop()
    }

    private func breaches(_ wanted: [String]) throws(HarnessError) -> [Breach] {
        guard !wanted.isEmpty else { return [] }
        let all = versions.flatMap { BreachCatalogue.breaches(of: $0.contract) }
        var problems: [Diagnostic] = []
        for text in wanted where !all.contains(where: { $0.isMeant(by: text) }) {
            let near = nearestName(to: text, among: all.flatMap { ["\($0.rule)@\($0.operation)", $0.rule] })
            problems.append(
                Diagnostic(
                    "mock.break", .error, "the contracts have nothing that '\(text)' could break",
                    help: near.map { "did you mean '\($0)'?" } ?? "assay strength --report json lists all that can be"))
        }
        guard problems.isEmpty else { throw HarnessError(.wrongInput, Diagnostics(problems)) }
        return all.filter { breach in wanted.contains { breach.isMeant(by: $0) } }
    }
}
