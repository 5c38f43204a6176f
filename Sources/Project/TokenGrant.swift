package import Scenarios

/// How a token for a security scheme is obtained from a token endpoint (RFC 6749).
package struct TokenGrant: Sendable, Equatable {
    /// The kinds of grants.
    package enum Kind: String, Sendable, CaseIterable {
        /// RFC 6749, section 4.4.
        case clientCredentials = "client-credentials"
        /// RFC 6749, section 4.3.
        case password
    }

    /// How the client authenticates at the token endpoint (RFC 6749, section 2.3.1).
    package enum ClientAuthentication: String, Sendable, CaseIterable {
        /// In the header `authorization`.
        case basic
        /// In the body.
        case body
    }

    /// The kind.
    package var kind: Kind
    /// The URL of the token endpoint; `nil` for that of the document.
    package var tokenURL: Template?
    /// The client's identifier; `nil` for a password grant without a client.
    package var clientID: Template?
    /// The client's secret; `nil` for a public client.
    package var clientSecret: Template?
    /// The user's name, for a password grant.
    package var user: Template?
    /// The user's password, for a password grant.
    package var password: Template?
    /// The requested scopes, separated by spaces; `nil` for the default of the server.
    package var scope: Template?
    /// How the client authenticates.
    package var clientAuthentication = ClientAuthentication.basic

    /// A grant without parameters.
    package init(_ kind: Kind) {
        self.kind = kind
    }

    /// The parameters with their keys in the configuration, in the order of the documentation.
    package var parameters: [(key: String, value: Template)] {
        let all: [(String, Template?)] = [
            ("token-url", tokenURL), ("client-id", clientID), ("client-secret", clientSecret), ("username", user),
            ("password", password), ("scope", scope),
        ]
        return all.compactMap { key, value in value.map { (key, $0) } }
    }
}
