internal import Diagnostics
internal import Primitives

extension Operation {
    /// The issues of a request for this operation; empty if it follows the contract.
    ///
    /// Checks the method, every declared parameter (present if required, serialised in its style, valid against its
    /// schema), the media type of the body, and the body itself. Undeclared parameters and headers are not issues.
    /// Credentials are not checked.
    ///
    /// - Parameters:
    ///   - request: The request, sent or not.
    ///   - pathValues: The texts for the expressions of the path template, percent-encoded, as
    ///     ``Contract/route(method:path:)`` returns them.
    ///   - credentialSchemes: The schemes whose keys may also be declared as parameters.
    /// - Returns: Issues in the order method, parameters (as declared), body.
    public func issues(
        in request: WireRequest,
        pathValues: [(name: String, text: String)],
        credentialSchemes: [SecurityScheme] = []
    ) -> [RequestIssue] {
        var issues = methodIssues(in: request)
        for parameter in parameters where !parameter.isIgnored && !parameter.isCredential(of: credentialSchemes) {
            issues += parameter.issues(in: request, pathValues: pathValues, besides: queryNames(besides: parameter))
        }
        return issues + (requestBody?.issues(in: request) ?? [])
    }

    /// The first split of a path whose values match the path parameters, if a segment has several expressions.
    func fitting(_ splits: [[(name: String, text: String)]]) -> [(name: String, text: String)]? {
        let request = WireRequest(method: method, path: "")
        let declared = parameters.filter { $0.place == .path }
        return splits.first { values in
            declared.allSatisfy { $0.issues(in: request, pathValues: values, besides: []).isEmpty }
        }
    }

    func methodIssues(in request: WireRequest) -> [RequestIssue] {
        guard !request.method.isSame(as: method) else { return [] }
        return [
            RequestIssue(
                .method,
                "method",
                "is not the method of the operation",
                at: location,
                expected: method,
                actual: request.method
            )
        ]
    }

    /// The names of the query parameters other than `parameter`.
    public func queryNames(besides parameter: Parameter) -> [String] {
        guard parameter.place == .query else { return [] }
        return parameters.filter { $0.place == .query && !$0.isNamed(parameter.name) }.map(\.name)
    }

    /// The texts for the expressions of the path template in a path that ends with it, percent-encoded.
    ///
    /// Leading segments, such as the path of a server, are ignored.
    /// - Returns: `nil` if the path does not end with the template.
    public func pathValues(inTailOf path: String) -> [(name: String, text: String)]? {
        guard let template else { return nil }
        let segments = Array(path.utf8).split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        // There is also a segment before the first slash, which does not belong to the template.
        guard segments.count > template.count else { return nil }
        let own = segments.suffix(template.count)
        guard template.isAmbiguous else { return template.values(in: own) }
        return fitting(template.splits(of: own)) ?? template.values(in: own)
    }
}

extension Contract {
    /// The issues of a request, including its path and method.
    public func issues(in request: WireRequest) -> [RequestIssue] {
        switch route(method: request.method, path: request.path) {
        case .operation(let operation, let pathValues):
            // Lenient servers accept the method in another case, but the contract does not.
            return operation.issues(in: request, pathValues: pathValues, credentialSchemes: securitySchemes)
        case .methodNotAllowed(let methods):
            return [
                RequestIssue(
                    .method,
                    "method",
                    "is not declared for this path",
                    at: start,
                    expected: methods.joined(separator: ", "),
                    actual: request.method
                )
            ]
        case .unknownPath:
            return [
                RequestIssue(
                    .path(""),
                    "path",
                    "is not declared",
                    at: start,
                    expected: "a declared path",
                    actual: request.path
                )
            ]
        }
    }

    private var start: SourceLocation { SourceLocation(file: file, line: 1, column: 1) }
}

/// A request as sent, without scheme and host.
public struct WireRequest: Sendable {
    /// The method, as sent.
    public var method: String
    /// The path below the server's own path, percent-encoded.
    public var path: String
    /// The query without its `?`, percent-encoded; `nil` if there is none.
    public var query: String?
    /// The header lines in order.
    public var headers: [(name: String, value: String)]
    /// The body's bytes; `nil` if there is none.
    public var body: [UInt8]?

    /// Creates a request from its parts.
    public init(
        method: String,
        path: String,
        query: String? = nil,
        headers: [(name: String, value: String)] = [],
        body: [UInt8]? = nil
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
    }

    /// The values of every header line with that name, in order, ignoring ASCII case.
    public func header(_ name: String) -> [String] {
        headers.compactMap { $0.name.equalsIgnoringASCIICase(name) ? $0.value : nil }
    }
}
