public import Diagnostics

/// A base address of the API.
public struct Server: Sendable, Hashable {
    /// The address, its variables filled with their defaults; it may be relative to where the document is served.
    public let url: String
    /// What the server is for; empty when the document does not say.
    public let description: String
    /// Where the server is declared.
    public let location: SourceLocation
}
