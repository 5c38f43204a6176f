public import Diagnostics

/// The body of a request.
public final class RequestBody: Sendable {
    /// Whether a body is required.
    public let isRequired: Bool
    /// The accepted media types, in the order of the document.
    public let content: [MediaType]
    /// The location of the description.
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

    /// The best match for a `content-type`: see ``MediaTypeName/bestMatch(for:among:)``.
    public func mediaType(for contentType: String) -> MediaType? {
        MediaType.bestMatch(for: contentType, among: content)
    }
}
