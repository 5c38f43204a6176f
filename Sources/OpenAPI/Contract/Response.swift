public import Diagnostics

/// A documented response.
public final class Response: Sendable {
    /// A status (`200`), a range (`4XX`) or `default`.
    public let statusKey: String
    /// What the response means; empty when the document does not say.
    public let description: String
    /// The documented header fields, in the order of the document.
    public let headers: [Header]
    /// The media types that the body may have, in the order of the document.
    public let content: [MediaType]
    /// What the document links to this response, in the order of the document.
    public let links: [ResponseLink]
    /// Why nothing but the status is known; `nil` where the response is described.
    public let unread: UnreadReference?
    /// Where the response is described.
    public let location: SourceLocation
    /// The statuses that the key means; `nil` for `default`.
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

    /// A header field by name, in any ASCII case.
    public func header(_ name: String) -> Header? {
        headers.first { $0.isNamed(name) }
    }

    /// The description that fits a `content-type` best: the most specific one that matches.
    public func mediaType(for contentType: String) -> MediaType? {
        MediaType.bestMatch(for: contentType, among: content)
    }
}
