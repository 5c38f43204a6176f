import Exchanges
import OpenAPI
import Primitives

/// Whether a request contains credentials that an operation accepts.
struct CredentialCheck {
    let schemes: [SecurityScheme]
    /// Accepted values by scheme; for other schemes any well-formed value is accepted.
    let accepted: [String: Set<String>]
    /// Whether any well-formed value is accepted for every scheme.
    var acceptsAny = false
    /// A scheme whose credentials are never checked.
    var ignored: String?

    /// Whether the request satisfies one complete alternative of the operation (OpenAPI 3.1.1, section 4.8.30).
    func accepts(_ request: IncomingRequest, for operation: OpenAPI.Operation) -> Bool {
        operation.security.isEmpty
            || operation.security.contains { holds($0, request) }
    }

    /// Whether the request satisfies an alternative completely.
    ///
    /// A request has one `Authorization` field with one value (RFC 9110, section 5.3). So one of several schemes that
    /// share a field is enough.
    func holds(_ requirement: SecurityRequirement, _ request: IncomingRequest) -> Bool {
        requirement.schemes.allSatisfy { name in
            if name == ignored { return true }
            guard let scheme = schemes.first(where: { $0.name == name }) else { return false }
            if holds(scheme, request) { return true }
            guard requirement.schemes.count > 1, let carrier = Carrier(scheme) else { return false }
            return requirement.schemes.contains { other in
                other != name
                    && schemes.contains { $0.name == other && Carrier($0) == carrier && holds($0, request) }
            }
        }
    }

    private func holds(_ scheme: SecurityScheme, _ request: IncomingRequest) -> Bool {
        // Certificates belong to the connection, and the mock has no TLS.
        if case .mutualTLS = scheme.kind { return true }
        guard let value = value(of: scheme, request), isWellFormed(value, scheme) else { return false }
        guard !acceptsAny, let accepted = accepted[scheme.name], !accepted.isEmpty else { return true }
        if accepted.contains(where: { $0.isSame(as: value) }) { return true }
        guard case .http("basic") = scheme.kind else { return false }
        return accepted.contains { Base64.text($0.utf8).isSame(as: value) }
    }

    /// The credential of a request for a scheme; `nil` when there is none.
    private func value(of scheme: SecurityScheme, _ request: IncomingRequest) -> String? {
        switch scheme.kind {
        case .apiKey(let name, let place): key(name, place, request)
        case .http(let kind): authorisation(kind, request)
        case .oauth2, .openIdConnect: authorisation("bearer", request)
        case .mutualTLS: nil
        }
    }

    private func isWellFormed(_ value: String, _ scheme: SecurityScheme) -> Bool {
        guard !value.isEmpty else { return false }
        // A configured value is accepted in any form.
        if !acceptsAny, accepted[scheme.name]?.isEmpty == false { return true }
        switch scheme.kind {
        case .http("basic"):
            // RFC 7617, section 2: user-id, a colon, password.
            return Base64.decode(value.utf8).map { $0.contains(UInt8(ascii: ":")) } ?? false
        case .http("bearer"), .oauth2, .openIdConnect: return isToken68(value)
        case .http, .apiKey, .mutualTLS: return true
        }
    }

    /// RFC 9110, section 11.2: letters, digits and `-._~+/`, then any number of `=`.
    private func isToken68(_ text: String) -> Bool {
        let body = text.utf8.reversed().drop { $0 == UInt8(ascii: "=") }
        return !body.isEmpty
            && body.allSatisfy { byte in
                byte.isASCIIAlphanumeric
                    || "-._~+/".utf8.contains(byte)
            }
    }

    /// The reason why the credentials of a request are not accepted, without any of their values.
    func reason(_ request: IncomingRequest, for operation: OpenAPI.Operation) -> String {
        let alternatives = operation.security.map { requirement in
            requirement.schemes.compactMap { name -> String? in
                guard let scheme = schemes.first(where: { $0.name == name }) else { return "\(name) is not declared" }
                guard !holds(scheme, request) else { return nil }
                guard value(of: scheme, request) != nil else { return "\(name) is missing" }
                return "\(name) has a value that is not accepted"
            }.joined(separator: " and ")
        }
        return "The credentials are not accepted: \(alternatives.joined(separator: ", or "))."
    }

    /// The field of a request that contains a credential.
    private enum Carrier: Equatable {
        case header(String)
        case other(ParameterPlace, String)

        init?(_ scheme: SecurityScheme) {
            switch scheme.kind {
            case .apiKey(let name, .header): self = .header(name.lowercased())
            case .apiKey(let name, let place): self = .other(place, name)
            case .http, .oauth2, .openIdConnect: self = .header("authorization")
            case .mutualTLS: return nil
            }
        }
    }

    private func key(_ name: String, _ place: ParameterPlace, _ request: IncomingRequest) -> String? {
        switch place {
        case .header: return request.header(name)
        case .query: return request.query(name)
        case .querystring: return request.query
        case .path: return request.pathValue(name)
        case .cookie:
            for line in request.message.header("cookie") {
                for pair in line.split(separator: ";") {
                    let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                    guard parts.count == 2, parts[0].drop(while: { $0 == " " }).isSame(as: name)
                    else { continue }
                    return String(parts[1])
                }
            }
            return nil
        }
    }

    /// The credentials after the scheme's name in `Authorization` (RFC 9110, section 11.6.2).
    private func authorisation(_ kind: String, _ request: IncomingRequest) -> String? {
        guard let header = request.header("authorization") else { return nil }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased().isSame(as: kind.lowercased()) else { return nil }
        return String(parts[1].drop { $0 == " " })
    }

}
