import Primitives

/// The bytes that a signature covers, as a template: `{id}.{timestamp}.{body}`.
package struct SignedContent: Sendable, Hashable {
    /// One part of the content.
    package enum Part: Sendable, Hashable {
        /// Text as written.
        case text(String)
        /// The id of the delivery, as in its header.
        case id
        /// The timestamp, as in its header.
        case timestamp
        /// The raw bytes of the body.
        case body
        /// The URL to which the delivery was sent.
        case url
    }

    /// The parts in order.
    package let parts: [Part]

    /// Contains the parts in order.
    package init(_ parts: [Part]) {
        self.parts = parts
    }

    /// Whether the content has a part.
    package func uses(_ part: Part) -> Bool { parts.contains(part) }

    /// The content as written in a configuration.
    package var text: String {
        parts.map { part in
            switch part {
            case .text(let text): text
            case .id: "{id}"
            case .timestamp: "{timestamp}"
            case .body: "{body}"
            case .url: "{url}"
            }
        }.joined()
    }

    private static let names: [(name: String, part: Part)] = [
        ("id", .id), ("timestamp", .timestamp), ("body", .body), ("url", .url),
    ]

    /// The names between braces.
    package static let partNames = names.map(\.name)

    /// Why a text is not a valid template.
    package enum Mistake: Error, Hashable {
        /// A brace has no partner.
        case unpairedBrace
        /// The text between braces is not a part.
        case unknownPart(String)
        /// The body is not signed, so it could be changed on its way.
        case noBody
    }

    /// Parses a template.
    package static func parse(_ text: String) throws(Mistake) -> SignedContent {
        var parts: [Part] = []
        var rest = text[...].utf8
        while let brace = rest.firstIndex(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "}") }) {
            if brace > rest.startIndex { parts.append(.text(String(Substring(rest[..<brace])))) }
            guard rest[brace] == UInt8(ascii: "{"), let end = rest[brace...].firstIndex(of: UInt8(ascii: "}")) else {
                throw .unpairedBrace
            }
            let name = String(Substring(rest[brace..<end].dropFirst()))
            guard let part = names.first(where: { $0.name.isSame(as: name) })?.part else {
                throw .unknownPart(name)
            }
            parts.append(part)
            rest = rest[end...].dropFirst()
        }
        if !rest.isEmpty { parts.append(.text(String(Substring(rest)))) }
        guard parts.contains(.body) else { throw .noBody }
        return SignedContent(parts)
    }

    /// The bytes to sign.
    ///
    /// - Parameters:
    ///   - delivery: Id, URL and raw body.
    ///   - timestamp: The timestamp as sent.
    func bytes(of delivery: SignedDelivery, timestamp: String) -> [UInt8] {
        var bytes: [UInt8] = []
        for part in parts {
            switch part {
            case .text(let text): bytes += Array(text.utf8)
            case .id: bytes += Array(delivery.id.utf8)
            case .timestamp: bytes += Array(timestamp.utf8)
            case .body: bytes += delivery.body
            case .url: bytes += Array(delivery.url.utf8)
            }
        }
        return bytes
    }
}

/// The parts of a delivery that signatures cover.
package struct SignedDelivery: Sendable, Hashable {
    /// The id of the delivery, the same in each repetition of it; may be empty if the scheme does not use it.
    package var id: String
    /// The absolute URL of the receiver.
    package var url: String
    /// The raw bytes of the body.
    package var body: [UInt8]

    /// The parts of one delivery.
    package init(id: String, url: String, body: [UInt8]) {
        self.id = id
        self.url = url
        self.body = body
    }
}
