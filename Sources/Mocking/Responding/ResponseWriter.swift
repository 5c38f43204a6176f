import Exchanges
import OpenAPI
import Primitives

/// Adds the header fields of the behaviour file, of the document, and of HTTP to responses.
struct ResponseWriter {
    let request: IncomingRequest
    let now: Instant
    /// The next number of each counter.
    let counters: [String: Int]
    /// The state of the client's rate limit; `nil` where requests are not counted.
    let standing: RateWindow.Standing?
    /// Whether the response repeats an earlier one; `nil` for requests without an idempotency key.
    let isReplay: Bool?

    func response(_ answer: Answer) -> ResponseMessage {
        let behaviour = request.contract.behaviour
        var fields = answer.headers
        if let members = behaviour?.headers, !members.isEmpty {
            var evaluator = request.contract.evaluator(request.contract.scope(of: request, at: now), counters)
            for field in evaluator.fields(members) { fields.add(field.name, field.value) }
        }
        if let rule = behaviour?.checks.rateLimit { addLimit(rule, &fields, answer) }
        if let rule = behaviour?.checks.idempotency, let isReplay {
            fields.add(rule.echo, request.header(rule.header) ?? "")
            fields.add(rule.replayed?.header, (isReplay ? rule.replayed?.again : rule.replayed?.first) ?? "")
        }
        if let type = answer.body.contentType {
            fields.insert(HeaderField(name: "Content-Type", value: type), at: 0)
        }
        fields += DocumentedHeaders(request: request, now: now, answer: answer).fields(besides: fields)
        if answer.status == 401, !fields.contains(where: { $0.isNamed("www-authenticate") }) {
            fields.append(HeaderField(name: "WWW-Authenticate", value: Challenge.all(for: request)))
        }
        return ResponseMessage(status: answer.status, headers: fields, body: answer.body.bytes)
    }

    private func addLimit(_ rule: RateLimitRule, _ fields: inout [HeaderField], _ answer: Answer) {
        guard var standing else { return }
        // A client that requests this status by `Prefer` gets header fields that agree with it.
        if Situation.tooManyRequests.statuses.contains(answer.status) { standing = standing.exhausted }
        fields.add(rule.headers.limit, String(rule.limit))
        fields.add(rule.headers.remaining, String(standing.remaining))
        fields.add(rule.headers.retry, String(standing.retry))
        let needsNone = request.operation?.isOpen ?? false
        fields.add(rule.headers.type, needsNone ? rule.withoutCredentials : rule.withCredentials)
    }
}

extension [HeaderField] {
    /// Adds a field unless it exists or has no name.
    fileprivate mutating func add(_ name: String?, _ value: String) {
        guard let name, !contains(where: { $0.isNamed(name) }) else { return }
        append(HeaderField(name: name, value: headerSafe(value)))
    }
}

extension OpenAPI.Operation {
    /// Whether the operation may be called without credentials.
    var isOpen: Bool { security.isEmpty || security.contains { $0.schemes.isEmpty } }
}

/// The challenges of a 401 (RFC 9110, section 11.6.1).
enum Challenge {
    /// One challenge for each scheme that the operation accepts.
    static func all(for request: IncomingRequest) -> String {
        let wanted = request.operation?.security.flatMap(\.schemes) ?? []
        let schemes = request.contract.contract.securitySchemes.filter { wanted.isEmpty || wanted.contains($0.name) }
        var challenges: [String] = []
        for scheme in schemes {
            guard let challenge = challenge(scheme, request), !challenges.contains(challenge) else { continue }
            challenges.append(challenge)
        }
        return challenges.isEmpty ? "Bearer" : challenges.joined(separator: ", ")
    }

    private static func challenge(_ scheme: SecurityScheme, _ request: IncomingRequest) -> String? {
        switch scheme.kind {
        case .http("basic"): return "Basic realm=\"mock\", charset=\"UTF-8\""
        case .http("bearer"), .oauth2, .openIdConnect:
            // The error is included when the request contained a token (RFC 6750, section 3.1).
            let isTokenSent = request.header("authorization")?.lowercased().hasPrefix("bearer ") == true
            return "Bearer realm=\"mock\"" + (isTokenSent ? ", error=\"invalid_token\"" : "")
        case .http("digest"): return "Digest realm=\"mock\", qop=\"auth\", algorithm=SHA-256, nonce=\"mock\""
        case .http(let name): return headerSafe(name) + " realm=\"mock\""
        // No scheme is registered for API keys; this one is in common use.
        case .apiKey(let name, let place):
            let quotable = name.unicodeScalars.allSatisfy { $0.isASCII && $0 != "\"" && $0 != "\\" }
            return "ApiKey realm=\"mock\""
                + (quotable ? ", in=\"\(place.rawValue)\", name=\"\(headerSafe(name))\"" : "")
        case .mutualTLS: return nil
        }
    }
}
