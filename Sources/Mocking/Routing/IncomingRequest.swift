import Exchanges
import JSONDocument
import OpenAPI
import Primitives

/// A request to a contract, and everything that is known about it without the state.
///
/// A class, because every stage uses it and none changes it.
final class IncomingRequest: Sendable {
    let message: RequestMessage
    /// The method of the operation: `GET` for `HEAD`, which requests the same without its body.
    let method: String
    /// Percent-encoded, below the base path of the contract.
    let path: String
    /// Percent-encoded; `nil` when there is none.
    let query: String?
    /// The body, where it is JSON, or a form of the operation.
    let document: JSONDocument?
    /// The version that the request chose.
    let choice: VersionChoice
    let contract: ServedContract
    let route: Route
    /// The operation that the request calls, if any.
    let served: ServedOperation?
    /// Its deviations from the contract; empty where it calls no operation.
    let issues: [RequestIssue]

    init(
        _ message: RequestMessage, path: String, choice: VersionChoice, of served: ServedContract,
        routed: Route? = nil
    ) {
        self.message = message
        self.path = path
        self.choice = choice
        contract = served
        query = message.query
        let json = message.body.flatMap { $0.isEmpty ? nil : try? JSONDocument(parsing: $0) }
        var method = message.method
        var route = routed ?? served.contract.route(method: method, path: path)
        // A resource that supports GET supports HEAD (RFC 9110, section 9.3.2).
        if case .methodNotAllowed(let methods) = route, method == "HEAD", methods.contains("GET") {
            method = "GET"
            route = served.contract.route(method: method, path: path)
        }
        self.method = method
        self.route = route
        guard case .operation(let operation, let pathValues) = route, let called = served[operation] else {
            self.served = nil
            issues = []
            document = json
            return
        }
        self.served = called
        document = json ?? Self.form(message, operation)
        let wire = WireRequest(
            method: method, path: path, query: query, headers: message.headers.map { ($0.name, $0.value) },
            body: message.body)
        issues = called.requestRules.issues(in: wire, pathValues: pathValues, read: json)
    }

    /// The members of a form, as the operation describes it; `nil` for any other body.
    private static func form(_ message: RequestMessage, _ operation: OpenAPI.Operation) -> JSONDocument? {
        guard let body = message.body, !body.isEmpty, let type = message.headers.joined("content-type"),
            MediaTypeName(type)?.isForm == true,
            let form = FormReader.form(body, as: operation.requestBody?.mediaType(for: type))
        else { return nil }
        return JSONDocument(form.value)
    }

    /// The operation that the request calls, if any.
    var operation: OpenAPI.Operation? { served?.operation }

    /// The content coding of a body that the mock would have to decode first (RFC 9110, section 8.4); `nil` for none.
    var contentCoding: String? {
        guard message.body?.isEmpty == false, let value = header("content-encoding") else { return nil }
        let codings = value.lowercased().split(separator: ",").map { $0.filter { $0 != " " && $0 != "\t" } }
        return codings.allSatisfy { $0.isEmpty || $0 == "identity" } ? nil : headerSafe(value)
    }

    /// Path and query as sent.
    var target: String { path + (query.map { "?" + $0 } ?? "") }

    func pathValue(_ name: String) -> String? {
        guard case .operation(_, let pathValues) = route else { return nil }
        return pathValues.first { $0.name.isSame(as: name) }.map {
            PercentEncoding.decodedLeniently($0.text)
        }
    }

    /// The first value of a query parameter, in which `+` is a space.
    func query(_ name: String) -> String? {
        for pair in (query ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let first = parts.first,
                PercentEncoding.decodedLeniently(first, plusIsBlank: true).isSame(as: name)
            else { continue }
            return parts.count > 1 ? PercentEncoding.decodedLeniently(parts[1], plusIsBlank: true) : ""
        }
        return nil
    }

    /// All lines of a header as one text (RFC 9110, section 5.3); `nil` when there is none.
    func header(_ name: String) -> String? { message.headers.joined(name) }
}

extension [HeaderField] {
    /// All lines of that name as one text (RFC 9110, section 5.3); `nil` when there is none.
    func joined(_ name: String) -> String? {
        guard let index = firstIndex(where: { $0.isNamed(name) }) else { return nil }
        let others = self[(index + 1)...].filter { $0.isNamed(name) }
        return others.isEmpty ? self[index].value : ([self[index]] + others).map(\.value).joined(separator: ", ")
    }
}
