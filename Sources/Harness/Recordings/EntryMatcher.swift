import Exchanges
import OpenAPI
import Project
import Recordings

/// Finds the operation that a recorded request calls.
///
/// Recordings of browsers and proxies contain traffic to many hosts. If some entry goes to a host that the contract
/// declares, only entries to such hosts count. Otherwise the path decides, because a sandbox has another host name than
/// production.
struct EntryMatcher {
    private let contract: Contract
    /// Paths of the contract's servers as segments, longest first; `*` matches any one segment.
    private let basePaths: [[Substring]]
    /// Whether the contract declares a host, by scheme, host and port as entries write them.
    private let declared: [Substring: Bool]
    private let ignoresHosts: Bool

    init(_ contract: Contract, for entries: [RecordedExchange]) {
        self.contract = contract
        let servers = (contract.servers + contract.operations.flatMap(\.servers)).map(ServerAddresses.init)
        var paths: [[Substring]] = []
        for path in servers.flatMap(\.paths) + [""] {
            let segments = path.split(separator: "/")
            if !paths.contains(segments) { paths.append(segments) }
        }
        basePaths = paths.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
            .map(\.element)
        // Thousands of entries go to few hosts.
        var declared: [Substring: Bool] = [:]
        for entry in entries {
            let origin = Self.origin(of: entry.request)
            guard declared[origin] == nil else { continue }
            let host = HostName(ofURL: String(origin))
            declared[origin] = host.map { host in servers.contains { $0.contains(host) } } ?? false
        }
        self.declared = declared
        ignoresHosts = !declared.values.contains(true)
    }

    /// Scheme, host and port of a URL, unchanged.
    private static func origin(of request: RequestMessage) -> Substring {
        var slashes = 0
        let end = request.url.utf8.firstIndex { byte in
            if byte == UInt8(ascii: "/") { slashes += 1 }
            return slashes == 3 || slashes == 2 && (byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#"))
        }
        return request.url[..<(end ?? request.url.endIndex)]
    }

    /// The operation of `request`; `nil` when no operation of the contract has its method and path.
    func operation(of request: RequestMessage) -> Operation? {
        guard isToServer(request) else { return nil }
        for path in pathsBelowServers(of: request) {
            if case .operation(let operation, _) = contract.route(method: request.method, path: path) {
                return operation
            }
        }
        return nil
    }

    /// Whether the request goes to a host that may be the API's.
    func isToServer(_ request: RequestMessage) -> Bool {
        ignoresHosts || declared[Self.origin(of: request)] == true
    }

    /// The declared operation that is most like `request`, as `GET /books/{book_id}`.
    func nearestOperation(to request: RequestMessage) -> String? {
        let wanted = pathsBelowServers(of: request).first?.split(separator: "/") ?? []
        func likeness(_ operation: Operation) -> Int {
            let segments = operation.path.split(separator: "/")
            let equal = zip(segments, wanted).count { $0 == $1 || $0.contains("{") }
            return 3 * equal - abs(segments.count - wanted.count) * 2
                + (operation.method == request.method.uppercased() ? 1 : 0)
        }
        let best = contract.operations.max { likeness($0) < likeness($1) }
        return best.map { "\($0.method) \($0.path)" }
    }

    /// The remaining paths after the path of each matching server, longest server path first.
    private func pathsBelowServers(of request: RequestMessage) -> [String] {
        let path = request.path
        let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        return basePaths.compactMap { base in
            guard segments.count >= base.count, zip(base, segments).allSatisfy({ $0 == "*" || $0 == $1 }) else {
                return nil
            }
            return "/" + segments.dropFirst(base.count).joined(separator: "/")
        }
    }
}
