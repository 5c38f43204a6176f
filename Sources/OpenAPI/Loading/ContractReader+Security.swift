internal import Diagnostics
internal import JSONDocument

extension ContractReader {
    mutating func readSecuritySchemes(_ schemes: DocumentNode?) -> [SecurityScheme] {
        guard let schemes, schemes.node.kind == .object else { return [] }
        var read: [SecurityScheme] = []
        for member in schemes.entries {
            guard let value = resolved(member.value), let kind = securityKind(of: value, named: member.name) else {
                continue
            }
            var scheme = SecurityScheme(name: member.name, kind: kind, location: documents.location(of: value))
            for flow in value["flows"]?.entries ?? [] { scheme.tokenURLs[flow.name] = flow.value.text("tokenUrl") }
            read.append(scheme)
        }
        return read
    }

    private mutating func securityKind(of value: DocumentNode, named name: String) -> SecurityScheme.Kind? {
        switch value.text("type") {
        case "apiKey":
            let place = value.text("in").flatMap { ParameterPlace(rawValue: $0) }
            guard let key = value.text("name"), let place, [.header, .query, .cookie].contains(place) else {
                report(
                    "security.scheme",
                    .error,
                    "the API key '\(name)' requires `name`, and `in` with header, query or cookie",
                    at: value
                )
                return nil
            }
            return .apiKey(name: key, place: place)
        case "http":
            guard let scheme = value.text("scheme") else {
                report("security.scheme", .error, "the HTTP scheme '\(name)' requires `scheme`", at: value)
                return nil
            }
            return .http(scheme: scheme.lowercased())
        case "oauth2": return .oauth2
        case "openIdConnect": return .openIdConnect
        case "mutualTLS": return .mutualTLS
        default:
            report(
                "security.scheme",
                .error,
                "the security scheme '\(name)' must be of type apiKey, http, oauth2, openIdConnect or mutualTLS",
                at: value["type"] ?? value
            )
            return nil
        }
    }

    /// The alternatives of a `security` list; `nil` if there is no list.
    mutating func readSecurity(_ value: DocumentNode) -> [SecurityRequirement]? {
        guard value.node.kind == .array else { return nil }
        var requirements: [SecurityRequirement] = []
        for element in value.elements where element.node.kind == .object {
            let members = element.members
            for member in members where !isKnownScheme(member.name) {
                let help = nearestName(to: member.name, among: schemeNames).map { "did you mean `\($0)`?" }
                report(
                    "security.unknown",
                    .error,
                    "the security scheme '\(member.name)' is not declared under components/securitySchemes",
                    at: member.value,
                    help: help
                )
            }
            requirements.append(
                SecurityRequirement(
                    schemes: members.map { Self.schemeName($0.name) }, location: documents.location(of: element))
            )
        }
        return requirements
    }

    /// The name of a scheme in a requirement. In OpenAPI 3.2 it may be the URI of the scheme; a component with exactly
    /// this name takes precedence, and its name cannot contain `#` (OpenAPI 3.2.0, section 4.30).
    private static func schemeName(_ name: String) -> String {
        let components = "#/components/securitySchemes/"
        guard name.utf8.starts(with: components.utf8) else { return name }
        return JSONPointer(uriFragment: name)?.tokens.last ?? name
    }

    private var schemeNames: [String] {
        components(documents.root(of: 0), "securitySchemes")?.members.map(\.name) ?? []
    }

    private func isKnownScheme(_ name: String) -> Bool {
        components(documents.root(of: 0), "securitySchemes")?[Self.schemeName(name)] != nil
    }
}
