public import Diagnostics

/// The body of a request.
public struct RequestBody: Sendable {
    /// Whether a request must have one.
    public let isRequired: Bool
    /// The media types that are understood, in the order of the document.
    public let content: [MediaType]
    /// Where the body is described.
    public let location: SourceLocation

    /// The description that fits a `content-type` best: see ``MediaTypeName/bestMatch(for:among:)``.
    public func mediaType(for contentType: String) -> MediaType? {
        MediaType.bestMatch(for: contentType, among: content)
    }
}
