internal import JSONDocument
internal import JSONSchema

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
        described.first { $0.name.utf8.elementsEqual(name.utf8) }?.field ?? .plain
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
                style: style,
                explode: encoding.explode ?? (style == .form),
                allowReserved: encoding.allowReserved ?? false,
                allowEmptyValue: false,
                schema: view.flatMap { schema?.other($0.place) },
                content: nil,
                example: nil,
                isDeprecated: false,
                isIgnored: false,
                explodesDeepObjects: encoding.explodesDeepObjects,
                location: encoding.location
            )
        )
    }
}
