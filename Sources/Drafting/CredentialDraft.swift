package import OpenAPI
internal import Primitives
internal import SourceText

/// The value of one security scheme in the drafted profile: templates for environment variables.
package struct CredentialDraft: Sendable, Equatable {
    /// The name of the scheme.
    package let scheme: String
    /// The environment variables with a value of the scheme's own; empty if it has the value of another scheme.
    package let secrets: [String]
    /// The value as YAML.
    package let value: String

    /// The values of the schemes of a contract, in the order of the document.
    ///
    /// Schemes that use the same field have one value. A certificate belongs to the connection, not to a request, so its
    /// scheme has none.
    package static func all(of contract: Contract) -> [CredentialDraft] {
        let shared = contract.sharedCredentials
        var used = UsedNames()
        let schemes = contract.securitySchemes.filter { $0.kind != .mutualTLS }
        var own: [String: CredentialDraft] = [:]
        for scheme in schemes where !shared.contains(where: { $0.scheme == scheme.name }) {
            let isShared = shared.contains { $0.lead == scheme.name }
            own[scheme.name] = CredentialDraft(scheme, used.unique(variable(scheme.name)), isShared: isShared)
        }
        return schemes.compactMap { scheme in
            if let draft = own[scheme.name] { return draft }
            guard let other = shared.first(where: { $0.scheme == scheme.name }), let lead = own[other.lead] else {
                return nil
            }
            return CredentialDraft(
                scheme: scheme.name, secrets: [], value: YAMLText.quoted(other.prefix + templates(lead.secrets)))
        }
    }

    private init(scheme: String, secrets: [String], value: String) {
        self.scheme = scheme
        self.secrets = secrets
        self.value = value
    }

    /// - Parameters:
    ///   - name: The name of the environment variable, or its beginning if there are several.
    ///   - isShared: Whether other schemes use the value as well, so that it must be a text.
    private init(_ scheme: SecurityScheme, _ name: String, isShared: Bool) {
        let name = name.replacing("-", with: "_")
        let grants: [(flow: String, grant: String, members: [(key: String, end: String)])] = [
            (
                "clientCredentials", "client-credentials",
                [("client-id", "CLIENT_ID"), ("client-secret", "CLIENT_SECRET")]
            ),
            ("password", "password", [("username", "USER"), ("password", "PASSWORD")]),
        ]
        // A run can obtain the token itself if the document declares how (RFC 6749, sections 4.3 and 4.4).
        let grant = isShared ? nil : grants.first { scheme.tokenURLs[$0.flow]?.utf8.starts(with: "http".utf8) == true }
        if scheme.kind == .oauth2, let grant {
            let members = grant.members.map { (key: $0.key, secret: "\(name)_\($0.end)") }
            let texts = members.map { "\($0.key): \(YAMLText.quoted(Self.templates([$0.secret])))" }
            self.init(
                scheme: scheme.name, secrets: members.map(\.secret),
                value: "{" + (["grant: \(grant.grant)"] + texts).joined(separator: ", ") + "}")
            return
        }
        // A value for HTTP Basic consists of a user and a password (RFC 7617, section 2).
        let secrets = scheme.kind == .http(scheme: "basic") ? ["\(name)_USER", "\(name)_PASSWORD"] : [name]
        self.init(scheme: scheme.name, secrets: secrets, value: YAMLText.quoted(Self.templates(secrets)))
    }

    private static func templates(_ secrets: [String]) -> String {
        secrets.map { "{{secret.\($0)}}" }.joined(separator: ":")
    }

    /// `ApiKeyAuth` as `API_KEY_AUTH`.
    private static func variable(_ name: String) -> String {
        let slug = Names.slug(name).replacing("-", with: "_").uppercased()
        guard let first = slug.utf8.first, !first.isASCIIDigit else { return "SECRET_\(slug)" }
        return slug
    }
}
