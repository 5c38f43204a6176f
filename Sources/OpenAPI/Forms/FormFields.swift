public import Diagnostics
internal import JSONDocument
internal import JSONSchema
internal import Primitives

/// How the members of a form of one media type are sent; created once per media type.
struct FormFields: Sendable {
    /// The members with an Encoding Object, in the order of the document.
    let described: [(name: String, field: FormField)]
    /// The names of all declared members.
    let names: [String]
    let schema: Schema?

    init(_ media: MediaType) {
        let schema = media.schema
        let view = schema?.view
        self.schema = schema
        names = view?.propertyNames ?? []
        described = media.encodings.map { encoding in
            (encoding.name, Self.field(encoding, view?.property(encoding.name) ?? view?.additional, schema))
        }
    }

    /// How the member `name` is sent.
    func field(_ name: String) -> FormField {
        described.first { $0.name.isSame(as: name) }?.field ?? .plain
    }

    private static func field(_ encoding: FieldEncoding, _ view: SchemaView?, _ schema: Schema?) -> FormField {
        guard encoding.hasStyle else {
            let types = encoding.contentType?.split(separator: ",").compactMap { MediaTypeName(String($0)) } ?? []
            return types.first?.isJSON == true ? .json : .plain
        }
        let style = encoding.style ?? .form
        return .style(
            Parameter(
                name: encoding.name,
                place: .query,
                isRequired: false,
                serialization: ParameterSerialization(
                    style: style,
                    explode: encoding.explode ?? (style == .form),
                    allowReserved: encoding.allowReserved ?? false,
                    allowEmptyValue: false,
                    explodesDeepObjects: encoding.explodesDeepObjects),
                schema: view.flatMap { schema?.other($0.place) },
                location: encoding.location
            )
        )
    }
}

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
    /// The headers of the part, if the member is a part of a `multipart/*` body; without `Content-Type`, which is described
    /// separately.
    public let headers: [Header]
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
