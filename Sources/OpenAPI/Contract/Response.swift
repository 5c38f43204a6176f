public import Diagnostics

/// A documented response.
public final class Response: Sendable {
    /// A status (`200`), a range (`4XX`) or `default`.
    public let statusKey: String
    /// The description; empty if the document has none.
    public let description: String
    /// The documented header fields, in the order of the document.
    public let headers: [Header]
    /// The allowed media types of the body, in the order of the document.
    public let content: [MediaType]
    /// The links of this response, in the order of the document.
    public let links: [ResponseLink]
    /// Why only the status is known; `nil` if the response could be read.
    public let unread: UnreadReference?
    /// The location of the description.
    public let location: SourceLocation
    /// The statuses of the key; `nil` for `default`.
    let statuses: ClosedRange<Int>?

    init(
        statusKey: String,
        description: String,
        headers: [Header],
        content: [MediaType],
        links: [ResponseLink] = [],
        unread: UnreadReference? = nil,
        location: SourceLocation
    ) {
        self.statusKey = statusKey
        self.description = description
        self.headers = headers
        self.content = content
        self.links = links
        self.unread = unread
        self.location = location
        statuses =
            if let status = Int(statusKey) {
                status...status
            } else {
                statusKey.utf8.first.flatMap { (0x31...0x39).contains($0) ? Int($0 - 0x30) * 100 : nil }
                    .map { $0...($0 + 99) }
            }
    }

    /// A header field by name, ignoring ASCII case.
    public func header(_ name: String) -> Header? {
        headers.first { $0.isNamed(name) }
    }

    /// The best match for a `content-type`: the most specific description that matches.
    public func mediaType(for contentType: String) -> MediaType? {
        MediaType.bestMatch(for: contentType, among: content)
    }
}
