public import Diagnostics

/// The body of a request.
public final class RequestBody: Sendable {
    /// Whether a request must have one.
    public let isRequired: Bool
    /// The media types that are understood, in the order of the document.
    public let content: [MediaType]
    /// Where the body is described.
    public let location: SourceLocation

    init(
        isRequired: Bool,
        content: [MediaType],
        location: SourceLocation
    ) {
        self.isRequired = isRequired
        self.content = content
        self.location = location
    }

    /// The description that fits a `content-type` best: see ``MediaTypeName/bestMatch(for:among:)``.
    public func mediaType(for contentType: String) -> MediaType? {
        MediaType.bestMatch(for: contentType, among: content)
    }
}
