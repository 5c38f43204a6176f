public import Diagnostics
public import JSONDocument
internal import Primitives

/// The part of a request that contains a parameter.
public enum ParameterPlace: String, Sendable, Hashable, CaseIterable {
    /// In the path, at the template's expression.
    case path
    /// In the query string, next to others.
    case query
    /// The query string as a whole (OpenAPI 3.2).
    case querystring
    /// In a header field.
    case header
    /// In the Cookie header field.
    case cookie
}

/// How a value is serialised (OpenAPI 3.1.1, section 4.8.12.3; `cookie` since 3.2).
public enum ParameterStyle: String, Sendable, Hashable, CaseIterable {
    /// `a,b`
    case simple
    /// `.a.b`
    case label
    /// `;name=a;name=b`
    case matrix
    /// `name=a&name=b`
    case form
    /// `name=a%20b`
    case spaceDelimited
    /// `name=a%7Cb`
    case pipeDelimited
    /// `name%5Bx%5D=a`
    case deepObject
    /// `name=a; name=b`, without percent-encoding
    case cookie
}

/// How the value of a parameter becomes text.
public struct ParameterSerialization: Sendable, Hashable {
    /// The style, including the default for the place.
    public let style: ParameterStyle
    /// Whether lists and objects are exploded, including the default for the style.
    public let explode: Bool
    /// Whether reserved characters stay unescaped (RFC 3986, section 2.2).
    public let allowReserved: Bool
    /// Whether the parameter may be sent with an empty value.
    public let allowEmptyValue: Bool
    /// Whether `deepObject` works with any `explode` (OpenAPI 3.2), not only with `true`.
    let explodesDeepObjects: Bool
}

/// A value that a request contains outside its body.
public final class Parameter: Sendable {
    /// The name, as in the document.
    public let name: String
    /// The part of the request that contains it.
    public let place: ParameterPlace
    /// Whether it is required.
    public let isRequired: Bool
    /// How its value becomes text.
    public let serialization: ParameterSerialization
    /// The schema of the value; `nil` if ``content`` describes it.
    public let schema: Schema?
    /// The media type of the text; `nil` if ``schema`` describes it.
    public let content: MediaType?
    /// The example, or the first of several.
    public let example: JSONNode?
    /// Whether the parameter is deprecated.
    public let isDeprecated: Bool
    /// Whether this declaration has no effect: the header parameters `Accept`, `Content-Type` and `Authorization`
    /// (OpenAPI 3.1.1, section 4.8.12.2.1), and those in ``transportFields``.
    public let isIgnored: Bool
    /// The location of the declaration.
    public let location: SourceLocation

    init(
        name: String,
        place: ParameterPlace,
        isRequired: Bool,
        serialization: ParameterSerialization,
        schema: Schema?,
        content: MediaType? = nil,
        example: JSONNode? = nil,
        isDeprecated: Bool = false,
        isIgnored: Bool = false,
        location: SourceLocation
    ) {
        self.name = name
        self.place = place
        self.isRequired = isRequired
        self.serialization = serialization
        self.schema = schema
        self.content = content
        self.example = example
        self.isDeprecated = isDeprecated
        self.isIgnored = isIgnored
        self.location = location
    }

    /// How a value is serialised, including the default for the place.
    public var style: ParameterStyle { serialization.style }

    /// Whether lists and objects are exploded, including the default for the style.
    public var explode: Bool { serialization.explode }

    /// Header fields for the connection and for message framing, which only the client's HTTP library can set (RFC
    /// 9110, sections 7.2, 7.6.1, 8.6 and 10.1.1; RFC 9112, section 6.1).
    public static let transportFields = ["host", "content-length", "connection", "transfer-encoding", "expect"]

    /// Whether the parameter is a header field that the transport sets.
    public var isLeftToTransport: Bool {
        place == .header && Self.transportFields.contains { $0.equalsIgnoringASCIICase(name) }
    }

    /// Whether `name` is the name of this parameter: exactly, or ignoring ASCII case for a header.
    public func isNamed(_ name: String) -> Bool {
        if place == .header { return self.name.equalsIgnoringASCIICase(name) }
        // Most names differ in length, which costs less than the first byte.
        return self.name.utf8.count == name.utf8.count && self.name.isSame(as: name)
    }

    /// The schema of the value, wherever it is declared.
    public var valueSchema: Schema? { schema ?? content?.schema }
}
