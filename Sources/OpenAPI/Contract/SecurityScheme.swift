public import Diagnostics

/// A way for a client to authenticate.
public struct SecurityScheme: Sendable {
    /// How the credentials are sent.
    public enum Kind: Sendable, Hashable {
        /// A key in a header, the query or a cookie.
        case apiKey(name: String, place: ParameterPlace)
        /// The Authorization header with this scheme, in lower case: `basic`, `bearer`.
        case http(scheme: String)
        /// A bearer token from an OAuth 2 server.
        case oauth2
        /// A bearer token from an OpenID provider.
        case openIdConnect
        /// A client certificate.
        case mutualTLS
    }

    /// The name by which operations require it.
    public let name: String
    /// How the credentials are sent.
    public let kind: Kind
    /// The token URLs of its OAuth 2 flows as written, by the name of the flow: `clientCredentials`, `password`.
    public var tokenURLs: [String: String] = [:]
    /// The location of the declaration.
    public let location: SourceLocation
}

/// One alternative of an operation: all of these schemes are required together.
public struct SecurityRequirement: Sendable, Hashable {
    /// The names of the schemes, in order; empty if anonymous access is allowed.
    public let schemes: [String]
    /// The location of the alternative.
    public let location: SourceLocation
}
