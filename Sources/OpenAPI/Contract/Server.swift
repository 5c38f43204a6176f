public import Diagnostics

/// A base address of the API.
public struct Server: Sendable, Hashable {
    /// The address, its variables filled with their defaults; it may be relative to where the document is served.
    public let url: String
    /// The address as it is declared, with its variables.
    public let template: [ServerURLPart]
    /// What the server is for; empty when the document does not say.
    public let description: String
    /// Where the server is declared.
    public let location: SourceLocation
}

/// A part of a server's address (OpenAPI 3.1.1, sections 4.8.5 and 4.8.6).
public enum ServerURLPart: Sendable, Hashable {
    case literal(String)
    /// A variable with the values that it can have: its default and its `enum`.
    case variable(values: [String], isOpen: Bool)
}
