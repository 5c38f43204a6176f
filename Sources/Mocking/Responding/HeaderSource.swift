import JSONDocument
import JSONSchema
import OpenAPI

/// Where the value of a documented header comes from.
enum HeaderSource: Sendable {
    /// A text that no request changes: an example, a generated value, or the usual value of a well-known header.
    case text(String)
    /// The number of octets in the body.
    case length
    /// The time of the response, whatever the schema says.
    case date
    /// The time of the response, where the schema allows it.
    case time
    /// The address of the resource that the request created.
    case createdAddress
    /// The challenges of a 401.
    case challenges
    /// The path of the request.
    case path
    /// A link to the path of the request.
    case link
    /// The method of the request.
    case method

    /// Whether the value depends on the request, so that it must be compared with the schema of the header each time.
    var isVariable: Bool {
        switch self {
        case .text, .length, .date: false
        default: true
        }
    }
}

/// A header of a documented response, with the sources of its value. They only depend on the document, so they are found
/// once for each response of an operation.
struct DocumentedHeader: Sendable {
    let header: Header
    /// The sources in the order in which they are tried; empty where the header is never sent.
    let sources: [HeaderSource]

    /// - Parameter source: The values of the operation.
    init(_ header: Header, of response: OpenAPI.Response, _ source: DocumentAnswer) {
        self.header = header
        sources = Self.sources(header, of: response, source)
    }

    private static func sources(
        _ header: Header, of response: OpenAPI.Response, _ source: DocumentAnswer
    ) -> [HeaderSource] {
        let name = header.name.lowercased()
        var sources: [HeaderSource] = []
        switch name {
        // The values of these headers depend on the message, not on the document (RFC 9110, sections 6.6.1 and 8.6).
        case "content-length": return [.length]
        case "date": return [.date]
        // A wrong value would make the message unreadable, or close the connection.
        case "content-encoding": return header.isRequired ? [.text("identity")] : []
        case "transfer-encoding", "connection", "keep-alive", "upgrade", "trailer", "te", "proxy-connection":
            return []
        case "location": sources.append(.createdAddress)
        case "www-authenticate" where header.example == nil: sources.append(.challenges)
        default: break
        }
        if header.example == nil, header.isOpen, let usual = usual(name) {
            switch usual {
            case .text(let text) where header.accepts(text): return sources + [usual]
            case .text: break
            default: sources.append(usual)
            }
        }
        if let text = source.value(of: header, in: response) { sources.append(.text(text)) }
        return sources
    }

    /// The usual value of a well-known header.
    private static func usual(_ name: String) -> HeaderSource? {
        switch name {
        case "etag": return .text("\"1\"")
        case "last-modified", "expires": return .time
        case "retry-after": return .text("1")
        case "cache-control": return .text("no-store")
        case "link": return .link
        case "location", "content-location": return .path
        case "set-cookie": return .text("session=mock")
        case "content-language": return .text("en")
        case "content-disposition": return .text("attachment")
        case "vary": return .text("Accept")
        case "allow": return .method
        case "access-control-allow-origin": return .text("*")
        default: break
        }
        guard name.contains("ratelimit") || name.contains("rate-limit") else { return nil }
        if name.hasSuffix("remaining") { return .text("99") }
        if name.hasSuffix("reset") { return .text("60") }
        return name.hasSuffix("limit") ? .text("100") : nil
    }
}

extension Header {
    /// Whether the schema does not restrict the text, so that a generated value would be random letters.
    fileprivate var isOpen: Bool {
        guard let view = valueSchema?.view else { return false }
        return content == nil && view.example == nil && view.defaultValue == nil && view.enumeration.isEmpty
    }

    /// Whether the schema allows a text.
    func accepts(_ text: String) -> Bool {
        if takesAnyText { return true }
        guard case .value(let value) = ParameterCodec.parse(headerLines: [text], as: self) else { return false }
        guard let schema = valueSchema else { return true }
        guard let compiled = try? schema.compiled() else { return false }
        return compiled.isValid(JSONDocument(value).root) == .valid
    }
}
