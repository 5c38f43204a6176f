import Primitives

/// The part of a request that contains the value of a security scheme.
public enum SecurityCarrier: Sendable, Hashable {
    /// A header, by its name in lower case.
    case header(String)
    /// A query parameter.
    case query(String)
    /// A cookie.
    case cookie(String)
    /// A path parameter, which credentials cannot fill.
    case path(String)

    /// The carrier in words: `the header Authorization`.
    public var description: String {
        switch self {
        case .header(let name): "the header \(name)"
        case .query(let name): "the query parameter \(name)"
        case .cookie(let name): "the cookie \(name)"
        case .path(let name): "the path parameter \(name)"
        }
    }
}

extension SecurityScheme {
    /// The part of a request that contains the value; `nil` for a certificate, which belongs to the connection.
    public var carrier: SecurityCarrier? {
        switch kind {
        case .apiKey(let name, .header): .header(name.lowercased())
        case .apiKey(let name, .query), .apiKey(let name, .querystring): .query(name)
        case .apiKey(let name, .cookie): .cookie(name)
        case .apiKey(let name, .path): .path(name)
        case .http, .oauth2, .openIdConnect: .header("authorization")
        case .mutualTLS: nil
        }
    }

    /// The text before the value: the name of the HTTP authentication scheme (RFC 9110, section 11.6.2).
    public var valuePrefix: String {
        switch kind {
        case .http("basic"): "Basic "
        case .http("bearer"), .oauth2, .openIdConnect: "Bearer "
        case .http(let scheme): scheme + " "
        case .apiKey, .mutualTLS: ""
        }
    }
}

/// A scheme that shares the value of another scheme, because an operation needs both and they use the same field.
///
/// A field that is not a list occurs only once in a message (RFC 9110, section 5.3). Two schemes that are required
/// together and use `Authorization` therefore have the same value.
public struct SharedCredential: Sendable, Hashable {
    /// The scheme without its own value.
    public let scheme: String
    /// The scheme that has the value.
    public let lead: String
    /// The text before the lead's value in the value of ``scheme``: `Bearer ` if the scheme is a key in
    /// `Authorization`.
    public let prefix: String
}

/// Two schemes that are required together and need different values in one field.
public struct SecurityConflict: Sendable, Hashable {
    /// The name of the scheme that is required first.
    public let first: String
    /// The name of the other scheme.
    public let second: String
    /// The field.
    public let carrier: SecurityCarrier
}

extension Contract {
    /// The schemes that share a value with another one, in the order of the document.
    public var sharedCredentials: [SharedCredential] {
        var shared: [SharedCredential] = []
        for requirement in Set(operations.flatMap(\.security).filter { $0.schemes.count > 1 }.map(\.schemes)).sorted(
            by: { $0.joined(separator: "\n") < $1.joined(separator: "\n") })
        {
            let schemes = requirement.compactMap(securityScheme)
            for (_, group) in Dictionary(grouping: schemes.filter { $0.carrier != nil }, by: \.carrier)
            where group.count > 1 {
                guard let lead = group.first(where: { !$0.valuePrefix.isEmpty }) ?? group.first else { continue }
                for scheme in group where scheme.name != lead.name {
                    share(scheme, lead, in: &shared)
                }
            }
        }
        let order = securitySchemes.map(\.name)
        return shared.sorted { (order.firstIndex(of: $0.scheme) ?? 0) < (order.firstIndex(of: $1.scheme) ?? 0) }
    }

    /// Makes two schemes share one value. Either may share the value of a third scheme, which is then that of both, and
    /// may be the lead of others, which follow it.
    private func share(_ scheme: SecurityScheme, _ lead: SecurityScheme, in shared: inout [SharedCredential]) {
        func end(of scheme: SecurityScheme) -> SecurityScheme {
            shared.first { $0.scheme == scheme.name }.flatMap { securityScheme($0.lead) } ?? scheme
        }
        var (own, common) = (end(of: scheme), end(of: lead))
        if Self.prefix(of: own, led: common) == nil { swap(&own, &common) }
        guard own.name != common.name, let prefix = Self.prefix(of: own, led: common) else { return }
        for index in shared.indices where shared[index].lead == own.name {
            shared[index] = SharedCredential(
                scheme: shared[index].scheme, lead: common.name, prefix: prefix + shared[index].prefix)
        }
        shared.append(SharedCredential(scheme: own.name, lead: common.name, prefix: prefix))
    }

    /// Why no request can satisfy a requirement; `nil` when one can.
    public func problem(of requirement: SecurityRequirement) -> String? {
        var schemes: [SecurityScheme] = []
        for name in requirement.schemes {
            guard let scheme = securityScheme(name) else {
                return "its security scheme \(name) is not declared under components/securitySchemes"
            }
            if case .path(let parameter)? = scheme.carrier {
                return "its security scheme \(name) puts the key into the path parameter \(parameter)"
            }
            schemes.append(scheme)
        }
        return Self.conflict(of: schemes).map { conflict in
            "its security schemes \(conflict.first) and \(conflict.second) need different values in "
                + conflict.carrier.description
        }
    }

    /// Two schemes of a requirement that one field cannot satisfy together; `nil` if there are none.
    public func conflict(of requirement: SecurityRequirement) -> SecurityConflict? {
        Self.conflict(of: requirement.schemes.compactMap(securityScheme))
    }

    private static func conflict(of schemes: [SecurityScheme]) -> SecurityConflict? {
        for (index, scheme) in schemes.enumerated() {
            for other in schemes[..<index] {
                guard let carrier = scheme.carrier, other.carrier == carrier, prefix(of: scheme, led: other) == nil,
                    prefix(of: other, led: scheme) == nil
                else { continue }
                return SecurityConflict(first: other.name, second: scheme.name, carrier: carrier)
            }
        }
        return nil
    }

    /// The text before the lead's value in the other scheme's value; `nil` if one field cannot satisfy both.
    private static func prefix(of scheme: SecurityScheme, led lead: SecurityScheme) -> String? {
        if scheme.valuePrefix.isSame(as: lead.valuePrefix) { return "" }
        // Basic encodes its value, so no prefix makes the fields equal.
        guard scheme.valuePrefix.isEmpty, lead.kind != .http(scheme: "basic") else { return nil }
        return lead.valuePrefix
    }
}
