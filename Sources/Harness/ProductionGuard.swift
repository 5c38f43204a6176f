import Diagnostics
import OpenAPI
import Project
import Scenarios

/// A production target is sent nothing that changes anything, unless that was allowed.
struct ProductionGuard {
    /// Methods that ask and change nothing (RFC 9110 §9.2.1).
    static let safeMethods = ["GET", "HEAD", "OPTIONS", "TRACE"]

    let servers: [Server]
    /// The addresses of a name; asked only when the target is given by address.
    var addresses: @Sendable (HostName) -> [HostName] = { $0.addresses() }

    /// A guard that knows the servers of `contracts`, those of single operations too.
    init(_ contracts: [Contract]) {
        var servers: [Server] = []
        for server in contracts.flatMap({ $0.servers + $0.operations.flatMap(\.servers) })
        where !servers.contains(server) {
            servers.append(server)
        }
        self.servers = servers
    }

    /// Every row of `plan` that would send `target` something unsafe.
    func problems(_ plan: Plan, _ target: Target) -> [Diagnostic] {
        guard let reason = reason(target) else { return [] }
        var found: [Diagnostic] = []
        for scenario in plan.scenarios where !scenario.skip && scenario.mode != .mock {
            for step in scenario.steps where !step.options.isSkipped && !step.options.mockOnly {
                guard let method = step.call.method, !Self.safeMethods.contains(method) else { continue }
                found.append(
                    Diagnostic(
                        "target.production", .error,
                        "\(target.name) is \(reason), and \(scenario.id) › \(step.name) sends \(method)",
                        at: step.location,
                        help: "choose a sandbox, or say --allow-production if you mean it"))
            }
        }
        return found
    }

    /// Why `target` counts as production; `nil` when it does not.
    ///
    /// What the configuration says of a target wins; where it says nothing, the contract's production servers tell.
    func reason(_ target: Target) -> String? {
        switch (target.production, target.kind) {
        case (true?, _): return "a production target"
        case (false?, _), (nil, .mock): return nil
        case (nil, .live(let baseURL)):
            guard let host = HostName(ofURL: baseURL), !host.isLocal else { return nil }
            let server = servers.first { server in
                guard let own = HostName(ofURL: server.url), server.isProduction(own) else { return false }
                return own == host || host.isAddress && !own.isAddress && addresses(own).contains(host)
            }
            return server.map { "the production server of the contract (\($0.location))" }
        }
    }
}

extension Server {
    /// Words of a host or description that mark a place for trying things out.
    private static let trialWords: Set<String> = [
        "sandbox", "test", "testing", "tests", "staging", "stage", "stg", "dev", "develop", "development", "local",
        "mock", "demo", "uat", "qa", "preview", "preprod", "nonprod", "example", "trial", "beta", "gamma",
    ]

    /// Whether real customers are behind the server: unless its host or its description says otherwise.
    fileprivate func isProduction(_ host: HostName) -> Bool {
        guard !host.isLocal else { return false }
        if host.text.words.dropLast().contains(where: Self.trialWords.contains) { return false }
        let words = description.words
        for (index, word) in words.enumerated() where ["production", "prod", "live"].contains(word) {
            let before = index > 0 ? words[index - 1] : ""
            return !["non", "pre", "not", "no"].contains(before)
        }
        return !words.contains(where: Self.trialWords.contains)
    }
}

extension String {
    /// The runs of ASCII letters and digits, in lower case.
    fileprivate var words: [String] {
        lowercased().utf8.split { !((0x30...0x39).contains($0) || (0x61...0x7A).contains($0)) }.map {
            String(decoding: $0, as: UTF8.self)
        }
    }
}

extension Call {
    /// The method that is sent; `nil` for a pause and for the mock's own routes, which no live target is sent.
    fileprivate var method: String? {
        switch self {
        case .operation(let operation, _): operation.method
        case .undeclared(let method, _): method
        case .reserved, .wait: nil
        }
    }
}
