import Diagnostics
import Exchanges
import OpenAPI
import Project
import Scenarios

/// Rejects requests that could change something on a production target, unless the user allows them.
struct ProductionGuard {
    let servers: [Server]
    /// The addresses of a name; resolved only where a name and the contract's servers could be the same machine.
    var addresses: @Sendable (HostName) -> [HostName] = { $0.addresses() }

    /// How many production names are resolved at most.
    private static let mostResolved = 16

    /// A guard that knows the servers of `contracts`, including those of single operations.
    init(_ contracts: [Contract]) {
        var servers: [Server] = []
        for server in contracts.flatMap({ $0.servers + $0.operations.flatMap(\.servers) })
        where !servers.contains(server) {
            servers.append(server)
        }
        self.servers = servers
    }

    /// The rows of `plan` that would send an unsafe request to a production `target`.
    func problems(_ plan: Plan, _ target: Target) -> [Diagnostic] {
        let unsafe = plan.scenarios.filter { !$0.options.skip && $0.options.mode != .mock }.flatMap { scenario in
            scenario.steps.compactMap { step -> (Scenario, Step, String)? in
                guard !step.options.isSkipped, !step.options.mockOnly, let method = step.call.method,
                    !MethodSemantics.isSafe(method)
                else { return nil }
                return (scenario, step, method)
            }
        }
        // Names are resolved only where a request depends on the result.
        guard !unsafe.isEmpty, let reason = reason(target) else { return [] }
        return unsafe.map { scenario, step, method in
            Diagnostic(
                "target.production", .error,
                "\(target.name) is \(reason), and \(scenario.id) › \(step.name) sends \(method)",
                at: step.location,
                help:
                    "choose a sandbox, declare the target in assay.yaml with `production: false`, or pass --allow-production"
            )
        }
    }

    /// Why `target` counts as production; `nil` when it does not.
    ///
    /// The configuration decides where it says something about the target; otherwise the contract's production servers do.
    func reason(_ target: Target) -> String? {
        switch (target.production, target.kind) {
        case (true?, _): return "a production target"
        case (false?, _), (nil, .mock), (nil, .fixtures): return nil
        case (nil, .live(let baseURL)):
            guard let host = HostName(ofURL: baseURL), !host.isLocal else { return nil }
            return productionServer(host, baseURL).map { "the production server of the contract (\($0.location))" }
        }
    }

    /// The production server of the contract that `host` names, or whose addresses it shares under another name.
    private func productionServer(_ host: HostName, _ baseURL: String) -> Server? {
        let declared = servers.filter { ServerAddresses($0).contains(host) }
        if let server = declared.first(where: { $0.isProduction(baseURL) }) { return server }
        // A sandbox often shares its addresses with production: what the document declares, or what a label of the
        // name says, is better evidence than an address.
        guard declared.isEmpty, host.trialWord == nil else { return nil }
        let named = servers.flatMap { server in
            ServerAddresses(server).names.filter { server.isProduction("https://\($0.text)") }.map { (server, $0) }
        }
        guard !named.isEmpty else { return nil }
        let own = Set(host.isAddress ? [host] : addresses(host))
        return named.prefix(Self.mostResolved).first { !own.isDisjoint(with: addresses($0.1)) }?.0
    }
}

extension Call {
    /// The method that is sent; `nil` for a pause and for the mock's own routes, which no live target is sent.
    fileprivate var method: String? {
        switch self {
        case .operation(let operation, _): operation.method
        case .undeclared(let method, _): method
        case .reserved, .wait, .delivery, .clock, .unmapped: nil
        }
    }
}
