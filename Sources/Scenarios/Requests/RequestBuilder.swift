public import Exchanges
internal import JSONDocument
internal import JSONSchema
internal import OpenAPI
internal import Primitives

/// Combines body, `set` items, defaults and credentials. Pure: no clock, no network.
public enum RequestBuilder {
    /// Builds the request of one step.
    ///
    /// - Parameters:
    ///   - step: A step with a request.
    ///   - scope: The values available to its templates.
    ///   - credentials: The credentials to send; a header in `set` takes precedence.
    ///   - baseURL: Absolute, http or https; the step's path is appended to its path.
    ///   - userAgent: The `user-agent` header; none if `nil`.
    ///   - common: Headers of every request; a header of the row or of `credentials` takes precedence.
    /// - Throws: ``ValueFailure`` if a value is not available or the request is not valid HTTP.
    public static func build(
        _ step: Step,
        scope: ValueScope,
        credentials: Credentials,
        baseURL: String,
        userAgent: String? = nil,
        common: [HeaderField] = []
    ) throws(ValueFailure) -> BuiltRequest {
        let base = try AddressText.base(baseURL)
        let common = scope.time.clock == nil ? common : common + [scope.branchField]
        var draft = RequestDraft(
            set: try SetValues(step, scope: scope), isInvalid: step.options.isInvalid, common: common)
        var target: RequestTarget
        switch step.call {
        case .wait: throw .invalid("a pause sends no request")
        case .delivery: throw .invalid("a step that awaits a delivery sends no request")
        case .unmapped(let event): throw .invalid("the target cannot trigger the event '\(event)'")
        case .clock: target = RequestTarget(method: "POST", writtenPath: MockAddress.clock)
        case .reserved(let method, let path), .undeclared(let method, let path):
            target = RequestTarget(method: method, writtenPath: path)
        case .operation(let operation, _):
            try draft.addParameters(of: operation, credentials: credentials)
            target = RequestTarget(method: operation.method, writtenPath: "")
            target.path = try draft.filledPath(operation)
        }
        try draft.addUndeclared(besides: step.call.operation)
        try draft.addCredentials(credentials)
        var builder = RequestBodyBuilder(step: step, scope: scope, set: draft.set)
        if case .clock(let change) = step.call {
            builder.step = step.with(
                request: StepRequest(body: .example(change.body(in: scope), location: step.location)))
        }
        let body = try builder.build()
        draft.addNegotiation(operation: step.call.operation, body: body, userAgent: userAgent)

        let query = ([target.query] + draft.query).filter { !$0.isEmpty }.joined(separator: "&")
        let url = base + target.path + (query.isEmpty ? "" : "?\(query)")
        guard URIReference.isLegalURL(url) else {
            // The query may contain credentials and is not shown.
            let shown = FieldRules.visible(target.path)
            throw .invalid("the URL of \(shown) contains characters that must be percent-encoded")
        }
        return BuiltRequest(
            message: RequestMessage(method: target.method, url: url, headers: try draft.headers(), body: body.bytes),
            body: body.value,
            parameters: draft.parameters,
            path: target.path,
            pathValues: draft.pathValues
        )
    }
}

/// Method, path and fixed query of a request.
struct RequestTarget {
    var method: String
    var path: String
    var query = ""

    /// Creates a target from a path as written by a user, with an optional query.
    init(method: String, writtenPath: String) {
        self.method = method
        let parts = writtenPath.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = AddressText.path(parts.first.map(String.init) ?? "")
        if path.utf8.first != UInt8(ascii: "/") { path = "/" + path }
        if parts.count > 1 { query = AddressText.query(String(parts[1])) }
    }
}
