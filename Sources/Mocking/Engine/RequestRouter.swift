import Exchanges
import OpenAPI

/// Finds out what requests mean, which takes nothing that is remembered: so several threads may ask at once.
final class RequestRouter: Sendable {
    private let versions: [MockVersion]
    private let basePaths: [String]
    /// The paths below which the mock itself is addressed; below the base path of a contract first.
    private let reservedPaths: [String]
    private let operations: [ServedOperations]
    /// Whether some contract has paths that look like those of the mock.
    private let hasLookalikes: Bool

    init(_ versions: [MockVersion]) {
        self.versions = versions
        basePaths = versions.map { MockEngine.basePath(of: $0.contract) }
        reservedPaths = (basePaths + [""]).map { $0 + MockEngine.reserved }
        operations = versions.map { ServedOperations($0) }
        hasLookalikes =
            basePaths.contains { Self.remainder(of: $0, below: MockEngine.reserved) != nil }
            || versions.contains { $0.contract.operations.contains { Self.isLookalike($0.path) } }
    }

    /// The path below the reserved one; `nil` for requests to the API. A path of a contract takes precedence.
    func reservedPath(of request: RequestMessage) -> String? {
        let path = request.path
        for reserved in reservedPaths {
            guard let rest = Self.remainder(of: path, below: reserved) else { continue }
            return hasLookalikes && belongsToContract(path, insteadOf: reserved) ? nil : rest
        }
        return nil
    }

    /// Whether a path below a reserved one is the API's: a contract's base path reaches further, or a path template
    /// of a contract begins with the reserved text itself. A template such as `/{owner}/{name}` does not count.
    private func belongsToContract(_ path: String, insteadOf reserved: String) -> Bool {
        for index in versions.indices {
            guard let rest = Self.remainder(of: path, below: basePaths[index]) else { continue }
            if basePaths[index].utf8.starts(with: reserved.utf8) { return true }
            let contract = operations[index].contract
            let isKnown = contract.operations.contains { operation in
                guard Self.isLookalike(operation.path),
                    case .operation(let found, _) = contract.route(method: operation.method, path: rest)
                else { return false }
                return Self.isLookalike(found.path)
            }
            if isKnown { return true }
        }
        return false
    }

    private static func isLookalike(_ path: String) -> Bool { remainder(of: path, below: MockEngine.reserved) != nil }

    /// The request, read and judged; `nil` when no contract is served.
    func incoming(_ request: RequestMessage) -> IncomingRequest? {
        guard !versions.isEmpty else { return nil }
        let found = choice(for: request, request.path)
        return IncomingRequest(
            request, path: found.path, choice: found.choice, in: operations[found.choice.index], routed: found.route)
    }

    /// The operation that a request calls, by name.
    func operation(of request: RequestMessage) -> String? {
        guard !versions.isEmpty else { return nil }
        let found = choice(for: request, request.path)
        let route = operations[found.choice.index].contract.route(method: Self.meant(request.method), path: found.path)
        guard case .operation(let operation, _) = route else { return nil }
        return operation.name
    }

    /// The methods that the path of a request has, in some contract.
    func allowedMethods(for request: RequestMessage) -> [String] {
        var found: [String] = []
        for index in versions.indices {
            guard let rest = Self.remainder(of: request.path, below: basePaths[index]) else { continue }
            // No path has a method of this name, so all that it has are told.
            let route = operations[index].contract.route(method: "", path: rest)
            guard case .methodNotAllowed(let methods) = route else { continue }
            found += methods.filter { !found.contains($0) }
        }
        return found
    }

    /// The methods that the contracts declare.
    var methods: Set<String> { Set(versions.flatMap { $0.contract.operations.map(\.method) }) }

    // MARK: Which contract

    private struct Candidate {
        var choice: IncomingRequest.ContractChoice
        var path: String
        /// Where it leads, for a request that was tried with its own method.
        var route: Route?
    }

    /// The contract that a request means: by base path, by version header, then by path and method.
    private func choice(for request: RequestMessage, _ path: String) -> Candidate {
        var first: Candidate?
        var firstKnown: Candidate?
        for index in versions.indices {
            guard let rest = Self.remainder(of: path, below: basePaths[index]) else { continue }
            var candidate = Candidate(choice: IncomingRequest.ContractChoice(index: index), path: rest)
            choose(&candidate.choice, by: versions[index].behaviour?.version, request)
            if candidate.choice.problem == nil {
                let method = Self.meant(request.method)
                let route = operations[index].contract.route(method: method, path: rest)
                if method == request.method { candidate.route = route }
                if case .operation = route { return candidate }
                firstKnown = firstKnown ?? candidate
            }
            first = first ?? candidate
        }
        // Below no base path at all there is nothing: the first contract says so.
        return firstKnown ?? first ?? Candidate(choice: IncomingRequest.ContractChoice(index: 0), path: "//")
    }

    private func choose(
        _ choice: inout IncomingRequest.ContractChoice, by rule: VersionRule?, _ request: RequestMessage
    ) {
        guard let rule else { return }
        guard let header = request.headers.joined(rule.header), !header.isEmpty else {
            choice.version = rule.values.first
            choice.problem = .missing
            return
        }
        choice.version = header
        choice.problem = rule.values.contains { $0.utf8.elementsEqual(header.utf8) } ? nil : .unknown
    }

    /// Contracts are tried with `GET` for `HEAD`.
    private static func meant(_ method: String) -> String { method == "HEAD" ? "GET" : method }

    /// What follows `base` in `path`, starting with a slash; `nil` when `path` is not below it.
    private static func remainder(of path: String, below base: String) -> String? {
        guard path.utf8.starts(with: base.utf8) else { return nil }
        let rest = path.utf8.dropFirst(base.utf8.count)
        if rest.isEmpty { return "/" }
        return rest.first == UInt8(ascii: "/") ? String(decoding: rest, as: UTF8.self) : nil
    }
}
