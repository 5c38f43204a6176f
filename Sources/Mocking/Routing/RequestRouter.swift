import Exchanges
import OpenAPI
import Primitives

/// A request with its destination. Each request is routed once.
enum RoutedRequest: Sendable {
    /// To the mock itself; the path is the part after the reserved one.
    case control(RequestMessage, path: String)
    /// To a contract.
    case served(IncomingRequest)
    /// No contract is served.
    case unserved(RequestMessage)

    /// The request as it was sent.
    var message: RequestMessage {
        switch self {
        case .control(let message, _), .unserved(let message): message
        case .served(let incoming): incoming.message
        }
    }

    /// Whether the request is for the mock itself.
    var isControl: Bool {
        if case .control = self { true } else { false }
    }
}

/// Finds the contract and the operation of requests. It does not need the state, so several threads can use it at once.
final class RequestRouter: Sendable {
    private let contracts: [ServedContract]
    private let basePaths: [String]
    /// The paths of the mock itself; the one below the base path of a contract is first.
    private let reservedPaths: [String]
    /// Whether a contract has paths that look like those of the mock.
    private let hasLookalikes: Bool
    private let memory = RouteMemory()

    init(_ contracts: [ServedContract]) {
        self.contracts = contracts
        let basePaths = contracts.map { MockEngine.basePath(of: $0.contract) }
        self.basePaths = basePaths
        reservedPaths = (basePaths + [""]).map { $0 + MockControl.path }
        hasLookalikes =
            basePaths.contains { Self.remainder(of: $0, below: MockControl.path) != nil }
            || contracts.contains { $0.contract.operations.contains { Self.isLookalike($0.path) } }
    }

    /// Parses a request, finds its destination, and checks it against the contract.
    func route(_ request: RequestMessage) -> RoutedRequest {
        memory.value(request) { routed(request) }
    }

    private func routed(_ request: RequestMessage) -> RoutedRequest {
        let path = request.path
        if let reserved = reservedPath(of: path) { return .control(request, path: reserved) }
        guard !contracts.isEmpty else { return .unserved(request) }
        let found = choice(for: request, path)
        return .served(
            IncomingRequest(
                request, path: found.path, choice: found.choice, of: contracts[found.choice.index],
                routed: found.route))
    }

    /// The methods that the contracts declare for the path of a request.
    func allowedMethods(for request: RequestMessage) -> [String] {
        var found: [String] = []
        for index in contracts.indices {
            guard let rest = Self.remainder(of: request.path, below: basePaths[index]) else { continue }
            // No path has a method with an empty name, so the route lists all methods of the path.
            let route = contracts[index].contract.route(method: "", path: rest)
            guard case .methodNotAllowed(let methods) = route else { continue }
            found += methods.filter { !found.contains($0) }
        }
        return found
    }

    /// The methods that the contracts declare.
    var methods: Set<String> { Set(contracts.flatMap { $0.contract.operations.map(\.method) }) }

    // MARK: Reserved paths

    /// The path below the reserved one; `nil` for requests to the API. A path of a contract takes precedence.
    private func reservedPath(of path: String) -> String? {
        for reserved in reservedPaths {
            guard let rest = Self.remainder(of: path, below: reserved) else { continue }
            return hasLookalikes && belongsToContract(path, insteadOf: reserved) ? nil : rest
        }
        return nil
    }

    /// Whether a path below a reserved one belongs to the API: a contract's base path is longer, or a path template of
    /// a contract begins with the reserved text itself. A template such as `/{owner}/{name}` does not count.
    private func belongsToContract(_ path: String, insteadOf reserved: String) -> Bool {
        for index in contracts.indices {
            guard let rest = Self.remainder(of: path, below: basePaths[index]) else { continue }
            if basePaths[index].utf8.starts(with: reserved.utf8) { return true }
            let contract = contracts[index].contract
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

    private static func isLookalike(_ path: String) -> Bool { remainder(of: path, below: MockControl.path) != nil }

    // MARK: Which contract

    /// The path of a request that is below no base path; no template matches it.
    static let outside = "//"

    private struct Candidate {
        var choice: VersionChoice
        var path: String
        /// The route of a request that was tried with its own method.
        var route: Route?
    }

    /// The contract of a request: by base path, then by version header, then by path and method.
    private func choice(for request: RequestMessage, _ path: String) -> Candidate {
        var first: Candidate?
        var firstKnown: Candidate?
        for index in contracts.indices {
            guard let rest = Self.remainder(of: path, below: basePaths[index]) else { continue }
            var candidate = Candidate(
                choice: VersionChoice(index, contracts[index].behaviour?.checks.version, request), path: rest)
            if candidate.choice.problem == nil {
                // Contracts are tried with `GET` for `HEAD`.
                let method = request.method == "HEAD" ? "GET" : request.method
                let route = contracts[index].contract.route(method: method, path: rest)
                if method == request.method { candidate.route = route }
                if case .operation = route { return candidate }
                firstKnown = firstKnown ?? candidate
            }
            first = first ?? candidate
        }
        // A path below no base path is unknown. The first contract defines the response.
        return firstKnown ?? first ?? Candidate(choice: VersionChoice(index: 0), path: Self.outside)
    }

    /// The rest of `path` after `base`, starting with a slash; `nil` when `path` is not below it.
    private static func remainder(of path: String, below base: String) -> String? {
        guard path.utf8.starts(with: base.utf8) else { return nil }
        let rest = path.utf8.dropFirst(base.utf8.count)
        if rest.isEmpty { return "/" }
        return rest.first == UInt8(ascii: "/") ? String(decoding: rest, as: UTF8.self) : nil
    }
}

/// The contract of a request, and the error in its version header.
struct VersionChoice: Sendable {
    /// The index of the contract.
    let index: Int
    /// The name by which clients choose the contract.
    let version: String?
    let problem: Mismatch?

    enum Mismatch: Sendable { case missing, unknown }

    /// The choice of a contract without a version header.
    init(index: Int) {
        self.index = index
        version = nil
        problem = nil
    }

    /// Reads the version header of a request.
    init(_ index: Int, _ rule: VersionRule?, _ request: RequestMessage) {
        self.index = index
        guard let rule else {
            version = nil
            problem = nil
            return
        }
        guard let header = request.headers.joined(rule.header), !header.isEmpty else {
            version = rule.values.first
            problem = .missing
            return
        }
        version = header
        problem = rule.values.contains { $0.isSame(as: header) } ? nil : .unknown
    }
}
