package import Diagnostics
import Exchanges
import Foundation
package import Mocking
import OpenAPI
import Primitives
import Project
import Scenarios

/// A mock that is ready to be served.
package struct MockSession: Sendable {
    /// Warnings and notes about the input.
    package let diagnostics: Diagnostics

    /// The credentials that callers must send, if they are made up.
    package let madeUpCredentials: [(scheme: String, value: String)]

    private let versions: [MockVersion]
    private let accepted: [String: Set<String>]
    /// The members that are amounts, each as the names that lead to it.
    private let amounts: [[String]]

    /// Loads contracts and behaviour files.
    ///
    /// - Throws: `HarnessError` (exit 2) with every mistake in the input.
    package init(
        _ workspace: Workspace,
        _ choice: ContractChoice,
        environment: [String: String]
    ) throws(HarnessError) {
        let loaded = try workspace.contracts(choice)
        amounts = workspace.project.amountNames
        // The contract under test comes first, because the mock has the path of its server.
        let name = loaded.contracts.defaultName
        var served = try workspace.mockVersions(loaded)
        let webhookSecrets = SecretValues(names: workspace.project.secretNames, environment: environment, isMock: true)
        let signers = workspace.deliveryRules(
            loaded.contracts.all, secrets: webhookSecrets.values, environment: environment
        ).compactMapValues(\.signer)
        for index in served.indices { served[index].deliveries.signers = signers }
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
                real.redact(value).isSame(as: value)
                    && !given.contains { value.utf8.count >= $0.value.utf8.count && value.contains($0.value) }
            }
            .sorted { ($0.0, $0.1) < ($1.0, $1.1) }
    }

    /// Serves until `until` returns, then finishes the requests in progress.
    ///
    /// - Throws: `HarnessError`: exit 3 if the mock cannot listen on the address, 2 if a rule to break or an operation
    ///   to disturb is unknown.
    package func serve(
        _ options: MockOptions,
        over network: any Network,
        ready: (String) -> Void,
        until: () async -> Void
    ) async throws(HarnessError) {
        let (files, needed) = (
            OpenFiles.current, OpenFiles.neededToServe(cores: ProcessInfo.processInfo.activeProcessorCount)
        )
        guard files.limit - files.used >= needed else {
            throw OpenFiles.tooFew(files, needed: needed + files.used)
        }
        var settings = MockSettings(
            host: options.host, port: options.port, seed: options.seed, credentials: accepted)
        settings.contractFaults = try contractFaults(options.breaking)
        settings.disturbances.latency = options.latency
        settings.disturbances.faults = options.faults
        settings.isOpenToOrigins = options.isOpenToOrigins
        settings.acceptsAnyCredentials = options.acceptsAnyCredentials
        settings.limits.bodyBytes = options.maximumBody ?? settings.limits.bodyBytes
        settings.log = options.log
        try checkOperations(of: options.faults)
        var versions = versions
        // Only the URL that the user names is called outside of this machine.
        let client = options.webhookURL.map { _ in network.client(connections: 4, ConnectionSettings()) }
        for index in versions.indices {
            versions[index].deliveries.url = options.webhookURL
            guard let client else { continue }
            versions[index].deliveries.client = { request in await client.send(request, deadline: .seconds(10)) }
        }
        let server = try await network.serve(versions, settings)
        ready(server.baseURL)
        await until()
        try? await server.stop()
        await client?.shutdown()
    }

    private func checkOperations(of faults: [FaultRule]) throws(HarnessError) {
        let names = versions.flatMap { $0.contract.operations.map(\.name) }
        let problems = faults.compactMap { fault -> Diagnostic? in
            guard let operation = fault.operation, !names.contains(operation) else { return nil }
            return Diagnostic(
                "mock.fault", .error, "the contracts have no operation '\(operation)' for `--fault`",
                help: nearestName(to: operation, among: names).map { "did you mean `\($0)`?" }
                    ?? "list all operations with `assay list`")
        }
        guard problems.isEmpty else { throw HarnessError(.wrongInput, Diagnostics(problems)) }
    }

    private func contractFaults(_ wanted: [String]) throws(HarnessError) -> [ContractFault] {
        guard !wanted.isEmpty else { return [] }
        let all = versions.flatMap {
            FaultCatalogue.faults(of: $0, amounts: amounts) + FaultCatalogue.deliveryFaults(of: $0)
        }
        var problems: [Diagnostic] = []
        for text in wanted where !all.contains(where: { $0.isSelected(by: text) }) {
            let near = nearestName(to: text, among: all.flatMap { ["\($0.rule)@\($0.operation)", $0.rule] })
            problems.append(
                Diagnostic(
                    "mock.break", .error, "'\(text)' matches nothing in the contracts that could be broken",
                    help: near.map { "did you mean `\($0)`?" } ?? "list all faults with `assay strength --report json`")
            )
        }
        guard problems.isEmpty else { throw HarnessError(.wrongInput, Diagnostics(problems)) }
        return all.filter { fault in wanted.contains { fault.isSelected(by: $0) } }
    }
}

/// The settings of a served mock.
package struct MockOptions: Sendable {
    /// The address to listen on.
    package var host = "127.0.0.1"
    /// The port; 0 uses any free one.
    package var port = 0
    /// The seed of generated values.
    package var seed = "assay"
    /// The rules to break, as `ContractFault.isSelected(by:)` reads them.
    package var breaking: [String] = []
    /// The delay of responses.
    package var latency: Latency?
    /// The faults that damage responses in transit.
    package var faults: [FaultRule] = []
    /// Whether pages of other origins may read responses.
    package var isOpenToOrigins = false

    /// Whether any well-formed credentials are accepted.
    package var acceptsAnyCredentials = false
    /// The maximum size of a request body in bytes; `nil` for the usual limit.
    package var maximumBody: Int?
    /// The URL of deliveries whose rule names none; `nil` if they are not sent. It may be on another machine.
    package var webhookURL: String?
    /// Receives each request that got a response.
    package var log: (@Sendable (MockLogEntry) -> Void)?

    /// A mock without faults on any free port.
    package init() {}
}
