public import Diagnostics

/// A documented response.
public struct Response: Sendable {
    /// A status (`200`), a range (`4XX`) or `default`.
    public let statusKey: String
    /// What the response means; empty when the document does not say.
    public let description: String
    /// The documented header fields, in the order of the document.
    public let headers: [Header]
    /// The media types that the body may have, in the order of the document.
    public let content: [MediaType]
    /// Where the response is described.
    public let location: SourceLocation

    /// A header field by name, in any ASCII case.
    public func header(_ name: String) -> Header? {
        headers.first { $0.isNamed(name) }
    }

    /// The description that fits a `content-type` best: the most specific one that matches.
    public func mediaType(for contentType: String) -> MediaType? {
        MediaType.bestMatch(for: contentType, among: content)
    }
}
