public import Diagnostics
import JSONSchema
public import OpenAPI
import Primitives

/// Checks names in the configuration against the contracts.
///
/// A promise with an unknown name would otherwise be disabled silently.
public struct ConfiguredNames {
    /// A name that matches nothing in any contract.
    public struct Mismatch: Sendable, Equatable {
        /// The place of the name in the configuration: keys from the root, list positions as digits.
        public var place: [String]
        /// A description of the mismatch.
        public var message: String
        /// The remedy.
        public var help: String?
        /// An error, or a warning if the name may be correct although no contract has it.
        public var severity: Severity
    }

    let contracts: [Contract]
    /// The mismatches, in the order of the checks.
    public private(set) var mismatches: [Mismatch] = []

    /// Names are searched in all of `contracts`.
    public init(_ contracts: [Contract]) {
        self.contracts = contracts
    }

    var operations: [OpenAPI.Operation] { contracts.flatMap(\.operations) }

    // MARK: Promises

    /// Checks every name in `promises`.
    public mutating func check(_ promises: Promises) {
        for resource in promises.resources { check(resource) }
        check(promises.money)
        func place(_ keys: String...) -> [String] { ["promises"] + keys }
        if let promise = promises.idempotency {
            checkHeader(promise.header, of: .request, at: place("idempotency", "header"))
            if let echo = promise.echo { checkHeader(echo, of: .response, at: place("idempotency", "echo")) }
            if let flag = promise.replayed {
                checkHeader(flag.header, of: .response, at: place("idempotency", "replayed"))
            }
        }
        if let promise = promises.rateLimit {
            for (key, name) in [
                ("limit", promise.limit), ("remaining", promise.remaining), ("retry", promise.retry),
            ] {
                if let name { checkHeader(name, of: .response, at: place("rate-limit", key)) }
            }
        }
        for echo in promises.echoes {
            checkHeader(echo.request, of: .request, at: place("echo", echo.request))
            checkHeader(echo.response, of: .response, at: place("echo", echo.request))
        }
    }

    private mutating func check(_ resource: ResourcePromise) {
        let place = ["promises", "resources", resource.name]
        var named: [OpenAPI.Operation] = []
        for (key, names) in [("create", resource.create), ("fetch", resource.fetch)] {
            for (index, name) in names.enumerated() { named += found(name, at: place + [key, String(index)]) }
        }
        if let promise = resource.oneEffect {
            for (index, name) in promise.operations.enumerated() {
                _ = found(name, at: place + ["one-effect", "on", String(index)])
            }
            for count in promise.counts {
                let key = place + ["one-effect", "count", count.operation]
                _ = found(count.operation, at: key)
                let lists = found(count.call, at: key + ["call"])
                if !lists.isEmpty {
                    check(count.items, in: lists.flatMap(Self.schemas), at: key + ["items"], "of the list")
                }
            }
        }
        // Without its operations, the members of a resource are unknown.
        guard !named.isEmpty else { return }
        let parameters = named.flatMap(\.parameters).filter { $0.place == .path }.map(\.name)
        if !parameters.contains(where: { $0.isSame(as: resource.id) }) {
            checkMember(
                [.name(resource.id)], resource.id, in: named.flatMap(Self.responseSchemas), besides: parameters,
                at: place + ["id"], "of '\(visibleText(resource.name))'")
        }
        for final in resource.final {
            checkMember(
                [.name(final.member)], final.member, in: named.flatMap(Self.responseSchemas), besides: [],
                at: place + ["final", final.member], "of '\(visibleText(resource.name))'")
        }
        for (index, path) in resource.except.enumerated() {
            check(
                path, in: named.flatMap(Self.schemas), at: place + ["except", String(index)],
                "of '\(visibleText(resource.name))'")
        }
    }

    /// The operations with that name; none after a mismatch at `place`.
    private mutating func found(_ name: String, at place: [String]) -> [OpenAPI.Operation] {
        let found = operations.filter { $0.name.isSame(as: name) }
        guard found.isEmpty else { return found }
        let other = operations.first { $0.key.isSame(as: name) }
        add(
            place, "no contract has the operation '\(visibleText(name))'",
            near: other?.name ?? nearestName(to: name, among: operations.map(\.name)))
        return []
    }

    // MARK: Paths, tags and schemes

    /// Checks paths that are excluded from comparisons.
    public mutating func checkVolatile(_ paths: [String]) {
        // The schemas of a large document are many.
        guard !paths.isEmpty else { return }
        let schemas = operations.flatMap(Self.schemas)
        for (index, text) in paths.enumerated() {
            guard let path = try? ItemPath.parse(text) else { continue }
            check(path, in: schemas, at: ["volatile", String(index)], "of any message")
        }
    }

    /// Checks paths whose values are redacted. A message may have more members than the contract declares, so only a
    /// name that is similar to a declared one is certainly a mistake.
    public mutating func checkRedacted(_ paths: [String]) {
        guard !paths.isEmpty else { return }
        let schemas = operations.flatMap(Self.schemas)
        for (index, text) in paths.enumerated() {
            guard let path = try? ItemPath.parse(text) else { continue }
            let place = ["redact", String(index)]
            switch path.root {
            case .header(let name): checkHeader(name, of: nil, at: place)
            case .query(let name): checkParameter(name, .query, "query parameter", at: place)
            case .cookie(let name): checkParameter(name, .cookie, "cookie", at: place)
            default:
                guard let (name, candidates, _) = undeclared(path.segments, in: schemas) else { continue }
                add(
                    place, "no message of the contracts has the member '\(visibleText(name))'",
                    near: nearestName(to: name, among: candidates), isCertain: false)
            }
        }
    }

    /// Checks tags; `others` are those of scenarios and their rows.
    public mutating func checkTags(_ tags: [String], others: Set<String>) {
        let known = Set(operations.flatMap(\.annotations.tags)).union(others)
        for (index, tag) in tags.enumerated() where !known.contains(tag) {
            add(
                ["strict-tags", String(index)], "no operation, scenario or row has the tag '\(visibleText(tag))'",
                near: nearestName(to: tag, among: known.sorted()), otherwise: "add it to a row, or remove it here")
        }
    }

    // MARK: Looking up

    private mutating func check(
        _ path: ItemPath, in schemas: [Schema], at place: [String], _ whose: String
    ) {
        switch path.root {
        case .body:
            // `body.x` explicitly refers to the member, even if no schema declares it.
            checkMember(
                path.segments, path.text, in: schemas, besides: [], at: place, whose,
                isPath: true, isBare: path.isBare)
        case .header(let name): checkHeader(name, of: nil, at: place)
        case .query(let name): checkParameter(name, .query, "query parameter", at: place)
        case .cookie(let name): checkParameter(name, .cookie, "cookie", at: place)
        case .path, .partHeader, .status, .time, .operation, .tag, .method, .requestPath: break
        }
    }

    private mutating func checkMember(
        _ segments: [ItemPath.Segment], _ text: String, in schemas: [Schema], besides others: [String],
        at place: [String], _ whose: String, isPath: Bool = false, isBare: Bool = true
    ) {
        guard let (name, candidates, isClosed) = undeclared(segments, in: schemas) else { return }
        if isPath, !isBare, !isClosed { return }
        let near = nearestName(to: name, among: candidates + others)
        let message = "no body \(whose) has the member '\(visibleText(name))'"
        if near != nil { return add(place, message, near: near) }
        let known = (candidates + others).prefix(8).map { visibleText($0) }.joined(separator: ", ")
        mismatches.append(
            Mismatch(
                place: place, message: message,
                help: isPath && !isClosed
                    ? "write body.\(visibleText(text)) for a member that no schema declares"
                    : known.isEmpty ? nil : "members: \(known)",
                severity: .error))
    }

    /// The first name on a path that no schema has, with the existing names; `nil` if a schema has the path or allows
    /// undeclared members.
    private func undeclared(
        _ segments: [ItemPath.Segment], in schemas: [Schema]
    ) -> (name: String, candidates: [String], isClosed: Bool)? {
        var names: [String] = []
        var candidates: [String] = []
        var isClosed = true
        var longest = 0
        for schema in schemas {
            // A list is searched in its elements.
            for start in [schema.view, schema.view?.items].compactMap({ $0 }) {
                switch SchemaWalk(start, segments) {
                case .declared, .untyped: return nil
                case .undeclared(let name, let known, let closed):
                    let depth = segments.firstIndex { if case .name(name) = $0 { true } else { false } } ?? 0
                    if depth > longest {
                        (names, candidates, longest) = ([], [], depth)
                    }
                    isClosed = isClosed && closed
                    guard depth == longest else { continue }
                    names.append(name)
                    candidates += known.filter { !candidates.contains($0) }
                case .impossible: continue
                }
            }
        }
        return names.first.map { ($0, candidates, isClosed) }
    }

    private enum Direction {
        case request, response
    }

    /// Headers that any message may have, regardless of the contract (RFC 9110; RFC 6265, section 4).
    private static let standard: Set<String> = [
        "accept", "allow", "authorization", "content-length", "content-type", "cookie", "date", "etag", "host",
        "last-modified", "link", "location", "proxy-authorization", "retry-after", "server", "set-cookie",
        "user-agent", "vary", "www-authenticate",
    ]

    private mutating func checkHeader(_ name: String, of direction: Direction?, at place: [String]) {
        var known: [String] = []
        if direction != .response {
            known += operations.flatMap(\.parameters).filter { $0.place == .header }.map(\.name)
            known += contracts.flatMap(\.securitySchemes).compactMap { Self.key($0, in: .header) }
        }
        if direction != .request { known += operations.flatMap(\.responses).flatMap { $0.headers.map(\.name) } }
        let folded = name.lowercasedASCII
        guard !Self.standard.contains(folded), !known.contains(where: { $0.lowercasedASCII == folded }) else { return }
        let message = "no \(direction == .request ? "request" : "response") of the contracts has the header "
        add(place, message + "'\(visibleText(name))'", near: nearestName(to: name, among: known), isCertain: false)
    }

    private mutating func checkParameter(
        _ name: String, _ kind: ParameterPlace, _ what: String, at place: [String]
    ) {
        var known = operations.flatMap(\.parameters).filter { $0.place == kind }.map(\.name)
        known += contracts.flatMap(\.securitySchemes).compactMap { Self.key($0, in: kind) }
        guard !known.contains(where: { $0.isSame(as: name) }) else { return }
        add(
            place, "no request of the contracts has the \(what) '\(visibleText(name))'",
            near: nearestName(to: name, among: known), isCertain: false)
    }

    private static func key(_ scheme: SecurityScheme, in kind: ParameterPlace) -> String? {
        guard case .apiKey(let name, let place) = scheme.kind, place == kind else { return nil }
        return name
    }

    private static func responseSchemas(_ operation: OpenAPI.Operation) -> [Schema] {
        operation.responses.flatMap(\.content).compactMap(\.schema)
    }

    static func schemas(_ operation: OpenAPI.Operation) -> [Schema] {
        responseSchemas(operation) + (operation.requestBody?.content ?? []).compactMap(\.schema)
    }

    mutating func add(
        _ place: [String], _ message: String, near: String?, otherwise: String? = nil, isCertain: Bool = true
    ) {
        mismatches.append(
            Mismatch(
                place: place, message: message, help: near.map { "did you mean `\(visibleText($0))`?" } ?? otherwise,
                severity: isCertain || near != nil ? .error : .warning))
    }
}
