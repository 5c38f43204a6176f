public import Diagnostics

/// A way for a client to say who it is.
public struct SecurityScheme: Sendable {
    /// How the credentials travel.
    public enum Kind: Sendable, Hashable {
        /// A key in a header, the query or a cookie.
        case apiKey(name: String, place: ParameterPlace)
        /// The Authorization header with this scheme, in lower case: `basic`, `bearer`.
        case http(scheme: String)
        /// A bearer token that an OAuth 2 server hands out.
        case oauth2
        /// A bearer token that an OpenID provider hands out.
        case openIdConnect
        /// A certificate of the client.
        case mutualTLS
    }

    /// The name by which operations require it.
    public let name: String
    /// How the credentials travel.
    public let kind: Kind
    /// Where the scheme is declared.
    public let location: SourceLocation
}

/// One alternative of an operation: all of these schemes together.
public struct SecurityRequirement: Sendable, Hashable {
    /// The names of the schemes, in order; empty when the alternative is to stay anonymous.
    public let schemes: [String]
    /// Where the alternative stands.
    public let location: SourceLocation
}
