public import Diagnostics

/// What an Encoding Object says about one member of a form (OpenAPI 3.1.1, section 4.8.15).
public struct FieldEncoding: Sendable {
    /// The name of the member.
    public let name: String
    /// The media types of the value, as written.
    public let contentType: String?
    /// The style; `nil` where the document names none.
    public let style: ParameterStyle?
    /// Whether lists and objects are exploded; `nil` where the document does not say.
    public let explode: Bool?
    /// Whether reserved characters are sent unescaped; `nil` where the document does not say.
    public let allowReserved: Bool?
    /// Whether `deepObject` has a meaning with any `explode` (OpenAPI 3.2).
    let explodesDeepObjects: Bool
    /// Where the encoding is declared.
    public let location: SourceLocation

    /// The media types and ranges that the value may have; empty where the document names none.
    var contentTypes: [MediaTypeName] {
        contentType?.split(separator: ",").compactMap { MediaTypeName(String($0)) } ?? []
    }

    /// Whether the member is written in a style, and not as its content type says: any of the three fields decides
    /// (OpenAPI 3.1.1, section 4.8.15.1.2).
    var hasStyle: Bool { style != nil || explode != nil || allowReserved != nil }
}

/// How one member of a form travels.
enum FormField: Sendable {
    /// As a query parameter of that style.
    case style(Parameter)
    /// As one JSON text.
    case json
    /// Nothing is declared: lists are exploded, objects are JSON texts.
    case plain
}
