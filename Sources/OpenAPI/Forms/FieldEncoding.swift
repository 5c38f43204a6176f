public import Diagnostics

/// The Encoding Object of one member of a form (OpenAPI 3.1.1, section 4.8.15).
public struct FieldEncoding: Sendable {
    /// The name of the member.
    public let name: String
    /// The media types of the value, as written.
    public let contentType: String?
    /// The style; `nil` if the document has none.
    public let style: ParameterStyle?
    /// Whether lists and objects are exploded; `nil` if the document does not say.
    public let explode: Bool?
    /// Whether reserved characters are sent unescaped; `nil` if the document does not say.
    public let allowReserved: Bool?
    /// Whether `deepObject` is defined for any `explode` (OpenAPI 3.2).
    let explodesDeepObjects: Bool
    /// The location of the declaration.
    public let location: SourceLocation

    /// The allowed media types and ranges of the value; empty if the document has none.
    var contentTypes: [MediaTypeName] {
        contentType?.split(separator: ",").compactMap { MediaTypeName(String($0)) } ?? []
    }

    /// Whether the member is serialised by a style instead of its content type: any of the three fields has this effect
    /// (OpenAPI 3.1.1, section 4.8.15.1.2).
    var hasStyle: Bool { style != nil || explode != nil || allowReserved != nil }
}

/// How one member of a form is sent.
enum FormField: Sendable {
    /// Like a query parameter with that style.
    case style(Parameter)
    /// As one JSON text.
    case json
    /// Nothing is declared: lists are exploded, objects are JSON texts.
    case plain
}
