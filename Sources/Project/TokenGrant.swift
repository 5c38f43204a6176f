public import Scenarios

/// How a token for a security scheme is obtained from a token endpoint (RFC 6749).
public struct TokenGrant: Sendable, Equatable {
    /// The kinds of grants.
    public enum Kind: String, Sendable, CaseIterable {
        /// RFC 6749, section 4.4.
        case clientCredentials = "client-credentials"
        /// RFC 6749, section 4.3.
        case password
    }

    /// How the client authenticates at the token endpoint (RFC 6749, section 2.3.1).
    public enum ClientAuthentication: String, Sendable, CaseIterable {
        /// In the header `authorization`.
        case basic
        /// In the body.
        case body
    }

    /// The kind.
    public var kind: Kind
    /// The URL of the token endpoint; `nil` for that of the document.
    public var tokenURL: Template?
    /// The client's identifier; `nil` for a password grant without a client.
    public var clientID: Template?
    /// The client's secret; `nil` for a public client.
    public var clientSecret: Template?
    /// The user's name, for a password grant.
    public var user: Template?
    /// The user's password, for a password grant.
    public var password: Template?
    /// The requested scopes, separated by spaces; `nil` for the default of the server.
    public var scope: Template?
    /// How the client authenticates.
    public var clientAuthentication = ClientAuthentication.basic

    /// A grant without parameters.
    public init(_ kind: Kind) {
        self.kind = kind
    }

    /// The parameters with their keys in the configuration, in the order of the documentation.
    public var parameters: [(key: String, value: Template)] {
        let all: [(String, Template?)] = [
            ("token-url", tokenURL), ("client-id", clientID), ("client-secret", clientSecret), ("username", user),
            ("password", password), ("scope", scope),
        ]
        return all.compactMap { key, value in value.map { (key, $0) } }
    }
}
