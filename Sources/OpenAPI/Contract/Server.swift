public import Diagnostics

/// A base address of the API.
public struct Server: Sendable, Hashable {
    /// The URL with the default values of its variables; it may be relative to the URL of the document.
    public let url: String
    /// The declared URL, with its variables.
    public let template: [ServerURLPart]
    /// The description; empty if the document has none.
    public let description: String
    /// The location of the declaration.
    public let location: SourceLocation
}

/// A part of a server URL (OpenAPI 3.1.1, sections 4.8.5 and 4.8.6).
public enum ServerURLPart: Sendable, Hashable {
    case literal(String)
    /// A variable with its possible values: its default and its `enum`.
    case variable(values: [String], isOpen: Bool)
}
